#if Emulator
import NIOCore
import Synchronization

/// Notices when a client leaves, and ends what is done for it. There is one for each connection.
///
/// A client that says that it will send nothing more counts as gone: over TCP nobody can tell one from the other.
final class ClientWatch: ChannelInboundHandler, RemovableChannelHandler, Sendable {
    typealias InboundIn = Never

    private struct State {
        var hasLeft = false
        var onLeaving: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    func channelInactive(context: ChannelHandlerContext) {
        clientLeft()
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent { clientLeft() }
        context.fireUserInboundEventTriggered(event)
    }

    private func clientLeft() {
        state.withLock { state in
            state.hasLeft = true
            defer { state.onLeaving = nil }
            return state.onLeaving
        }?()
    }

    /// Does work that says how far it is. It is cancelled, and not waited for, when the client leaves or when the task that
    /// follows the steps is cancelled.
    func steps<Step: Sendable>(
        of work: @escaping @Sendable (_ next: AsyncThrowingStream<Step, any Error>.Continuation) async throws -> Void
    ) -> AsyncThrowingStream<Step, any Error> {
        let (steps, next) = AsyncThrowingStream.makeStream(of: Step.self)
        let task = Task {
            do {
                try await work(next)
                next.finish()
            } catch {
                next.finish(throwing: error)
            }
        }
        next.onTermination = { _ in task.cancel() }
        let hasLeft = state.withLock { state in
            state.onLeaving = { next.finish(throwing: CancellationError()) }
            return state.hasLeft
        }
        if hasLeft { clientLeft() }
        return steps
    }

    /// Does work that is cancelled like that of ``steps(of:)``.
    func run<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        for try await value in steps(of: { $0.yield(try await work()) }) { return value }
        throw CancellationError()
    }
}
#endif
