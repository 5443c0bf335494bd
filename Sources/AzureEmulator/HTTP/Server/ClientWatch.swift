#if Emulator
import NIOCore
import Synchronization

/// Notices when a client leaves, and ends what is done for it; and when it has been sent all. There is one for each
/// connection.
///
/// A client that says that it will send nothing more has left, or still waits for its answer: over TCP nobody can tell one
/// from the other before something is written to it (RFC 9293, 3.6). So each step of the work may take a while longer, and
/// is ended after that.
final class ClientWatch: ChannelDuplexHandler, RemovableChannelHandler, Sendable {
    typealias InboundIn = Never
    typealias OutboundIn = Never

    private enum Presence {
        case here
        /// It sends nothing more.
        case silent(any EventLoop)
        case gone
    }

    private struct State {
        var presence = Presence.here
        /// Ends the work that is under way.
        var end: (@Sendable () -> Void)?
        /// Ends it later.
        var countdown: Scheduled<Void>?
        /// Whether what was written last has been sent.
        var written: EventLoopFuture<Void>?
    }

    private let patience: Duration
    private let state = Mutex(State())

    /// - Parameter patience: How long a step of the work may take once the client sends nothing more.
    init(patience: Duration) {
        self.patience = patience
    }

    func channelInactive(context: ChannelHandlerContext) {
        let end = state.withLock { state in
            state.presence = .gone
            return state.end
        }
        end?()
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent {
            state.withLock { state in
                guard case .here = state.presence else { return }
                state.presence = .silent(context.eventLoop)
                countDown(&state)
            }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let written = promise ?? context.eventLoop.makePromise(of: Void.self)
        state.withLock { $0.written = written.futureResult }
        context.write(data, promise: written)
    }

    /// Waits until all is sent that was written, or the connection is gone.
    ///
    /// The end of a connection whose client has ended its side before loses what is still on its way. What was written
    /// reaches the connection's event loop later, so that only there is known which is the last of it.
    func sent(on channel: any Channel) async {
        let written = channel.eventLoop.flatSubmit { [self] in
            state.withLock { $0.written } ?? channel.eventLoop.makeSucceededVoidFuture()
        }
        await withTaskCancellationHandler {
            _ = try? await written.get()
        } onCancel: {
            channel.close(promise: nil)
        }
    }

    /// Ends the work that is under way after a while, if its client sends nothing more.
    private func countDown(_ state: inout State) {
        guard case .silent(let eventLoop) = state.presence, let end = state.end else { return }
        state.countdown = eventLoop.scheduleTask(in: TimeAmount(patience)) { end() }
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
        let end: @Sendable () -> Void = { next.finish(throwing: CancellationError()) }
        let isGone = state.withLock { state in
            state.countdown?.cancel()
            (state.end, state.countdown) = (end, nil)
            countDown(&state)
            if case .gone = state.presence { return true }
            return false
        }
        if isGone { end() }
        return steps
    }

    /// Does work that is cancelled like that of ``steps(of:)``.
    func run<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        for try await value in steps(of: { $0.yield(try await work()) }) { return value }
        throw CancellationError()
    }
}
#endif
