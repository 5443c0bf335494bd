import AzureCore
import AzureCrypto

import struct Foundation.Data

/// Takes the content out of a structured body, chunk by chunk, and compares its checksums. It reads nothing itself.
///
/// The bytes come from a network: lengths are believed only as far as they agree with each other.
struct StructuredBodyDecoder {
    private enum State {
        case messageHeader
        case segmentHeader
        case content(left: Int64)
        case segmentChecksum
        case messageChecksum
        case done
    }

    private let messageLength: Int64?
    private var state = State.messageHeader
    /// Of a header or checksum that is not there as a whole yet.
    private var pending: [UInt8] = []
    private var segmentCount: UInt16 = 0
    private var segment: UInt16 = 0
    /// How many bytes of the message are still to come, as its header says.
    private var left: Int64 = 0
    private var segmentLength: Int64 = 0
    private var segmentChecksum = CRC64()
    private var checksum = CRC64()
    /// How much content is known to be right: that of the segments that have ended.
    private(set) var verifiedLength: Int64 = 0

    /// Begins a message.
    ///
    /// - Parameter messageLength: How long it is, where that is known.
    init(messageLength: Int64?) {
        self.messageLength = messageLength
    }

    /// Takes the next bytes of the message.
    ///
    /// - Parameters:
    ///   - chunk: The bytes.
    ///   - output: Takes content. It is verified only when the segment that it is of has ended.
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/checksumMismatch`` or ``AzureErrorCode/invalidResponse``.
    mutating func decode(_ chunk: Data, _ output: (Data) throws -> Void) throws {
        var rest = chunk
        while !rest.isEmpty {
            if case .content(let contentLeft) = state {
                let part = rest.prefix(Int(min(contentLeft, Int64(rest.count))))
                segmentChecksum.update(part)
                try output(part)
                rest = rest.dropFirst(part.count)
                state = .content(left: contentLeft - Int64(part.count))
            } else {
                guard let size = pendingSize else { throw invalid("bytes follow its end") }
                let part = rest.prefix(size - pending.count)
                pending += part
                rest = rest.dropFirst(part.count)
                if pending.count == size { try readPending() }
            }
            if case .content(left: 0) = state { state = .segmentChecksum }
        }
    }

    /// Ends the message.
    ///
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/truncatedBody`` when something is missing.
    func finish() throws {
        guard case .done = state else {
            throw AzureError(
                service: .blob, code: .truncatedBody, message: "The structured body of the answer broke off.")
        }
    }

    /// How many bytes the header or checksum has that comes now.
    private var pendingSize: Int? {
        switch state {
        case .messageHeader: StructuredBody.messageHeaderSize
        case .segmentHeader: StructuredBody.segmentHeaderSize
        case .segmentChecksum, .messageChecksum: StructuredBody.checksumSize
        case .content, .done: nil
        }
    }

    private mutating func readPending() throws {
        defer { pending.removeAll(keepingCapacity: true) }
        switch state {
        case .messageHeader: try readMessageHeader()
        case .segmentHeader: try readSegmentHeader()
        case .segmentChecksum:
            try compare(segmentChecksum, "segment \(segment)")
            checksum.append(segmentChecksum, count: segmentLength)
            verifiedLength += segmentLength
            state = segment < segmentCount ? .segmentHeader : .messageChecksum
            guard segment < segmentCount || left == Int64(StructuredBody.checksumSize) else {
                throw invalid("its length is not that of its segments")
            }
        case .messageChecksum:
            try compare(checksum, "the whole")
            state = .done
        case .content, .done: break
        }
    }

    private mutating func readMessageHeader() throws {
        guard pending[0] == StructuredBody.version else { throw invalid("it has version \(pending[0])") }
        let length: UInt64 = integer(at: 1)
        guard let length = Int64(exactly: length), messageLength == nil || length == messageLength else {
            throw invalid("it says that it has \(length) bytes")
        }
        guard integer(at: 9) == StructuredBody.crc64Flag else { throw invalid("it has no checksums") }
        segmentCount = integer(at: 11)
        left = length - Int64(StructuredBody.messageHeaderSize)
        guard segmentCount > 0, left >= needed(segments: Int64(segmentCount)) else {
            throw invalid("it has no room for its segments")
        }
        state = .segmentHeader
    }

    private mutating func readSegmentHeader() throws {
        segment += 1
        guard integer(at: 0) == segment else { throw invalid("a segment is missing") }
        let length: UInt64 = integer(at: 2)
        guard let length = Int64(exactly: length),
            length <= left - needed(segments: Int64(segmentCount - segment) + 1)
        else { throw invalid("a segment is longer than the rest of it") }
        left -= Int64(StructuredBody.segmentHeaderSize + StructuredBody.checksumSize) + length
        segmentLength = length
        segmentChecksum = CRC64()
        state = .content(left: length)
    }

    /// How many bytes so many segments and the end of the message take, without any content.
    private func needed(segments: Int64) -> Int64 {
        segments * Int64(StructuredBody.segmentHeaderSize + StructuredBody.checksumSize)
            + Int64(StructuredBody.checksumSize)
    }

    private func compare(_ computed: CRC64, _ what: String) throws {
        guard integer(at: 0) == computed.value else {
            throw AzureError(
                service: .blob, code: .checksumMismatch,
                message: "The bytes that arrived do not have the CRC-64 that the service sent for \(what).")
        }
    }

    private func integer<Value: FixedWidthInteger>(at offset: Int) -> Value {
        pending[offset..<offset + MemoryLayout<Value>.size].reversed().reduce(0) { $0 << 8 | Value($1) }
    }

    private func invalid(_ reason: String) -> AzureError {
        AzureError(
            service: .blob, code: .invalidResponse,
            message: "The structured body of the answer cannot be read: \(reason).")
    }
}
