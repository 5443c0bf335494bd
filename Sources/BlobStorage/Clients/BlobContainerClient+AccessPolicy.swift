import AzureCore
import HTTPTypes
import StorageCore

extension BlobContainerClient {
    /// The access policy of the container: public access and stored policies.
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

    /// Replaces the access policy of the container: public access and stored policies.
    ///
    /// Stored policies may take up to 30 seconds to take effect.
    ///
    /// - Parameters:
    ///   - storedPolicies: The stored policies, at most five. Existing policies that are not among them are removed,
    ///     and signatures that refer to them become invalid.
    ///   - publicAccess: The level of public access; nil, the default, for none.
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
