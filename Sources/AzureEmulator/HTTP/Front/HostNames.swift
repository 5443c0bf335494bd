import AzureCore

/// The names under which a service may be asked. A page of a stranger that has its own name lead to this machine (DNS
/// rebinding) has its browser ask under that one.
struct HostNames: Sendable {
    /// Those of this machine for itself.
    static let loopback = ["127.0.0.1", "localhost", "::1"]

    /// In lower case; addresses of version 6 without brackets, in their usual text.
    let names: Set<String>

    /// - Parameters:
    ///   - address: The address where the services listen. It is a name, too, unless it stands for all addresses.
    ///   - others: More names.
    /// - Throws: An `AzureError` with `invalidArgument` when one is no name of a host.
    init(listeningOn address: IPAddress, others: [String] = []) throws {
        var names = Set(Self.loopback)
        if !address.isUnspecified { names.insert(address.text) }
        for other in others {
            guard let name = Self.name(other) else {
                throw AzureError.invalidArgument(
                    "'\(other)' is no name of a host. Give it as it stands in addresses, without scheme and port.")
            }
            names.insert(name)
        }
        self.names = names
    }

    /// Whether a request may have this host, with or without a port.
    func contains(_ authority: String?) -> Bool {
        guard let authority, let host = Self.host(of: authority) else { return false }
        return Self.name(host).map(names.contains) ?? false
    }

    /// Hosts and ports under which a service is reached, as addresses have them.
    func authorities(port: Int) -> Set<String> {
        Set(names.map { "\($0.contains(":") ? "[\($0)]" : $0):\(port)" })
    }

    /// What stands in front of the port; nil when there is something else than a port.
    private static func host(of authority: String) -> Substring? {
        var host = authority[...]
        if let colon = authority.lastIndex(of: ":"), !authority.hasSuffix("]") {
            let port = authority[authority.index(after: colon)...]
            guard port.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
            host = authority[..<colon]
            // An address of version 6 has brackets, or its last part would be taken for a port.
            guard !host.contains(":") || host.hasSuffix("]") else { return nil }
        }
        return host
    }

    /// A name in the form in which names are compared; nil when it is none.
    private static func name(_ text: some StringProtocol) -> String? {
        var text = text.lowercased()
        if text.hasPrefix("["), text.hasSuffix("]") { text = String(text.dropFirst().dropLast()) }
        if text.contains(":") { return IPAddress(text).map(\.text) }
        let isName = text.utf8.allSatisfy {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                || [UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_")].contains($0)
        }
        return isName && (1...253).contains(text.utf8.count) ? text : nil
    }
}
