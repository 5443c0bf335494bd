public import AzureAuth
import AzureCore

public import struct Foundation.Date

extension BlobClient {
    /// Signs a URL with which others can reach the blob, its snapshot or its version, without any key.
    ///
    /// - Parameters:
    ///   - permissions: What they may do.
    ///   - expiresOn: Until when.
    ///   - configure: Sets what else the signature should have, such as its start, protocol or addresses.
    /// - Returns: The URL. Whoever has it can use it: do not log it.
    /// - Throws: An ``AzureCore/AzureError`` with ``AzureCore/AzureErrorCode/invalidArgument`` when the client has no
    ///   account key to sign with.
    public func signedURL(
        permissions: BlobSASPermissions, expiresOn: Date, configure: (inout BlobSAS) -> Void = { _ in }
    ) throws -> String {
        let resource: BlobSAS.Resource =
            if let snapshot {
                .snapshot(blob: name, snapshot)
            } else if let versionID {
                .version(blob: name, versionID)
            } else {
                .blob(name)
            }
        var sas = BlobSAS(container: containerName, resource: resource, permissions: permissions.description)
        sas.expiresOn = expiresOn
        configure(&sas)
        let token = try sas.token(signedWith: try connection.signingKey())
        return url + (url.contains("?") ? "&" : "?") + token
    }
}

extension BlobContainerClient {
    /// Signs a query with which others can reach the container and its blobs, without any key.
    ///
    /// - Parameters:
    ///   - permissions: What they may do.
    ///   - expiresOn: Until when.
    ///   - configure: Sets what else the signature should have, such as its start, protocol or addresses.
    /// - Returns: The query, without a question mark. Whoever has it can use it: do not log it.
    /// - Throws: An ``AzureCore/AzureError`` with ``AzureCore/AzureErrorCode/invalidArgument`` when the client has no
    ///   account key to sign with.
    public func sharedAccessSignature(
        permissions: ContainerSASPermissions, expiresOn: Date, configure: (inout BlobSAS) -> Void = { _ in }
    ) throws -> String {
        var sas = BlobSAS(container: name, permissions: permissions, expiresOn: expiresOn)
        configure(&sas)
        return try sas.token(signedWith: try connection.signingKey())
    }

    /// Signs a URL with which others can reach the container and its blobs, without any key; see
    /// ``sharedAccessSignature(permissions:expiresOn:configure:)``.
    public func signedURL(
        permissions: ContainerSASPermissions, expiresOn: Date, configure: (inout BlobSAS) -> Void = { _ in }
    ) throws -> String {
        try "\(url)?\(sharedAccessSignature(permissions: permissions, expiresOn: expiresOn, configure: configure))"
    }
}

extension BlobConnection {
    func signingKey() throws -> StorageSharedKey {
        guard let key = credential.sharedKey else {
            throw AzureError.invalidArgument(
                "A shared access signature is signed with the account's key, which this client does not have.")
        }
        return key
    }
}
