#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// An address of the internet protocol, in version 4 or 6.
struct IPAddress: Sendable, Hashable {
    /// The usual text of the address.
    let text: String
    /// The bytes in the order of the network.
    let networkBytes: [UInt8]

    /// Reads an address, without brackets; nil when it is none.
    init?(_ text: some StringProtocol) {
        let text = String(text)
        let family = text.utf8.contains(UInt8(ascii: ":")) ? AF_INET6 : AF_INET
        var bytes = [UInt8](repeating: 0, count: family == AF_INET6 ? 16 : 4)
        guard inet_pton(family, text, &bytes) == 1 else { return nil }
        var buffer = [CChar](repeating: 0, count: 64)
        guard inet_ntop(family, bytes, &buffer, socklen_t(buffer.count)) != nil else { return nil }
        networkBytes = bytes
        self.text = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Whether only this machine reaches it: 127.0.0.0/8 (RFC 1122) or ::1 (RFC 4291).
    var isLoopback: Bool {
        isVersion6
            ? networkBytes.dropLast().allSatisfy { $0 == 0 } && networkBytes.last == 1 : networkBytes.first == 127
    }

    /// Whether it stands for all addresses of the machine.
    var isUnspecified: Bool { networkBytes.allSatisfy { $0 == 0 } }

    var isVersion6: Bool { networkBytes.count == 16 }

    /// The text as a URL has it.
    var urlHost: String { isVersion6 ? "[\(text)]" : text }

    /// The address of this machine for a client on it.
    var reachable: IPAddress {
        guard isUnspecified else { return self }
        return isVersion6 ? Self.loopback6 : Self.loopback
    }

    static let loopback = IPAddress("127.0.0.1")!
    static let loopback6 = IPAddress("::1")!
}
