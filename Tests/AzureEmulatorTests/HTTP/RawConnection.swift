#if Emulator
import AzureCore
import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A TCP connection on which a test writes and reads every byte itself.
final class RawConnection: Sendable {
    private let socket: Int32

    init(port: Int) throws {
        #if canImport(Glibc)
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
        socket = Darwin.socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let isConnected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { throw AzureError(code: .connectionFailed, message: "Nothing listens on \(port).") }
        // A test that would wait for ever fails instead.
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit {
        close(socket)
    }

    func write(_ text: String) async throws {
        let bytes = Array(text.utf8)
        try await BlockingIO.run { [socket] in
            var sent = 0
            while sent < bytes.count {
                let count = bytes.withUnsafeBytes {
                    send(socket, $0.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { throw AzureError(code: .connectionLost, message: "The peer is gone.") }
                sent += count
            }
        }
    }

    /// Reads until a text has come, or the peer closes; returns all that has come.
    func read(until mark: String? = nil) async throws -> String {
        try await BlockingIO.run { [socket] in
            var text = ""
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while mark.map({ !text.contains($0) }) ?? true {
                let count = recv(socket, &buffer, buffer.count, 0)
                guard count > 0 else { break }
                text += String(decoding: buffer[..<count], as: UTF8.self)
            }
            return text
        }
    }

    /// Tells the peer that nothing more will be written.
    func finishWriting() {
        shutdown(socket, Int32(SHUT_WR))
    }
}
#endif
