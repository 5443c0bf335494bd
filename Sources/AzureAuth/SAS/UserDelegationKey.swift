public import AzureCore

/// A key that Blob Storage gives to a user of Microsoft Entra ID, to sign SAS without an account key. Descriptions do
/// not contain the key.
public struct UserDelegationKey: Sendable, CustomStringConvertible, CustomReflectable {
    /// The object id of the user.
    public let objectID: String
    /// The tenant of the user.
    public let tenantID: String
    /// When the key begins to be valid.
    public let startsOn: AzureTimestamp
    /// When it expires.
    public let expiresOn: AzureTimestamp
    /// The service that it is for; `b` is Blob Storage.
    public let service: String
    /// The version of the service that made it.
    public let version: String
    /// The tenant of the user that the key is delegated to.
    public let delegatedUserTenantID: String?
    private let signingKey: SigningKey

    /// Takes a key as the service gave it.
    ///
    /// - Parameters:
    ///   - objectID: The object id of the user.
    ///   - tenantID: The tenant of the user.
    ///   - startsOn: When the key begins to be valid. It is signed as the service wrote it.
    ///   - expiresOn: When it expires.
    ///   - service: The service that it is for.
    ///   - version: The version of the service that made it.
    ///   - delegatedUserTenantID: The tenant of the user that the key is delegated to.
    ///   - value: The key itself, in base64.
    /// - Throws: An `AzureError` with `invalidArgument` when the key is not base64.
    public init(
        objectID: String, tenantID: String, startsOn: AzureTimestamp, expiresOn: AzureTimestamp, service: String = "b",
        version: String, delegatedUserTenantID: String? = nil, value: String
    ) throws {
        guard let signingKey = SigningKey(base64: value) else {
            throw AzureError.invalidArgument("The user delegation key is not base64.")
        }
        self.objectID = objectID
        self.tenantID = tenantID
        self.startsOn = startsOn
        self.expiresOn = expiresOn
        self.service = service
        self.version = version
        self.delegatedUserTenantID = delegatedUserTenantID
        self.signingKey = signingKey
    }

    public var description: String { "UserDelegationKey(objectID: \(objectID), expiresOn: \(expiresOn))" }
    public var customMirror: Mirror { Mirror(self, children: ["objectID": objectID, "expiresOn": expiresOn]) }

    func sign(_ text: String) -> String {
        signingKey.sign(text)
    }
}
