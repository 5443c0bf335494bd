import AzureCore
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Asks an emulator that runs in another process whether it answers.
package struct HealthProbe: Sendable {
    /// How long each step may take, in seconds.
    private static let patience = 5
    /// The most bytes of an answer that are read.
    private static let answerLimit = 16 * 1024

    private let address: IPAddress

    /// - Parameter address: The address where the emulator listens.
    /// - Throws: An `AzureError` with `invalidArgument` when it is none.
    package init(address: String) throws {
        guard let address = address == "localhost" ? .loopback : IPAddress(address) else {
            throw AzureError.invalidArgument("'\(address)' is no address.")
        }
        self.address = address.reachable
    }

    /// Asks the service on a port.
    ///
    /// - Parameter isEncrypted: Whether it speaks TLS. Then it is enough that it takes connections, since its certificate
    ///   need not be known here.
    /// - Returns: What is wrong; nil when nothing is.
    package func complaint(port: Int, isEncrypted: Bool) async -> String? {
        guard let number = UInt16(exactly: port), number > 0 else { return "\(port) is no TCP port." }
        do {
            return try await BlockingIO.run { try ask(number, isEncrypted) }
        } catch {
            return "Port \(port) of \(address.text) does not answer: \(error.localizedDescription)"
        }
    }

    private func ask(_ port: UInt16, _ isEncrypted: Bool) throws -> String? {
        let connection = try connect(port)
        defer { close(connection) }
        if isEncrypted { return nil }
        let request = Array(
            ("GET \(EmulatorFront.healthPath) HTTP/1.1\r\nHost: \(address.urlHost):\(port)\r\nConnection: close\r\n\r\n")
                .utf8)
        var sent = 0
        while sent < request.count {
            let count = request[sent...].withUnsafeBytes {
                send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Self.lastError() }
            sent += count
        }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while answer.count < Self.answerLimit {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count >= 0 else { throw Self.lastError() }
            if count == 0 { break }
            answer += buffer[..<count]
        }
        let line = String(decoding: answer.prefix { $0 != UInt8(ascii: "\r") }.prefix(80), as: UTF8.self)
        return line.hasPrefix("HTTP/1.1 200") ? nil : "Port \(port) of \(address.text) answers '\(line)'."
    }

    private func connect(_ port: UInt16) throws -> Int32 {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
        #if canImport(Glibc)
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
        hints.ai_socktype = SOCK_STREAM
        #endif
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(address.text, String(port), &hints, &list) == 0, let found = list else {
            throw POSIXError(.EADDRNOTAVAIL)
        }
        defer { freeaddrinfo(found) }
        let connection = socket(found.pointee.ai_family, found.pointee.ai_socktype, found.pointee.ai_protocol)
        guard connection >= 0 else { throw Self.lastError() }
        var limit = timeval()
        limit.tv_sec = numericCast(Self.patience)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(connection, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
        }
        #if canImport(Darwin)
        let result = Darwin.connect(connection, found.pointee.ai_addr, found.pointee.ai_addrlen)
        #elseif canImport(Musl)
        let result = Musl.connect(connection, found.pointee.ai_addr, found.pointee.ai_addrlen)
        #else
        let result = Glibc.connect(connection, found.pointee.ai_addr, found.pointee.ai_addrlen)
        #endif
        guard result == 0 else {
            let error = Self.lastError()
            close(connection)
            throw error
        }
        return connection
    }

    private static func lastError() -> POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
