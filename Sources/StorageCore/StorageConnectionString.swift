package import AzureAuth
package import AzureCore

/// A storage connection string, taken apart. No error shows a value of it.
package struct StorageConnectionString: Sendable {
    package var endpoint: AzureEndpoint
    /// The second region, where the string names it.
    package var secondaryEndpoint: AzureEndpoint?
    package var accountName: String?
    package var credential: StorageCredential

    /// The account and key that every storage emulator has; they are public and open nothing else.
    static let developmentAccount = "devstoreaccount1"
    static let developmentKey =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="

    /// Reads `Name=value;Name=value`; names are compared without regard to case.
    ///
    /// - Parameters:
    ///   - text: The connection string.
    ///   - service: The service whose endpoint is wanted.
    ///   - developmentPort: Where the service listens on a development machine.
    package init(_ text: String, for service: StorageHost, developmentPort: Int) throws {
        let values = try Self.parse(text)
        if let flag = values["usedevelopmentstorage"] {
            guard flag.lowercased() == "true" else {
                throw Self.failure("can only have the value true for UseDevelopmentStorage")
            }
            let proxy = values["developmentstorageproxyuri"] ?? "http://127.0.0.1"
            endpoint = try AzureEndpoint("\(AzureEndpoint(proxy)):\(developmentPort)/\(Self.developmentAccount)")
            accountName = Self.developmentAccount
            credential = .sharedKey(
                try StorageSharedKey(accountName: Self.developmentAccount, key: Self.developmentKey))
            return
        }
        if let secondary = values["\(service.name)secondaryendpoint"] {
            let endpoint = try AzureEndpoint(String(secondary.prefix { $0 != "?" }))
            _ = try endpoint.checkPath(of: service, account: values["accountname"])
            secondaryEndpoint = endpoint
        }
        let sas: String?
        (endpoint, sas) = try Self.endpoint(values, service)
        let found = try endpoint.checkPath(of: service, account: values["accountname"])
        accountName = values["accountname"] ?? found
        credential = try Self.credential(values, service, accountName: accountName, sas: sas)
    }

    private static func parse(_ text: String) throws -> [String: String] {
        var values: [String: String] = [:]
        for item in text.split(separator: ";") {
            let trimmed = item.drop { $0.isWhitespace }
            guard !trimmed.isEmpty else { continue }
            guard let equals = trimmed.firstIndex(of: "="), equals != trimmed.startIndex else {
                throw failure("has a part that is not of the form Name=value")
            }
            let name = trimmed[..<equals].lowercased()
            let hasSpace = name.last?.isWhitespace == true || trimmed[equals...].dropFirst().first?.isWhitespace == true
            guard !hasSpace else {
                throw failure("has a space beside the '=' of \(Self.shown(name)); write Name=value without spaces")
            }
            var value = trimmed[equals...].dropFirst()
            while value.last?.isWhitespace == true { value.removeLast() }
            guard values.updateValue(String(value), forKey: name) == nil else {
                throw failure("names \(Self.shown(name)) twice")
            }
        }
        guard !values.isEmpty else { throw failure("is empty") }
        return values.filter { !$0.value.isEmpty }
    }

    /// A name, if it is one: what stands in front of a '=' may be a part of a key as well.
    private static func shown(_ name: String) -> String {
        names.first { $0.lowercased() == name.trimmingWhitespace() } ?? "a setting"
    }

    private static let names = [
        "UseDevelopmentStorage", "DevelopmentStorageProxyUri", "DefaultEndpointsProtocol", "EndpointSuffix",
        "AccountName", "AccountKey", "SharedAccessSignature", "BlobEndpoint", "BlobSecondaryEndpoint", "QueueEndpoint",
        "QueueSecondaryEndpoint", "TableEndpoint", "TableSecondaryEndpoint", "FileEndpoint", "FileSecondaryEndpoint",
    ]

    /// The endpoint, and the signature that it may carry.
    private static func endpoint(
        _ values: [String: String], _ service: StorageHost
    ) throws -> (AzureEndpoint, sas: String?) {
        if let given = values["\(service.name)endpoint"] {
            let address = given.prefix { $0 != "?" }
            let query = try StorageURLQuery(given[address.endIndex...].dropFirst(), of: given)
            return (try AzureEndpoint(String(address)), query.sas)
        }
        guard let account = values["accountname"] else {
            throw failure("has neither a \(service.title)Endpoint nor an AccountName")
        }
        let scheme = values["defaultendpointsprotocol"] ?? "https"
        let suffix = values["endpointsuffix"] ?? "core.windows.net"
        return (try AzureEndpoint("\(scheme)://\(account).\(service.name).\(suffix)"), nil)
    }

    private static func credential(
        _ values: [String: String], _ service: StorageHost, accountName: String?, sas: String?
    ) throws -> StorageCredential {
        if let key = values["accountkey"] {
            guard let accountName else { throw failure("has an AccountKey but no AccountName") }
            return .sharedKey(try StorageSharedKey(accountName: accountName, key: key))
        }
        if let sas = values["sharedaccesssignature"] ?? sas { return try .sas(sas) }
        guard values["\(service.name)endpoint"] != nil else {
            throw failure("has neither an AccountKey nor a SharedAccessSignature")
        }
        return .anonymous
    }

    private static func failure(_ reason: String) -> AzureError {
        .invalidArgument("The connection string \(reason).")
    }
}
