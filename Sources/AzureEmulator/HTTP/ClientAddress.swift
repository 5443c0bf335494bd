/// Where a request has come from, as far as it came over a connection.
enum ClientAddress {
    /// The address of the client, in version 4 where it has one; nil for requests within this process.
    @TaskLocal static var current: String?

    /// The address as shared access signatures have it, which know version 4 alone: that of a client that comes over
    /// version 6 from this machine, or with an address of version 4 in one of version 6, is that.
    static func text(_ address: String?) -> String? {
        guard let address else { return nil }
        guard let found = IPAddress(address), found.isVersion6 else { return address }
        if found.isLoopback { return IPAddress.loopback.text }
        let mapped = found.networkBytes
        guard mapped.prefix(10).allSatisfy({ $0 == 0 }), mapped[10] == 0xFF, mapped[11] == 0xFF else { return address }
        return mapped.suffix(4).map(String.init).joined(separator: ".")
    }
}
