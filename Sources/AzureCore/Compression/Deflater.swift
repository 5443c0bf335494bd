import CZlib

package import struct Foundation.Data

/// Makes content smaller, chunk by chunk.
package struct Deflater: ~Copyable, @unchecked Sendable {
    // Owned by this value alone, which cannot be copied; so it is safe to hand it to another task.
    private let stream: UnsafeMutablePointer<z_stream>

    package init(_ coding: ContentCoding) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let windowBits = coding == .gzip ? MAX_WBITS + 16 : MAX_WBITS
        let status = deflateInit2_(
            stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib could not begin to compress: \(status).")
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Takes content and returns what can be sent of it so far, perhaps nothing yet.
    package mutating func compress(_ chunk: Data) -> Data {
        deflate(chunk, flush: Z_NO_FLUSH)
    }

    /// Ends the content.
    package mutating func finish() -> Data {
        deflate(Data(), flush: Z_FINISH)
    }

    /// What zlib can be given at once; it counts in 32 bits.
    private static let sliceSize = 1 << 30

    private mutating func deflate(_ chunk: Data, flush: Int32) -> Data {
        var output = Data()
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        var rest = chunk
        repeat {
            let slice = rest.prefix(Self.sliceSize)
            rest = rest.dropFirst(slice.count)
            deflate(slice, flush: flush, with: &buffer, into: &output)
        } while !rest.isEmpty
        return output
    }

    private mutating func deflate(_ slice: Data, flush: Int32, with buffer: inout [UInt8], into output: inout Data) {
        slice.withUnsafeBytes { input in
            // zlib reads from it only, whatever its type says.
            stream.pointee.next_in = UnsafeMutablePointer(
                mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
            stream.pointee.avail_in = UInt32(input.count)
            repeat {
                let count = buffer.withUnsafeMutableBufferPointer { space in
                    stream.pointee.next_out = space.baseAddress
                    stream.pointee.avail_out = UInt32(space.count)
                    let status = CZlib.deflate(stream, flush)
                    precondition(status != Z_STREAM_ERROR, "zlib was used wrongly.")
                    return space.count - Int(stream.pointee.avail_out)
                }
                output.append(contentsOf: buffer[..<count])
            } while stream.pointee.avail_out == 0
        }
    }
}
