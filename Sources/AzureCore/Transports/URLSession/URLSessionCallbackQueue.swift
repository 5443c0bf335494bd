import Foundation

/// Where the callbacks of the session come, one after the other.
///
/// The engine on Linux puts each piece of an answer here as fast as the server sends, whether the last one was handled or
/// not. When too many wait, its own thread waits, too: callbacks take note of what arrived, and wait for nobody.
final class URLSessionCallbackQueue: OperationQueue, @unchecked Sendable {
    // Unchecked: as its superclass, which is safe to use from all threads.

    /// The most callbacks that wait; those with content have 16 KiB each.
    private static let limit = 512

    /// Made without room, because a semaphore may not go away with less than it was made with.
    private let room = DispatchSemaphore(value: 0)

    override init() {
        super.init()
        for _ in 0..<Self.limit { room.signal() }
        name = "azure-swift.urlsession"
        maxConcurrentOperationCount = 1
    }

    override func addOperation(_ block: @escaping @Sendable () -> Void) {
        // A callback that leads to another one must not wait for itself.
        guard OperationQueue.current !== self else { return super.addOperation(block) }
        room.wait()
        super.addOperation { [room] in
            defer { room.signal() }
            block()
        }
    }
}
