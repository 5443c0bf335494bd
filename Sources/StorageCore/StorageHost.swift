package import AzureCore

/// What the hosts of one service of Azure Storage have in their names.
package struct StorageHost: Sendable {
    /// The name of the service in hosts and connection strings, as in `account.blob.core.windows.net` and `BlobEndpoint`.
    package let name: String
    /// Other names that lead to the same accounts.
    let aliases: [String]

    package init(name: String, aliases: [String] = []) {
        self.name = name
        self.aliases = aliases
    }

    /// The name as settings of connection strings begin with it.
    var title: String { name.prefix(1).uppercased() + name.dropFirst() }

    func isNamed(in labels: some Sequence<Substring>) -> Bool {
        labels.contains { label in label == name || aliases.contains { $0 == label } }
    }
}

extension AzureEndpoint {
    /// Whether the account stands in the path: with IP addresses, hosts of one word, and unusual ports, unless the
    /// host is of the form `account.blob.…`.
    package func isPathStyle(of service: StorageHost) -> Bool {
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        if host.hasPrefix("[") || Self.isIPv4(labels) { return true }
        if service.isNamed(in: labels.dropFirst()) { return false }
        if labels.count == 1 || host.hasSuffix(".localhost") { return true }
        let port = authority.dropFirst(host.count).dropFirst()
        return !["", "80", "443"].contains(port)
    }

    /// The account's name in a host such as `account.blob.core.windows.net`, that of its second region included.
    package func accountName(of service: StorageHost) -> String? {
        let labels = host.split(separator: ".")
        guard labels.count > 1, service.isNamed(in: labels.dropFirst()) else { return nil }
        let name = labels[0]
        return String(name.hasSuffix("-secondary") ? name.dropLast("-secondary".count) : name)
    }

    private static func isIPv4(_ labels: [Substring]) -> Bool {
        labels.count == 4 && labels.allSatisfy { UInt8($0) != nil }
    }
}
