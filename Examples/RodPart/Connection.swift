import NIOCore
import NIOPosix

/// The wire between two programs: messages, each on a line.
typealias Wire = NIOAsyncChannel<Message, Message>

extension Wire {
    /// Makes the channel of a connection one of messages.
    static func messages(on channel: any Channel) -> EventLoopFuture<Wire> {
        channel.eventLoop.makeCompletedFuture {
            let handlers = channel.pipeline.syncOperations
            try handlers.addHandler(ByteToMessageHandler(MessageDecoder()))
            try handlers.addHandler(MessageToByteHandler(MessageEncoder()))
            return try Wire(wrappingChannelSynchronously: channel)
        }
    }
}

/// Takes messages out of bytes.
private struct MessageDecoder: NIOSingleStepByteToMessageDecoder {
    typealias InboundOut = Message

    /// The longest line that is read.
    private static let lineLimit = 64 * 1024 * 1024

    mutating func decode(buffer: inout ByteBuffer) throws -> Message? {
        guard let length = buffer.readableBytesView.firstIndex(of: UInt8(ascii: "\n")).map({ $0 - buffer.readerIndex })
        else {
            guard buffer.readableBytes <= Self.lineLimit else { throw RodFailure("a message has no end") }
            return nil
        }
        let line = buffer.readString(length: length) ?? ""
        buffer.moveReaderIndex(forwardBy: 1)
        guard let message = Message(line: line) else { throw RodFailure("'\(line.prefix(100))' is no message") }
        return message
    }

    mutating func decodeLast(buffer: inout ByteBuffer, seenEOF: Bool) throws -> Message? {
        buffer.readableBytes == 0 ? nil : try decode(buffer: &buffer)
    }
}

/// Makes bytes of messages.
private struct MessageEncoder: MessageToByteEncoder {
    typealias OutboundIn = Message

    func encode(data: Message, out: inout ByteBuffer) throws {
        out.writeString(data.line)
        out.writeInteger(UInt8(ascii: "\n"))
    }
}

/// One end of a wire that is open.
struct Partner {
    private var incoming: NIOAsyncChannelInboundStream<Message>.AsyncIterator
    private let outgoing: NIOAsyncChannelOutboundWriter<Message>

    init(_ incoming: NIOAsyncChannelInboundStream<Message>, _ outgoing: NIOAsyncChannelOutboundWriter<Message>) {
        self.incoming = incoming.makeAsyncIterator()
        self.outgoing = outgoing
    }

    func send(_ message: Message) async throws {
        try await outgoing.write(message)
    }

    /// The next message.
    ///
    /// - Throws: A ``RodFailure`` when the other side has gone.
    mutating func receive() async throws -> Message {
        guard let message = try await incoming.next(isolation: #isolation) else {
            throw RodFailure("the other side has gone")
        }
        return message
    }
}
