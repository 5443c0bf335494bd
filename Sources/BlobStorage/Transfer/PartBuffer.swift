import AzureCore
import Foundation

/// Memory that the parts of a download are put into, each at its own place, so that none is copied twice.
///
/// Unchecked: parts write to places that do not overlap, and nobody reads before all of them are done.
final class PartBuffer: @unchecked Sendable {
    private let memory: UnsafeMutableRawPointer
    private let count: Int
    private var isTaken = false

    /// Gets the memory.
    ///
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/bodyTooLarge`` when there is not so much.
    init(count: Int) throws {
        guard let memory = malloc(max(count, 1)) else {
            throw AzureError(
                service: .blob, code: .bodyTooLarge,
                message: "There are no \(count) bytes of memory for the blob; download it into a file.")
        }
        self.memory = memory
        self.count = count
    }

    /// Puts bytes where they belong.
    func write(_ pieces: [Data], at offset: Int) {
        var place = offset
        for piece in pieces {
            precondition(place >= 0 && piece.count <= count - place, "A part is outside of its blob.")
            piece.copyBytes(to: (memory + place).assumingMemoryBound(to: UInt8.self), count: piece.count)
            place += piece.count
        }
    }

    /// All bytes, without a copy. To be called once, when all parts are done.
    func take() -> Data {
        precondition(!isTaken, "The memory has been handed on.")
        isTaken = true
        return Data(bytesNoCopy: memory, count: count, deallocator: .free)
    }

    deinit {
        if !isTaken { free(memory) }
    }
}
