import AzureCore
import AzureCrypto
import Foundation

extension LocalFile {
    /// The CRC-64 of a part; nil when the file ends before it. Blocks.
    func checksum(at offset: Int64, length: Int64) throws -> UInt64? {
        var checksum = CRC64()
        let isWhole = try forEachPiece(at: offset, length: length) { checksum.update($0) }
        return isWhole ? checksum.value : nil
    }

    /// The checksum that a part is sent with. Blocks.
    func contentChecksum(at offset: Int64, length: Int64, for validation: TransferValidation) throws
        -> ContentChecksum?
    {
        switch validation.kind {
        case .none: return nil
        case .structuredBody: return .structuredBody
        case .crc64, .rangeCRC64:
            var checksum = CRC64()
            try expectWhole(forEachPiece(at: offset, length: length) { checksum.update($0) })
            return .crc64(checksum.data)
        case .md5:
            var digest = Digest(.md5)
            try expectWhole(forEachPiece(at: offset, length: length) { digest.update($0) })
            return .md5(Data(digest.finish()))
        }
    }

    private func expectWhole(_ isWhole: Bool) throws {
        guard !isWhole else { return }
        throw AzureError(code: .fileError, message: "The file '\(name)' became shorter while it was read.")
    }

    /// Reads a part piece by piece, all of them into the same memory, which stays in the cache of the processor.
    ///
    /// - Returns: Whether the file has all of it.
    private func forEachPiece(at offset: Int64, length: Int64, _ use: (UnsafeRawBufferPointer) -> Void) throws -> Bool {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 128 * 1024, alignment: 64)
        defer { buffer.deallocate() }
        var (position, end) = (offset, offset + length)
        while position < end {
            let piece = UnsafeMutableRawBufferPointer(
                rebasing: buffer[..<Int(min(Int64(buffer.count), end - position))])
            let count = try read(at: position, into: piece)
            guard count > 0 else { return false }
            use(UnsafeRawBufferPointer(rebasing: piece[..<count]))
            position += Int64(count)
        }
        return true
    }
}
