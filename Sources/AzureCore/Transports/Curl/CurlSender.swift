#if Curl
import CCurl
import Foundation
import Synchronization

/// The body of a request on its way from where it comes from to the engine's thread.
enum CurlSender: Sendable {
    case bytes(CurlBytes)
    case stream(CurlUploadStream)

    init(_ body: HTTPBody, resume: @escaping @Sendable () -> Void) {
        switch body.content {
        case .bytes(let data): self = .bytes(CurlBytes(data))
        case .file, .stream: self = .stream(CurlUploadStream(body, resume: resume))
        }
    }

    /// Fills the engine's buffer; returns what libcurl's read callback has to return.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        switch self {
        case .bytes(let bytes): bytes.read(into: buffer)
        case .stream(let stream): stream.read(into: buffer)
        }
    }

    /// Goes back to a place; false when that cannot be done.
    func seek(to offset: Int) -> Bool {
        guard case .bytes(let bytes) = self else { return false }
        return bytes.seek(to: offset)
    }

    /// Whether the engine waits for bytes.
    var isWaiting: Bool {
        guard case .stream(let stream) = self else { return false }
        return stream.isWaiting
    }

    /// Why the body could not be read.
    var failure: (any Error)? {
        guard case .stream(let stream) = self else { return nil }
        return stream.failure
    }

    func stop() {
        if case .stream(let stream) = self { stream.stop() }
    }
}

/// A body in memory.
final class CurlBytes: @unchecked Sendable {
    // Unchecked: `offset` is touched on the engine's thread only.
    private let data: Data
    private var offset = 0

    init(_ data: Data) {
        self.data = data
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, data.count - offset)
        data.withUnsafeBytes { bytes in
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count]))
        }
        offset += count
        return count
    }

    func seek(to offset: Int) -> Bool {
        guard (0...data.count).contains(offset) else { return false }
        self.offset = offset
        return true
    }
}

/// A body that a task of its own reads, at most a few chunks ahead of the engine.
final class CurlUploadStream: Sendable {
    private struct State {
        var chunks: [Data] = []
        var isWaiting = false
        var isEnded = false
        var failure: (any Error)?
        var producer: CheckedContinuation<Void, Never>?
    }

    private static let chunksAhead = 4

    private let state = Mutex(State())
    private let resume: @Sendable () -> Void
    private let task = Mutex<Task<Void, Never>?>(nil)

    init(_ body: HTTPBody, resume: @escaping @Sendable () -> Void) {
        self.resume = resume
        task.withLock {
            $0 = Task { [weak self] in
                do {
                    for try await chunk in body.chunks() {
                        guard let self, !Task.isCancelled else { return }
                        await self.add(chunk)
                    }
                    self?.end(nil)
                } catch {
                    self?.end(error)
                }
            }
        }
    }

    var isWaiting: Bool { state.withLock { $0.isWaiting } }

    var failure: (any Error)? { state.withLock { $0.failure } }

    func stop() {
        task.withLock { $0?.cancel() }
        state.withLock { state in
            defer { state.producer = nil }
            return state.producer
        }?.resume()
    }

    private func add(_ chunk: Data) async {
        let isWaiting = state.withLock { state in
            state.chunks.append(chunk)
            defer { state.isWaiting = false }
            return state.isWaiting
        }
        if isWaiting { resume() }
        await withCheckedContinuation { continuation in
            let hasRoom = state.withLock { state in
                guard state.chunks.count >= Self.chunksAhead, !Task.isCancelled else { return true }
                state.producer = continuation
                return false
            }
            if hasRoom { continuation.resume() }
        }
    }

    private func end(_ error: (any Error)?) {
        let isWaiting = state.withLock { state in
            state.isEnded = true
            state.failure = error
            defer { state.isWaiting = false }
            return state.isWaiting
        }
        if isWaiting { resume() }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        var producer: CheckedContinuation<Void, Never>?
        let count = state.withLock { state -> Int in
            guard var chunk = state.chunks.first else {
                guard state.isEnded else {
                    state.isWaiting = true
                    return Int(CURL_READFUNC_PAUSE)
                }
                return state.failure == nil ? 0 : Int(CURL_READFUNC_ABORT)
            }
            let count = min(buffer.count, chunk.count)
            chunk.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            if count == chunk.count {
                state.chunks.removeFirst()
                (producer, state.producer) = (state.producer, nil)
            } else {
                chunk = chunk.dropFirst(count)
                state.chunks[0] = chunk
            }
            return count
        }
        producer?.resume()
        return count
    }
}
#endif
