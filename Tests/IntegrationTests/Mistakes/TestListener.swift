import AzureCore
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A port of 127.0.0.1 where something else listens than the service that a client expects.
final class TestListener: Sendable {
    /// One connection, which blocks.
    struct Connection: Sendable {
        fileprivate let socket: Int32

        /// Reads what there is.
        func read() {
            var bytes = [UInt8](repeating: 0, count: 4096)
            _ = recv(socket, &bytes, bytes.count, 0)
        }

        func write(_ text: String) {
            _ = text.withCString { send(socket, $0, strlen($0), 0) }
        }

        /// Waits until the other side ends the connection.
        func waitForEnd() {
            var bytes = [UInt8](repeating: 0, count: 4096)
            while recv(socket, &bytes, bytes.count, 0) > 0 {}
        }
    }

    /// The address and the port.
    let authority: String
    private let descriptor: Int32
    private let isListening: Bool

    /// Takes a free port.
    ///
    /// - Parameters:
    ///   - isListening: Whether connections come about. Nobody else gets the port in either case.
    ///   - serve: What is done with each connection, one after the other, on a thread.
    init(isListening: Bool = true, _ serve: @escaping @Sendable (Connection) -> Void) throws {
        let (listener, port) = try Self.takePort()
        descriptor = listener
        self.isListening = isListening
        authority = "127.0.0.1:\(port)"
        guard isListening else { return }
        guard listen(listener, 8) == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        Thread.detachNewThread {
            while case let accepted = accept(listener, nil, nil), accepted >= 0 {
                serve(Connection(socket: accepted))
                close(accepted)
            }
            close(listener)
        }
    }

    private static func takePort() throws -> (socket: Int32, port: UInt16) {
        #if canImport(Glibc)
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
        let listener = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) == 0 && getsockname(listener, address, &length) == 0
            }
        }
        guard isBound else { throw POSIXError(.EADDRNOTAVAIL) }
        return (listener, UInt16(bigEndian: address.sin_port))
    }

    func stop() {
        // Ends the wait for the next connection; the thread that waits closes the port.
        if isListening { shutdown(descriptor, Int32(SHUT_RDWR)) } else { close(descriptor) }
    }
}
