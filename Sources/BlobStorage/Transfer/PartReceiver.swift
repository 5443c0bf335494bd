import AzureCore
import HTTPTypes

import struct Foundation.Data

/// Takes the content of one part of a download out of one answer after the other, until it is whole, and compares its
/// checksums on the way.
///
/// Where nothing is compared, and where the checksum of the whole part is known, a part is resumed from its last byte;
/// in a structured body from the end of the last segment that was right. That is never asked for again.
struct PartReceiver {
    /// Pieces that are smaller are put together.
    private static let smallPiece = 4 * 1024

    private let offset: Int64
    private let length: Int64
    private let batch: Int
    private let stallTimeout: Duration
    private let timeSource: TimeSource
    private let bandwidth: Bandwidth?
    /// How many bytes of the part need not come again, should the answer break off here.
    private(set) var position: Int64 = 0
    /// How many bytes of the part have come, those included that are not known to be right.
    private var received: Int64 = 0
    /// What has not been handed on yet, and where it begins in the part.
    private var pieces: [Data] = []
    private var piecesStart: Int64 = 0
    /// What the header of the first answer said about the whole part.
    private var checksum: PartChecksum?
    private var decoder: StructuredBodyDecoder?
    private var decoderStart: Int64 = 0

    /// Begins a part.
    ///
    /// - Parameters:
    ///   - offset: Where it begins in the blob.
    ///   - length: How many bytes it has.
    ///   - batch: How many bytes are gathered before they are handed on.
    ///   - stallTimeout: How long to wait for ``PartRetries/progress`` bytes.
    ///   - timeSource: The source of time.
    ///   - bandwidth: How fast it may come; nil for no limit. What waits for that does not count as standing still.
    init(
        offset: Int64, length: Int64, batch: Int, stallTimeout: Duration, timeSource: TimeSource, bandwidth: Bandwidth?
    ) {
        self.offset = offset
        self.length = length
        self.batch = batch
        self.stallTimeout = stallTimeout
        self.timeSource = timeSource
        self.bandwidth = bandwidth
    }

    /// What is still to come.
    var rest: BlobRange { BlobRange(offset: offset + position, length: length - position) }

    /// Reads an answer whose content begins at ``position``, to the end of the part.
    ///
    /// - Throws: What broke the answer off, and then ``position`` says where to go on; an ``AzureError`` with
    ///   ``AzureErrorCode/checksumMismatch`` when bytes are damaged, and with ``AzureErrorCode/bodyTooLarge`` when there
    ///   are more of them than there should be.
    mutating func read(
        _ answer: PartAnswer, _ validation: TransferValidation,
        _ write: (_ pieces: [Data], _ offset: Int64) async throws -> Void
    ) async throws {
        try begin(answer, validation)
        do {
            var chunks = answer.body.makeAsyncIterator()
            var watch = StallWatch(timeout: stallTimeout)
            while true {
                let start = timeSource.uptime()
                guard let chunk = try await chunks.next() else { break }
                try watch.waited(timeSource.uptime() - start, for: chunk.count)
                try take(chunk)
                try await bandwidth?.pace(chunk.count)
                if received - piecesStart >= Int64(batch) { try await handOn(write) }
            }
            try end()
        } catch {
            rewind()
            // All may be there, and right, although the answer broke off before its own end.
            guard received == length, PartRetries.isWorthAnotherTry(error) else { throw error }
            try compare()
        }
        try await handOn(write)
    }

    private mutating func begin(_ answer: PartAnswer, _ validation: TransferValidation) throws {
        if let announced = answer.structuredLength, announced != length - position {
            throw AzureError(
                service: .blob, code: .invalidResponse,
                message: "\(length - position) bytes of content were asked for, and the service announced \(announced)."
            )
        }
        if position == 0 { checksum = PartChecksum(validation, answer.head.headerFields) }
        decoder = answer.isStructured ? StructuredBodyDecoder(messageLength: answer.body.length) : nil
        decoderStart = position
    }

    private mutating func take(_ chunk: Data) throws {
        guard var decoder else {
            try accept(chunk)
            position = received
            return
        }
        // Taken out and put back, so that nothing is copied.
        self.decoder = nil
        defer { self.decoder = decoder }
        defer { position = decoderStart + decoder.verifiedLength }
        try decoder.decode(chunk) { try accept($0) }
    }

    private mutating func accept(_ content: Data) throws {
        guard Int64(content.count) <= length - received else {
            throw AzureError(
                service: .blob, code: .bodyTooLarge, message: "The service sent more than it was asked for.")
        }
        checksum?.update(content)
        received += Int64(content.count)
        // A service that sends byte by byte must not make a piece of each.
        if let last = pieces.indices.last, pieces[last].count < Self.smallPiece, content.count < Self.smallPiece {
            pieces[last].append(content)
        } else {
            pieces.append(content)
        }
    }

    /// At the end of an answer all has to be there.
    private mutating func end() throws {
        try decoder?.finish()
        guard received == length else {
            throw AzureError(
                service: .blob, code: .truncatedBody,
                message: "A part of \(length) bytes was asked for, and \(received) arrived.")
        }
        try compare()
    }

    /// Compares the checksum of the whole part, if there is one.
    private mutating func compare() throws {
        guard let checksum, decoder == nil else { return }
        self.checksum = nil
        guard !checksum.isRight() else { return }
        position = 0
        rewind()
        throw AzureError(
            service: .blob, code: .checksumMismatch,
            message: "The bytes that arrived do not have the checksum that the service sent.")
    }

    /// Forgets what has to come again.
    private mutating func rewind() {
        received = position
        guard position > piecesStart else {
            pieces = []
            piecesStart = position
            return
        }
        var surplus = pieces.reduce(0) { $0 + $1.count } - Int(position - piecesStart)
        while surplus > 0, let last = pieces.popLast() {
            if last.count > surplus { pieces.append(last.dropLast(surplus)) }
            surplus -= last.count
        }
    }

    private mutating func handOn(_ write: ([Data], Int64) async throws -> Void) async throws {
        guard !pieces.isEmpty else { return }
        let (pieces, start) = (pieces, piecesStart)
        self.pieces = []
        piecesStart = received
        try await write(pieces, offset + start)
    }
}
