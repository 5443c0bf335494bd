import Synchronization

/// A limit of the bytes that move in a second, for all that share it: the parts of a transfer, several transfers, or all
/// transfers of a client.
///
/// ```swift
/// let limit = BandwidthLimit(bytesPerSecond: 2_000_000)
/// ```
///
/// It counts content in both directions, without header fields and what TLS adds. Who waits for it can be cancelled. Two
/// values are equal when they are the same limit.
public final class BandwidthLimit: Sendable, Hashable {
    /// The number of bytes in a second, at least 1.
    public let bytesPerSecond: Int
    private let bucket: Mutex<TokenBucket>

    /// Creates a limit that nobody shares yet.
    ///
    /// - Parameter bytesPerSecond: The number of bytes in a second. One that is less than 1 counts as 1.
    public init(bytesPerSecond: Int) {
        self.bytesPerSecond = max(1, bytesPerSecond)
        bucket = Mutex(TokenBucket(bytesPerSecond: bytesPerSecond))
    }

    public static func == (first: BandwidthLimit, second: BandwidthLimit) -> Bool { first === second }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(self))
    }

    /// Waits until bytes may have moved.
    ///
    /// - Throws: `CancellationError` when the task is cancelled; others then need not wait for these bytes.
    package func pace(_ count: Int, by timeSource: TimeSource) async throws {
        let delay = bucket.withLock { $0.take(count, at: timeSource.uptime()) }
        guard delay > .zero else { return }
        do {
            try await timeSource.sleep(delay)
        } catch {
            bucket.withLock { $0.giveBack(count) }
            throw error
        }
    }
}

/// The limits that hold for a transfer, and the time that they go by.
package struct Bandwidth: Sendable {
    private let limits: [BandwidthLimit]
    private let timeSource: TimeSource

    /// Puts limits together. One that is named twice counts once.
    package init(_ limits: [BandwidthLimit?], by timeSource: TimeSource) {
        self.limits = limits.reduce(into: []) { all, limit in
            if let limit, !all.contains(limit) { all.append(limit) }
        }
        self.timeSource = timeSource
    }

    /// The least of the limits, in bytes per second; nil when there is none.
    package var bytesPerSecond: Int? { limits.map(\.bytesPerSecond).min() }

    /// Waits until bytes may have moved.
    package func pace(_ count: Int) async throws {
        for limit in limits { try await limit.pace(count, by: timeSource) }
    }

    /// How many bytes are sent at once: few enough that a slow connection keeps moving.
    private var chunkSize: Int { min(max((bytesPerSecond ?? .max) / 8, 1024), 64 * 1024) }

    /// A body that goes out no faster than the limits allow.
    ///
    /// - Parameters:
    ///   - body: The body.
    ///   - isStreamed: Whether the transport sends streams as they come. Otherwise all of the body waits for its turn.
    package func paced(_ body: HTTPBody, isStreamed: Bool) async throws -> HTTPBody {
        guard !limits.isEmpty, body.length != 0 else { return body }
        guard isStreamed else {
            if let length = body.length { try await pace(Int(clamping: length)) }
            return body
        }
        let (size, bandwidth) = (chunkSize, self)
        let stream = HTTPByteStream(unfolding: {
            let chunks = PacedChunks(body.chunks(ofSize: size), size: size, bandwidth)
            return { try await chunks.next() }
        })
        return HTTPBody(stream: stream, length: body.length, isReplayable: body.isReplayable)
    }
}
