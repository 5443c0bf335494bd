import AzureCrypto
import Foundation

extension LocalFile {
    /// The CRC-64 of a part; nil when the file ends before it. Blocks.
    func checksum(at offset: Int64, length: Int64) throws -> UInt64? {
        var checksum = CRC64()
        var position = offset
        while position < offset + length {
            let chunk = try read(at: position, count: Int(min(1 << 20, offset + length - position)))
            guard !chunk.isEmpty else { return nil }
            checksum.update(chunk)
            position += Int64(chunk.count)
        }
        return checksum.value
    }
}
