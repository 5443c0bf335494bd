import CZlib

package import struct Foundation.Data

/// Makes content what it was before it was compressed, in chunks of bounded size however much comes out of it.
package struct Inflater: ~Copyable, @unchecked Sendable {
    /// The largest chunk that comes out.
    package static let chunkSize = 256 * 1024

    /// What it makes content of.
    package enum Format: Sendable {
        /// What a header field names, with its frame.
        case coding(ContentCoding)
        /// Deflate without any frame, as in archives.
        case raw
    }

    private let format: Format
    // Owned by this value alone, which cannot be copied; so it is safe to hand it to another task.
    private let stream: UnsafeMutablePointer<z_stream>
    /// Where zlib writes to, one for all chunks: a small piece of input must not cost a large piece of fresh memory.
    private let space = UnsafeMutableRawBufferPointer.allocate(byteCount: Inflater.chunkSize, alignment: 16)
    private var input = Data()
    private var hasBegun = false
    private var hasEnded = false

    package init(_ coding: ContentCoding) {
        self.init(.coding(coding))
    }

    package init(_ format: Format) {
        self.format = format
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        var window = -MAX_WBITS
        // Both codings are recognised by their first bytes.
        if case .coding = format { window = MAX_WBITS + 32 }
        let status = inflateInit2_(stream, window, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib could not begin to decompress: \(status).")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        space.deallocate()
    }

    /// Gives it compressed bytes. All that came before must have been taken out with ``next()``.
    package mutating func push(_ chunk: Data) {
        input = chunk
    }

    /// Takes out content: at most ``chunkSize`` bytes, or nil when it needs more compressed bytes.
    ///
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/invalidResponse`` for what is no compressed content.
    package mutating func next() throws -> Data? {
        while !input.isEmpty {
            if hasEnded { try beginMember() }
            if !hasBegun { try begin() }
            let output = try inflate()
            if !output.isEmpty { return output }
        }
        return nil
    }

    /// Makes sure that the content is whole.
    ///
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/truncatedBody`` when it broke off.
    package func finish() throws {
        guard hasEnded else {
            throw AzureError(
                code: .truncatedBody, message: "The \(name) content broke off before its end.")
        }
    }

    private mutating func begin() throws {
        hasBegun = true
        // Some senders leave out the frame of zlib, which always begins with a byte that ends in 8.
        if case .coding(.deflate) = format, let first = input.first, first & 0x0F != 8 {
            guard inflateReset2(stream, -MAX_WBITS) == Z_OK else { throw invalid }
        }
    }

    /// A file of gzip can have several members, one behind the other.
    private mutating func beginMember() throws {
        guard case .coding(.gzip) = format, inflateReset(stream) == Z_OK else { throw invalid }
        hasEnded = false
    }

    private mutating func inflate() throws -> Data {
        var (used, made, status) = (0, 0, Z_OK)
        input.withUnsafeBytes { source in
            // zlib counts in 32 bits; what is left comes the next time.
            let available = UInt32(clamping: source.count)
            // zlib reads from it only, whatever its type says.
            stream.pointee.next_in = UnsafeMutablePointer(
                mutating: source.baseAddress?.assumingMemoryBound(to: UInt8.self))
            stream.pointee.avail_in = available
            stream.pointee.next_out = space.baseAddress?.assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_out = UInt32(space.count)
            status = CZlib.inflate(stream, Z_NO_FLUSH)
            used = Int(available - stream.pointee.avail_in)
            made = space.count - Int(stream.pointee.avail_out)
        }
        input = input.dropFirst(used)
        hasEnded = status == Z_STREAM_END
        // No progress is possible only when the output is full or the input used up, and neither can be here.
        guard hasEnded || status == Z_OK, used > 0 || made > 0 else { throw invalid }
        return Data(space.prefix(made))
    }

    private var name: String {
        switch format {
        case .coding(let coding): coding.rawValue
        case .raw: "deflate"
        }
    }

    private var invalid: AzureError {
        AzureError(
            code: .invalidResponse,
            message: "The content is not what its encoding '\(name)' says, or was damaged.")
    }
}
