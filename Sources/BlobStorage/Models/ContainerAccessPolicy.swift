public import AzureAuth
public import AzureCore
import HTTPTypes
import StorageCore

public import struct Foundation.Data
public import struct Foundation.Date

/// The access policy of a container: public access and stored policies.
public struct ContainerAccessPolicy: Sendable, Hashable {
    /// The level of public access; nil for none.
    public var publicAccess: PublicAccess?
    /// The stored policies.
    public var storedPolicies: [StoredAccessPolicy]
    /// The ETag of the container.
    public var etag: ETag?
    /// When the container, not its blobs, was changed last.
    public var lastModified: AzureTimestamp?
    /// The answer's general header fields.
    public var response: ResponseInfo
}

/// A stored access policy of a container. Signatures that refer to it take permissions and times from it where they
/// specify none, and become invalid when it is removed.
public struct StoredAccessPolicy: Sendable, Hashable {
    /// The id that signatures refer to, at most 64 characters.
    public var id: String
    /// The start of the validity of signatures; nil if they specify it.
    public var startsOn: AzureTimestamp?
    /// The end of their validity; nil if they specify it.
    public var expiresOn: AzureTimestamp?
    /// The permissions, as letters in any order; they are written in the order of the service, each once. Nil if
    /// signatures specify them.
    public var permissions: String?

    /// Describes a policy.
    ///
    /// - Parameters:
    ///   - id: The id that signatures refer to, at most 64 characters.
    ///   - permissions: The permissions. By default signatures specify them.
    ///   - startsOn: The start of their validity. By default they specify it.
    ///   - expiresOn: The end of their validity. By default they specify it.
    public init(
        id: String, permissions: ContainerSASPermissions? = nil, startsOn: AzureTimestamp? = nil,
        expiresOn: AzureTimestamp? = nil
    ) {
        self.id = id
        self.permissions = permissions?.description
        self.startsOn = startsOn
        self.expiresOn = expiresOn
    }

    /// Describes a policy that ends at a date.
    ///
    /// - Parameters:
    ///   - id: The id that signatures refer to, at most 64 characters.
    ///   - permissions: The permissions. By default signatures specify them.
    ///   - startsOn: The start of their validity. By default they specify it.
    ///   - expiresOn: The end of their validity.
    public init(
        id: String, permissions: ContainerSASPermissions? = nil, startsOn: Date? = nil, expiresOn: Date
    ) {
        self.init(
            id: id, permissions: permissions, startsOn: startsOn.map { AzureTimestamp($0) },
            expiresOn: AzureTimestamp(expiresOn))
    }
}

extension StoredAccessPolicy {
    private static let maxPolicies = 5
    private static let maxID = 64

    /// Reads `SignedIdentifier`.
    init(_ element: AzureCore.XMLElement) throws {
        self.init(id: try element.required("Id"))
        let policy = element.child("AccessPolicy")
        startsOn = policy?.timestamp("Start")
        expiresOn = policy?.timestamp("Expiry")
        permissions = policy?.text("Permission")
    }

    /// Writes `SignedIdentifiers`.
    static func document(_ policies: [StoredAccessPolicy]) throws -> Data {
        guard policies.count <= maxPolicies else {
            throw AzureError.invalidArgument(
                "A container keeps \(maxPolicies) access policies; \(policies.count) were given.")
        }
        guard Set(policies.map(\.id)).count == policies.count else {
            throw AzureError.invalidArgument("Two access policies have the same id.")
        }
        var writer = XMLWriter()
        try writer.element("SignedIdentifiers") { writer in
            for policy in policies { try writer.element("SignedIdentifier") { try policy.write(to: &$0) } }
        }
        return writer.data
    }

    private func write(to writer: inout XMLWriter) throws {
        guard !id.isEmpty, id.unicodeScalars.count <= Self.maxID else {
            throw AzureError.invalidArgument(
                "The id of an access policy has 1 to \(Self.maxID) characters; '\(id.prefix(80))' has "
                    + "\(id.unicodeScalars.count).")
        }
        try writer.element("Id", text: id)
        guard startsOn != nil || expiresOn != nil || permissions != nil else { return }
        try writer.element("AccessPolicy") { writer in
            try writer.element("Start", optional: startsOn?.text(for: .body))
            try writer.element("Expiry", optional: expiresOn?.text(for: .body))
            try writer.element("Permission", optional: permissions.map { try ContainerSASPermissions.ordered($0) })
        }
    }
}
