import Foundation
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A server on a free port of 127.0.0.1 that lets a test decide every byte of an answer, and when to break off.
final class LoopbackServer: Sendable {
    /// A request as it came over the wire.
    struct Request: Sendable {
        let head: String
        let body: Data

        var requestLine: String { String(head.prefix { $0 != "\r\n" }) }

        /// The raw header lines of a name, whatever its case.
        func header(_ name: String) -> [String] {
            head.components(separatedBy: "\r\n").dropFirst().compactMap { line in
                guard let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == name.lowercased() else {
                    return nil
                }
                return line[colon...].dropFirst().trimmingCharacters(in: .whitespaces)
            }
        }
    }

    /// The server's end of one connection.
    struct Connection: Sendable {
        fileprivate let socket: Int32

        /// Reads what the peer has sent, and waits for something if there is nothing; nil when the peer is gone.
        func read() -> Data? {
            var buffer = [UInt8](repeating: 0, count: 65_536)
            let count = recv(socket, &buffer, buffer.count, 0)
            return count > 0 ? Data(buffer[..<count]) : nil
        }

        /// Writes bytes; false when the peer is gone.
        @discardableResult
        func write(_ data: Data) -> Bool {
            data.withUnsafeBytes { bytes in
                var sent = 0
                while sent < bytes.count {
                    let count = send(
                        socket, bytes.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
                    guard count > 0 else { return false }
                    sent += count
                }
                return true
            }
        }

        @discardableResult
        func write(_ text: String) -> Bool { write(Data(text.utf8)) }

        /// Writes an answer with its length.
        @discardableResult
        func answer(_ status: Int, headers: [String: String] = [:], body: Data = Data(), length: Int? = nil) -> Bool {
            var head = "HTTP/1.1 \(status) X\r\n"
            for (name, value) in headers { head += "\(name): \(value)\r\n" }
            if status != 204, status != 304 || length != nil { head += "Content-Length: \(length ?? body.count)\r\n" }
            return write(Data((head + "\r\n").utf8) + body)
        }

        /// Writes until the peer takes nothing for a second.
        ///
        /// - Parameter limit: The most bytes to write.
        /// - Returns: How many the peer took.
        func writeUntilHeldBack(limit: Int) -> Int {
            let chunk = Data(count: 64 * 1024)
            var sent = 0
            while sent < limit {
                var state = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
                guard poll(&state, 1, 1000) == 1 else { break }
                let count = chunk.withUnsafeBytes {
                    send(socket, $0.baseAddress!, $0.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
                }
                guard count > 0 || errno == EAGAIN else { break }
                sent += max(count, 0)
            }
            return sent
        }

        /// Ends the connection with a reset instead of an orderly close.
        func reset() {
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(socket, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
        }

        /// Blocks until the peer has closed, and says whether it did.
        func waitForClose() -> Bool {
            var byte: UInt8 = 0
            return recv(socket, &byte, 1, 0) <= 0
        }

        /// Blocks until the peer has closed, or for so long; says whether it closed. What it sends is thrown away.
        func isClosed(within milliseconds: Int32) -> Bool {
            var state = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while poll(&state, 1, milliseconds) > 0 {
                guard recv(socket, &buffer, buffer.count, Int32(MSG_DONTWAIT)) > 0 else { return true }
            }
            return false
        }

        /// Writes pieces, one each few milliseconds, until the peer is gone.
        func trickle(_ piece: String, each milliseconds: Int32 = 20) {
            while write(piece), !isClosed(within: milliseconds) {}
        }
    }

    /// What to do with a connection after an answer.
    enum Next: Sendable {
        case keepAlive
        case close
    }

    let port: UInt16
    private let open: Mutex<Int32?>
    private let connections = Mutex(0)

    /// Starts a server.
    convenience init(_ handler: @escaping @Sendable (Request, Connection) -> Next) throws {
        try self.init(connections: { Self.serve($0, handler) })
    }

    /// Starts a server that does as it likes with each connection, from its first byte on.
    init(connections serve: @escaping @Sendable (Connection) -> Void) throws {
        let (listener, port) = try Self.bind(andListen: true)
        open = Mutex(listener)
        self.port = port
        // Threads of its own: these block, and would starve the engines under test on a shared pool.
        Thread.detachNewThread { [weak self] in
            while case let socket = accept(listener, nil, nil), socket >= 0 {
                self?.connections.withLock { $0 += 1 }
                Thread.detachNewThread {
                    serve(Connection(socket: socket))
                    close(socket)
                }
            }
            // Not in `stop`: another server could get the number of the socket while this thread still accepts on it.
            self?.open.withLock { $0 = nil }
            close(listener)
        }
    }

    /// Binds a socket to a free port.
    fileprivate static func bind(andListen listens: Bool) throws -> (socket: Int32, port: UInt16) {
        #if canImport(Glibc)
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
        let listener = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                Foundation.bind(listener, pointer, size) == 0 && (!listens || listen(listener, 1024) == 0)
                    && getsockname(listener, pointer, &size) == 0
            }
        }
        guard isBound else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        return (listener, UInt16(bigEndian: address.sin_port))
    }

    /// How many connections came so far.
    var connectionCount: Int { connections.withLock { $0 } }

    var authority: String { "127.0.0.1:\(port)" }

    /// Ends the listening. It may be called more than once.
    func stop() {
        guard let listener = open.withLock({ $0.take() }) else { return }
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private static func serve(_ connection: Connection, _ handler: (Request, Connection) -> Next) {
        var pending = Data()
        while let request = read(connection, &pending) {
            guard case .keepAlive = handler(request, connection) else { return }
        }
    }

    private static func read(_ connection: Connection, _ pending: inout Data) -> Request? {
        func fill() -> Bool {
            var buffer = [UInt8](repeating: 0, count: 65_536)
            let count = recv(connection.socket, &buffer, buffer.count, 0)
            guard count > 0 else { return false }
            pending.append(contentsOf: buffer[..<count])
            return true
        }
        let separator = Data("\r\n\r\n".utf8)
        while pending.range(of: separator) == nil { guard fill() else { return nil } }
        let end = pending.range(of: separator)!
        let head = String(decoding: pending[..<end.lowerBound], as: UTF8.self)
        pending = Data(pending[end.upperBound...])
        let length = Int(Request(head: head, body: Data()).header("content-length").first ?? "0") ?? 0
        while pending.count < length { guard fill() else { return nil } }
        let body = Data(pending.prefix(length))
        pending = Data(pending.dropFirst(length))
        return Request(head: head, body: body)
    }
}

/// Runs a test with a server.
func withLoopbackServer(
    _ handler: @escaping @Sendable (LoopbackServer.Request, LoopbackServer.Connection) -> LoopbackServer.Next,
    _ body: (LoopbackServer) async throws -> Void
) async throws {
    let server = try LoopbackServer(handler)
    defer { server.stop() }
    try await body(server)
}

/// Runs a test with a server that does as it likes with each connection.
func withRawServer(
    _ serve: @escaping @Sendable (LoopbackServer.Connection) -> Void, _ body: (LoopbackServer) async throws -> Void
) async throws {
    let server = try LoopbackServer(connections: serve)
    defer { server.stop() }
    try await body(server)
}

/// A port that nobody listens on, and nobody else can take.
final class SilentPort: Sendable {
    let authority: String
    private let socket: Int32

    init() throws {
        let (socket, port) = try LoopbackServer.bind(andListen: false)
        self.socket = socket
        authority = "127.0.0.1:\(port)"
    }

    deinit { close(socket) }
}
