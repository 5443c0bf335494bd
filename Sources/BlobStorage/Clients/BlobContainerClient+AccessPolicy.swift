import AzureCore
import HTTPTypes
import StorageCore

extension BlobContainerClient {
    /// Who besides the holders of keys may reach the container.
    ///
    /// - Parameter options: A lease and more.
    ///
    /// REST operation: Get Container ACL.
    public func accessPolicy(
        options: ContainerPropertiesOptions = ContainerPropertiesOptions()
    ) async throws -> ContainerAccessPolicy {
        var request = request("GetAccessPolicy", .get, comp: "acl", success: [200], call: options.call)
        try request.headers.set(.leaseID, options.leaseID)
        let response = try await connection.send(request)
        let fields = response.head.headerFields
        return ContainerAccessPolicy(
            publicAccess: fields.open(.publicAccess),
            storedPolicies: try await response.readXML("SignedIdentifiers") { root in
                try root.children.map { try StoredAccessPolicy($0) }
            },
            etag: fields.open(.eTag),
            lastModified: fields.timestamp(.lastModified),
            response: ResponseInfo(response.head))
    }

    /// Replaces who besides the holders of keys may reach the container.
    ///
    /// It may take up to 30 seconds until stored policies have effect.
    ///
    /// - Parameters:
    ///   - storedPolicies: The policies that signatures can name, at most five; those that are not among them are
    ///     removed, and signatures that name them end.
    ///   - publicAccess: What anonymous callers may read; nil, the default, for nothing.
    ///   - options: Conditions and more.
    /// - Throws: An ``AzureCore/AzureError``, with ``AzureCore/AzureErrorCode/invalidArgument`` for more than five
    ///   policies, or ids that are empty, too long or the same.
    ///
    /// REST operation: Set Container ACL.
    @discardableResult
    public func setAccessPolicy(
        storedPolicies: [StoredAccessPolicy], publicAccess: PublicAccess? = nil,
        options: ContainerSetAccessPolicyOptions = ContainerSetAccessPolicyOptions()
    ) async throws -> ContainerInfo {
        var request = request("SetAccessPolicy", .put, comp: "acl", success: [200], call: options.call)
        request.setXML(try StoredAccessPolicy.document(storedPolicies))
        try request.headers.set(.publicAccess, publicAccess?.rawValue)
        try options.conditions.apply(to: &request.headers)
        return ContainerInfo(try await connection.send(request).head)
    }
}
