public import AzureCore

public import struct Foundation.Date

/// A shared access signature for a whole storage account.
public struct AccountSAS: Sendable, Hashable {
    /// Services of a storage account.
    public struct Services: SASPermissionSet {
        public let rawValue: Int

        public init(rawValue: Int) { self.rawValue = rawValue }

        /// Blob Storage.
        public static let blob = Self(rawValue: 1 << 0)
        /// Queue Storage.
        public static let queue = Self(rawValue: 1 << 1)
        /// Azure Files.
        public static let file = Self(rawValue: 1 << 2)

        public static let letters: [(permission: Self, letter: Character)] = [
            (.blob, "b"), (.queue, "q"), (.file, "f"),
        ]
    }

    /// Sorts of resources.
    public struct ResourceTypes: SASPermissionSet {
        public let rawValue: Int

        public init(rawValue: Int) { self.rawValue = rawValue }

        /// The service itself: its properties, its list of containers.
        public static let service = Self(rawValue: 1 << 0)
        /// Containers.
        public static let container = Self(rawValue: 1 << 1)
        /// Blobs.
        public static let object = Self(rawValue: 1 << 2)

        public static let letters: [(permission: Self, letter: Character)] = [
            (.service, "s"), (.container, "c"), (.object, "o"),
        ]
    }

    /// The permissions.
    public var permissions: AccountSASPermissions
    /// The services. The default is Blob Storage.
    public var services: Services
    /// The sorts of resources.
    public var resourceTypes: ResourceTypes
    /// The start of its validity. The default is immediately.
    public var startsOn: AzureTimestamp?
    /// When it expires.
    public var expiresOn: AzureTimestamp
    /// The address, or the range `a.b.c.d-e.f.g.h`, that requests must come from. The default is any.
    public var ipRange: String?
    /// The protocols that it may be used with. The default is that of the service.
    public var `protocol`: SASProtocol?
    /// The encryption scope for what is written with it.
    public var encryptionScope: String?

    /// Describes a signature.
    public init(
        permissions: AccountSASPermissions, services: Services = .blob, resourceTypes: ResourceTypes, expiresOn: Date
    ) {
        self.permissions = permissions
        self.services = services
        self.resourceTypes = resourceTypes
        self.expiresOn = AzureTimestamp(expiresOn)
    }

    /// Signs with an account key.
    ///
    /// - Parameter key: The account and its key.
    /// - Returns: The query, without a question mark.
    /// - Throws: An `AzureError` with `invalidArgument` when permissions, services or resource types are empty, or a
    ///   value is malformed.
    public func token(signedWith key: StorageSharedKey) throws -> String {
        let text = try stringToSign(accountName: key.accountName)
        var writer = SASTokenWriter()
        writer.add("st", startsOn?.sasTime)
        writer.add("se", expiresOn.sasTime)
        writer.add("sp", permissions.description)
        writer.add("sip", ipRange)
        writer.add("spr", self.protocol?.rawValue)
        writer.add("sv", sasVersion)
        writer.add("ss", services.description)
        writer.add("srt", resourceTypes.description)
        writer.add("ses", encryptionScope)
        writer.add("sig", key.sign(text))
        return writer.token
    }

    /// The text that is signed.
    package func stringToSign(accountName: String) throws -> String {
        guard !permissions.isEmpty, !services.isEmpty, !resourceTypes.isEmpty else {
            throw AzureError.invalidArgument(
                "An account SAS needs at least one permission, one service and one type of resource.")
        }
        try SASRules.requireOrder(startsOn: startsOn, expiresOn: expiresOn)
        try SASRules.requireIPv4(ipRange)
        try SASRules.requireSingleLines([
            ("protocol", self.protocol?.rawValue), ("encryption scope", encryptionScope),
        ])
        return [
            accountName, permissions.description, services.description, resourceTypes.description,
            startsOn?.sasTime ?? "", expiresOn.sasTime, ipRange ?? "", self.protocol?.rawValue ?? "", sasVersion,
            encryptionScope ?? "",
        ].map { "\($0)\n" }.joined()
    }
}
