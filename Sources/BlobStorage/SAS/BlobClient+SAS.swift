public import AzureAuth
import AzureCore
import StorageCore

public import struct Foundation.Date
public import struct Foundation.URL

extension BlobClient {
    /// Signs a URL that gives access to the blob, its snapshot or its version without a key.
    ///
    /// - Parameters:
    ///   - permissions: The permissions.
    ///   - expiresOn: The end of the signature's validity.
    ///   - key: A key of ``BlobServiceClient/userDelegationKey(startsOn:expiresOn:delegatedUserTenantID:options:)`` to
    ///     sign with. The default is the account's key, which the client then needs to have.
    ///   - configure: Sets what else the signature should have, such as its start, protocol or addresses.
    /// - Returns: The URL. The signature is a secret: do not log it.
    /// - Throws: An ``AzureCore/AzureError`` with ``AzureCore/AzureErrorCode/invalidArgument`` when the client has no
    ///   account key to sign with.
    public func signedURL(
        permissions: BlobSASPermissions, expiresOn: Date, signedWith key: UserDelegationKey? = nil,
        configure: (inout BlobSAS) -> Void = { _ in }
    ) throws -> URL {
        var sas = BlobSAS(container: containerName, resource: sasResource, permissions: permissions.description)
        sas.expiresOn = AzureTimestamp(expiresOn)
        configure(&sas)
        try Checks.blobName(name)
        return try signed(with: connection.sign(sas, with: key))
    }

    /// Signs a URL with the permissions of a stored access policy of the container.
    ///
    /// - Parameters:
    ///   - storedPolicyID: The id of the policy; see
    ///     ``BlobContainerClient/setAccessPolicy(storedPolicies:publicAccess:options:)``.
    ///   - configure: Sets what else the signature should have, such as what the policy leaves open.
    /// - Returns: The URL. The signature is a secret: do not log it.
    /// - Throws: An ``AzureCore/AzureError`` with ``AzureCore/AzureErrorCode/invalidArgument`` when the client has no
    ///   account key to sign with.
    public func signedURL(
        storedPolicyID: String, configure: (inout BlobSAS) -> Void = { _ in }
    ) throws -> URL {
        var sas = BlobSAS(container: containerName, resource: sasResource, storedPolicyID: storedPolicyID)
        configure(&sas)
        try Checks.blobName(name)
        return try signed(with: connection.sign(sas, with: nil))
    }

    /// The URL of the blob with a signature in its query.
    func signed(with signature: String) throws -> URL {
        try URL(encoded: "\(address)\(versionQuery.isEmpty ? "?" : "&")\(signature)")
    }

    private var sasResource: BlobSAS.Resource {
        if let snapshot {
            .snapshot(blob: name, snapshot)
        } else if let versionID {
            .version(blob: name, versionID)
        } else {
            .blob(name)
        }
    }
}

extension BlobContainerClient {
    /// Signs a query that gives access to the container and its blobs without a key.
    ///
    /// - Parameters:
    ///   - permissions: The permissions.
    ///   - expiresOn: The end of the signature's validity.
    ///   - key: A key of ``BlobServiceClient/userDelegationKey(startsOn:expiresOn:delegatedUserTenantID:options:)`` to
    ///     sign with. The default is the account's key, which the client then needs to have.
    ///   - configure: Sets what else the signature should have, such as its start, protocol or addresses.
    /// - Returns: The query, without a question mark. The signature is a secret: do not log it.
    /// - Throws: An ``AzureCore/AzureError`` with ``AzureCore/AzureErrorCode/invalidArgument`` when the client has no
    ///   account key to sign with.
    public func sharedAccessSignature(
        permissions: ContainerSASPermissions, expiresOn: Date, signedWith key: UserDelegationKey? = nil,
        configure: (inout BlobSAS) -> Void = { _ in }
    ) throws -> String {
        var sas = BlobSAS(container: name, permissions: permissions, expiresOn: expiresOn)
        configure(&sas)
        return try connection.sign(sas, with: key)
    }

    /// Signs a query with the permissions of a stored access policy of the container.
    ///
    /// - Parameters:
    ///   - storedPolicyID: The id of the policy.
    ///   - configure: Sets what else the signature should have, such as what the policy leaves open.
    /// - Returns: The query, without a question mark. The signature is a secret: do not log it.
    /// - Throws: An ``AzureCore/AzureError`` with ``AzureCore/AzureErrorCode/invalidArgument`` when the client has no
    ///   account key to sign with.
    public func sharedAccessSignature(
        storedPolicyID: String, configure: (inout BlobSAS) -> Void = { _ in }
    ) throws -> String {
        var sas = BlobSAS(container: name, resource: .container, storedPolicyID: storedPolicyID)
        configure(&sas)
        return try connection.sign(sas, with: nil)
    }

    /// Signs a URL that gives access to the container and its blobs without a key; see
    /// ``sharedAccessSignature(permissions:expiresOn:signedWith:configure:)``.
    public func signedURL(
        permissions: ContainerSASPermissions, expiresOn: Date, signedWith key: UserDelegationKey? = nil,
        configure: (inout BlobSAS) -> Void = { _ in }
    ) throws -> URL {
        let query = try sharedAccessSignature(
            permissions: permissions, expiresOn: expiresOn, signedWith: key, configure: configure)
        return try signed(with: query)
    }

    /// The URL of the container with a signature in its query.
    func signed(with signature: String) throws -> URL {
        try URL(encoded: "\(url.absoluteString)?\(signature)")
    }
}

extension BlobServiceClient {
    /// Signs a query that gives access to the account without a key.
    ///
    /// - Parameters:
    ///   - permissions: The permissions.
    ///   - resourceTypes: The resource types: the service itself, containers, blobs.
    ///   - expiresOn: The end of the signature's validity.
    ///   - configure: Sets what else the signature should have, such as its start, protocol or addresses.
    /// - Returns: The query, without a question mark. The signature is a secret: do not log it.
    /// - Throws: An ``AzureCore/AzureError`` with ``AzureCore/AzureErrorCode/invalidArgument`` when the client has no
    ///   account key to sign with.
    public func sharedAccessSignature(
        permissions: AccountSASPermissions, resourceTypes: AccountSAS.ResourceTypes, expiresOn: Date,
        configure: (inout AccountSAS) -> Void = { _ in }
    ) throws -> String {
        var sas = AccountSAS(permissions: permissions, resourceTypes: resourceTypes, expiresOn: expiresOn)
        configure(&sas)
        return try sas.token(signedWith: try connection.signingKey())
    }
}

extension URL {
    /// Reads a text that is percent-encoded already. What is not is refused; encoding it again would change what it means.
    init(encoded text: String) throws {
        guard let url = URL(string: text, encodingInvalidCharacters: false) else {
            throw AzureError.invalidArgument(
                "The URL '\(StorageURL.shown(text))' and its signature do not make a URL; check that the signature is "
                    + "percent-encoded.")
        }
        self = url
    }
}

extension BlobConnection {
    /// Signs with the key that was given, or else with that of the account.
    func sign(_ sas: BlobSAS, with key: UserDelegationKey?) throws -> String {
        guard let key else { return try sas.token(signedWith: try signingKey()) }
        guard let accountName else {
            throw AzureError.invalidArgument(
                "A shared access signature is for one account, and '\(endpoint)' does not show which that is.")
        }
        return try sas.token(signedWith: key, accountName: accountName)
    }

    func signingKey() throws -> StorageSharedKey {
        guard let key = credential.sharedKey else {
            throw AzureError.invalidArgument(
                "A shared access signature is signed with the account's key, which this client does not have.")
        }
        return key
    }
}
