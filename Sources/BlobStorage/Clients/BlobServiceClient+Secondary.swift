import AzureCore
import StorageCore

public import struct Foundation.URL

extension BlobServiceClient {
    /// The address of the account's secondary region, which can only be read; nil when it is not known.
    ///
    /// It is what ``BlobClientOptions/secondaryEndpoint`` or the `BlobSecondaryEndpoint` of a connection string says,
    /// or else the account's name with `-secondary`, in the host or, with path-style endpoints, in the path.
    public var secondaryURL: URL? { connection.secondaryEndpoint?.url }

    /// A client that reads from the secondary region of the account. Data there may be older than in the primary
    /// region.
    ///
    /// - Throws: An ``AzureCore/AzureError`` with ``AzureCore/AzureErrorCode/invalidArgument`` when its address is not
    ///   known.
    public func secondary() throws -> BlobServiceClient {
        BlobServiceClient(connection: try connection.secondary())
    }
}

extension BlobConnection {
    /// The way to the account's secondary region.
    func secondary() throws -> BlobConnection {
        guard let secondaryEndpoint else {
            throw AzureError.invalidArgument(
                "The address of the second region of '\(endpoint)' is not known; set 'secondaryEndpoint' in the "
                    + "options of the client.")
        }
        return BlobConnection(
            endpoint: secondaryEndpoint, secondaryEndpoint: nil, accountName: accountName, credential: credential,
            options: options)
    }

    /// The address that the secondary region has by the rules of the service: the account's name with `-secondary`.
    static func secondaryEndpoint(of endpoint: AzureEndpoint, accountName: String?) -> AzureEndpoint? {
        guard let accountName else { return nil }
        let suffix = "-secondary"
        if endpoint.isPathStyle(of: .blob) {
            guard endpoint.basePath == "/\(PercentEncoding.encode(accountName))" else { return nil }
            return try? AzureEndpoint(endpoint.description + suffix)
        }
        guard endpoint.host.hasPrefix("\(accountName).") else { return nil }
        let rest = endpoint.authority.dropFirst(accountName.count)
        return try? AzureEndpoint("\(endpoint.scheme)://\(accountName)\(suffix)\(rest)\(endpoint.basePath)")
    }
}
