import Dispatch

/// Runs work that blocks, such as reading files, on threads of its own instead of the cooperative pool.
package enum BlockingIO {
    private static let queue = DispatchQueue(
        label: "azure-swift.blocking-io", qos: .userInitiated, attributes: .concurrent)

    /// Runs work and waits for its result without blocking the calling thread.
    package static func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try work() }) }
        }
    }
}
