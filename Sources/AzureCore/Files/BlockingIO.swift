import Dispatch

/// Runs work that blocks, such as reading files, on threads of its own instead of the cooperative pool.
package enum BlockingIO {
    private static let queue = DispatchQueue(
        label: "azure-swift.blocking-io", qos: .userInitiated, attributes: .concurrent)

    /// Runs work and waits for its result without blocking the calling thread.
    package static func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await run(on: queue, work)
    }

    private static func run<Value: Sendable>(
        on queue: DispatchQueue, _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try work() }) }
        }
    }

    /// Runs work that blocks, one piece after the other. Writers of one file wait for each other in the kernel anyway,
    /// which costs a thread and a processor each.
    package struct Lane: Sendable {
        private let queue = DispatchQueue(label: "azure-swift.blocking-io.lane", target: BlockingIO.queue)

        /// Makes a lane with nothing in it.
        package init() {}

        /// Runs work when all before it is done, and waits for its result without blocking the calling thread.
        package func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
            try await BlockingIO.run(on: queue, work)
        }
    }
}
