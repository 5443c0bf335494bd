import Foundation
import Synchronization

/// Memory of one size that is used again and again: getting it from the system anew for each chunk of a transfer would
/// cost about as much as copying into it.
final class RecycledBuffers: Sendable {
    /// Memory, owned by one at a time.
    private struct Buffer: @unchecked Sendable {
        let memory: UnsafeMutableRawPointer
    }

    /// How many bytes each has.
    let size: Int
    private let maxSpare: Int
    private let spare = Mutex<[Buffer]>([])

    /// Makes an empty store.
    ///
    /// - Parameters:
    ///   - size: How many bytes each buffer has.
    ///   - maxSpare: How many that nobody uses are kept.
    init(size: Int, maxSpare: Int) {
        self.size = size
        self.maxSpare = maxSpare
    }

    deinit {
        for buffer in spare.withLock({ $0 }) { free(buffer.memory) }
    }

    /// Gets a buffer; nil when the machine is out of memory.
    func take() -> UnsafeMutableRawBufferPointer? {
        let memory = spare.withLock { $0.popLast() }?.memory ?? malloc(size)
        return memory.map { UnsafeMutableRawBufferPointer(start: $0, count: size) }
    }

    /// Takes a buffer back.
    func put(_ memory: UnsafeMutableRawPointer) {
        let buffer = Buffer(memory: memory)
        let isKept = spare.withLock { spare in
            guard spare.count < maxSpare else { return false }
            spare.append(buffer)
            return true
        }
        if !isKept { free(memory) }
    }

    /// Makes data of the beginning of a buffer, which comes back when the data is gone.
    func data(_ memory: UnsafeMutableRawPointer, count: Int) -> Data {
        Data(bytesNoCopy: memory, count: count, deallocator: .custom { [self] memory, _ in put(memory) })
    }
}
