#if AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// Refuses answers whose status is below 100.
///
/// AsyncHTTPClient skips their head as that of an interim answer, and ends the process when a body follows.
final class AnswerGuard: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias InboundOut = HTTPClientResponsePart

    private var isRefused = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isRefused else { return }
        if case .head(let head) = unwrapInboundIn(data), head.status.code < 100 {
            isRefused = true
            context.fireErrorCaught(HTTPParserError.invalidStatus)
            return context.close(promise: nil)
        }
        context.fireChannelRead(data)
    }

    /// Puts a guard behind the parser of a connection.
    static func watch(_ channel: any Channel) throws {
        let handlers = channel.pipeline.syncOperations
        let parser = try handlers.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
        try handlers.addHandler(AnswerGuard(), position: .after(parser))
    }
}
#endif
