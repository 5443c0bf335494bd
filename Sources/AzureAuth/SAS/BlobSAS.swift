public import AzureCore

public import struct Foundation.Date

/// A shared access signature for a container, a blob, a snapshot, a version or a directory.
///
/// ```swift
/// var sas = BlobSAS(container: "pictures", blob: "cat.jpg", permissions: .read, expiresOn: tomorrow)
/// sas.protocol = .https
/// let token = try sas.token(signedWith: key)
/// ```
public struct BlobSAS: Sendable, Hashable {
    /// The resource of a signature. More kinds may be added.
    public struct Resource: Sendable, Hashable {
        enum Kind: Sendable, Hashable {
            case container
            case blob(String)
            case snapshot(blob: String, String)
            case version(blob: String, String)
            case directory(String)
        }

        let kind: Kind

        /// A container and all that is in it.
        public static let container = Resource(kind: .container)
        /// A blob.
        public static func blob(_ name: String) -> Resource { Resource(kind: .blob(name)) }
        /// A snapshot of a blob, named by its time as the service wrote it.
        public static func snapshot(blob: String, _ time: String) -> Resource {
            Resource(kind: .snapshot(blob: blob, time))
        }
        /// A version of a blob, named by its id.
        public static func version(blob: String, _ id: String) -> Resource {
            Resource(kind: .version(blob: blob, id))
        }
        /// A directory of a hierarchical namespace and all that is below it.
        public static func directory(_ name: String) -> Resource { Resource(kind: .directory(name)) }
    }

    /// The container.
    public var container: String
    /// The resource of a signature.
    public var resource: Resource
    /// The permissions, as letters in any order; they are signed and written in the order of the service, each once.
    /// With nil those of the stored policy apply.
    public var permissions: String?
    /// The start of its validity. The default is immediately; clocks differ, so give it some minutes when you set it.
    public var startsOn: AzureTimestamp?
    /// The end of its validity; with nil that of the stored policy applies.
    public var expiresOn: AzureTimestamp?
    /// The id of an access policy that is stored with the container.
    public var storedPolicyID: String?
    /// The address, or the range `a.b.c.d-e.f.g.h`, that requests must come from. The default is any.
    public var ipRange: String?
    /// The protocols that it may be used with. The default is that of the service, which takes both.
    public var `protocol`: SASProtocol?
    /// Headers that answers have in place of those that were stored.
    public var responseHeaders = SASResponseHeaders()
    /// The encryption scope for what is written with it.
    public var encryptionScope: String?

    /// What only signatures with a user delegation key can have.
    public struct Delegation: Sendable, Hashable {
        /// The object id of a user whose permissions have been checked already.
        public var preauthorizedAgentObjectID: String?
        /// The object id of a user whose permissions the service has to check.
        public var agentObjectID: String?
        /// An id to find uses of the signature in logs.
        public var correlationID: String?
        /// The object id of the only user who may use the signature.
        public var userObjectID: String?
        /// Headers that requests must have, with these values.
        public var requestHeaders: [String: String] = [:]
        /// Query parameters that requests must have, with these values.
        public var requestQuery: [String: String] = [:]

        /// Creates an empty set.
        public init() {}
    }

    /// What only signatures with a user delegation key can have.
    public var delegation = Delegation()

    /// Describes a signature for a blob.
    public init(container: String, blob: String, permissions: BlobSASPermissions, expiresOn: Date) {
        self.init(container: container, resource: .blob(blob), permissions: permissions.description)
        self.expiresOn = AzureTimestamp(expiresOn)
    }

    /// Describes a signature for a container.
    public init(container: String, permissions: ContainerSASPermissions, expiresOn: Date) {
        self.init(container: container, resource: .container, permissions: permissions.description)
        self.expiresOn = AzureTimestamp(expiresOn)
    }

    /// Describes a signature for anything, for instance with a stored policy in place of permissions and expiry.
    public init(container: String, resource: Resource, permissions: String? = nil, storedPolicyID: String? = nil) {
        self.container = container
        self.resource = resource
        self.permissions = permissions
        self.storedPolicyID = storedPolicyID
    }

    /// Signs with an account key.
    ///
    /// - Parameter key: The account and its key.
    /// - Returns: The query, without a question mark.
    /// - Throws: An `AzureError` with `invalidArgument` when permissions or expiry are missing and no stored policy has
    ///   them, when ``delegation`` has limits, which such a signature cannot have, or a value is malformed.
    public func token(signedWith key: StorageSharedKey) throws -> String {
        let sas = try ordered()
        return sas.token(signature: key.sign(try sas.stringToSign(accountName: key.accountName)), key: nil)
    }

    /// Signs with a user delegation key.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - accountName: The storage account.
    /// - Returns: The query, without a question mark.
    /// - Throws: An `AzureError` with `invalidArgument` when permissions or expiry are missing, a stored policy is
    ///   named, which such a signature cannot have, or a value is malformed.
    public func token(signedWith key: UserDelegationKey, accountName: String) throws -> String {
        let sas = try ordered()
        return sas.token(signature: key.sign(try sas.stringToSign(accountName: accountName, key: key)), key: key)
    }

    /// The same with its permissions in the service's order.
    private func ordered() throws -> BlobSAS {
        guard let permissions else { return self }
        var sas = self
        sas.permissions =
            if resource == .container {
                try ContainerSASPermissions.ordered(permissions)
            } else {
                try BlobSASPermissions.ordered(permissions)
            }
        return sas
    }
}
