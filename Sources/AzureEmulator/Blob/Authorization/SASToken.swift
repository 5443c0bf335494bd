import struct Foundation.Date

/// The fields of a shared access signature, as they stand in a query.
struct SASToken: Sendable {
    private let fields: [String: String]
    let signature: String

    /// Takes the fields out of a query, in which a plus sign that is not encoded is a space; nil when it has no
    /// signature.
    ///
    /// - Throws: `AuthenticationFailed` when a field stands there twice.
    init?(_ request: EmulatorRequest) throws {
        guard request.query.items.contains(where: { $0.name == "sig" }),
            let query = EmulatorQuery(request.rawQuery.replacing("+", with: "%20"))
        else { return nil }
        var fields: [String: String] = [:]
        for item in query.items where fields.updateValue(item.value, forKey: item.name) != nil {
            throw BlobServiceError.authenticationFailed("The parameter '\(item.name)' stands there twice.")
        }
        signature = fields["sig"] ?? ""
        self.fields = fields
    }

    /// A field; empty when it is not there.
    subscript(name: String) -> String { fields[name] ?? "" }

    var isForAccount: Bool { fields["ss"] != nil || fields["srt"] != nil }
    var isForOneUser: Bool { fields["sduoid"]?.isEmpty == false }
    var isForUserDelegation: Bool { fields["skoid"] != nil }

    /// Checks version, times, addresses and protocol.
    ///
    /// - Parameters:
    ///   - start: The time from which it is valid; empty when that does not matter.
    ///   - expiry: The time until which it is valid.
    ///   - now: The service's time.
    ///   - scheme: The protocol of the request.
    ///   - clientAddress: The IPv4 address that the request came from.
    func check(start: String, expiry: String, now: Date, scheme: String?, clientAddress: String) throws {
        guard let end = ServiceTime.parse(expiry) else {
            throw BlobServiceError.authenticationFailed("The expiry 'se=\(expiry)' is missing or not a time.")
        }
        let begin = ServiceTime.parse(start)
        guard begin != nil || start.isEmpty else {
            throw BlobServiceError.authenticationFailed("The start 'st=\(start)' is not a time.")
        }
        guard now < end, begin.map({ $0 <= now }) ?? true else {
            throw BlobServiceError.authenticationFailed(
                "Signature not valid in the specified time frame: Start [\(start)] - Expiry [\(expiry)] - Current "
                    + "[\(ServiceTime.format(now))]")
        }
        switch self["spr"] {
        case "", "https,http", "http,https": break
        case "https": if scheme != "https" { throw BlobServiceError.protocolMismatch }
        case let other: throw BlobServiceError.authenticationFailed("The protocol 'spr=\(other)' is not known.")
        }
        try checkAddress(clientAddress)
    }

    private func checkAddress(_ clientAddress: String) throws {
        guard !self["sip"].isEmpty else { return }
        let bounds = self["sip"].split(separator: "-", omittingEmptySubsequences: false).map(Self.number)
        guard (1...2).contains(bounds.count), let low = bounds[0], let high = bounds[bounds.count - 1] else {
            throw BlobServiceError.authenticationFailed(
                "The address 'sip=\(self["sip"])' is not one or two of IPv4.")
        }
        guard let address = Self.number(clientAddress[...]), low <= address, address <= high else {
            throw BlobServiceError.sourceIPMismatch(clientAddress)
        }
    }

    private static func number(_ address: Substring) -> UInt32? {
        let parts = address.split(separator: ".", omittingEmptySubsequences: false).compactMap { UInt8($0) }
        return parts.count == 4 ? parts.reduce(0) { $0 << 8 | UInt32($1) } : nil
    }
}
