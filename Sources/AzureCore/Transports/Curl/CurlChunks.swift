#if Curl
import Foundation

/// Gathers what arrives of an answer into chunks. Belongs to the engine's thread.
struct CurlChunks {
    private let buffers: RecycledBuffers
    private var full: [Data] = []
    private var buffer: UnsafeMutableRawBufferPointer?
    private var filled = 0
    /// The total number of bytes.
    private(set) var count = 0

    init(_ buffers: RecycledBuffers) {
        self.buffers = buffers
    }

    /// Takes bytes; false when there is no memory for them.
    mutating func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            guard let buffer = buffer ?? buffers.take() else { return false }
            let part = UnsafeRawBufferPointer(rebasing: rest.prefix(buffer.count - filled))
            UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]).copyMemory(from: part)
            rest = UnsafeRawBufferPointer(rebasing: rest[part.count...])
            (self.buffer, filled, count) = (buffer, filled + part.count, count + part.count)
            if filled == buffer.count { closeBuffer() }
        }
        return true
    }

    /// Hands out what there is.
    mutating func take() -> [Data] {
        closeBuffer()
        defer { (full, count) = ([], 0) }
        return full
    }

    private mutating func closeBuffer() {
        guard let buffer, let memory = buffer.baseAddress, filled > 0 else { return }
        if filled >= buffer.count / 2 {
            full.append(buffers.data(memory, count: filled))
            self.buffer = nil
        } else {
            // A chunk that waits for a slow reader must not hold much more memory than it has bytes.
            full.append(Data(bytes: memory, count: filled))
        }
        filled = 0
    }

    /// Gives the memory back. To be called when nothing more arrives.
    mutating func close() {
        guard let memory = buffer?.baseAddress else { return }
        buffers.put(memory)
        (buffer, filled) = (nil, 0)
    }
}
#endif
