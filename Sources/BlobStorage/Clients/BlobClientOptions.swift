public import AzureCore

/// A version of the Blob service's REST interface. More will be added.
public struct BlobServiceVersion: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    /// Wraps a version such as `2026-10-06`.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The version that this package was made for.
    public static let v2026_10_06 = BlobServiceVersion(rawValue: "2026-10-06")
    /// The newest version that this package was made for.
    public static let latest = v2026_10_06

    public var description: String { rawValue }
}

/// The choices that a client and all clients derived from it share.
public struct BlobClientOptions: Sendable {
    /// The version of the REST interface. The default is ``BlobServiceVersion/latest``.
    public var apiVersion: BlobServiceVersion
    /// The address of the account's second region, for ``BlobServiceClient/secondary()`` and statistics. The default
    /// is the account's name with `-secondary`, in the host or the path.
    public var secondaryEndpoint: AzureEndpoint?
    /// Transport, retries, logs and policies.
    public var pipeline: PipelineOptions

    /// Creates options.
    public init(
        apiVersion: BlobServiceVersion = .latest, secondaryEndpoint: AzureEndpoint? = nil,
        pipeline: PipelineOptions = PipelineOptions()
    ) {
        self.apiVersion = apiVersion
        self.secondaryEndpoint = secondaryEndpoint
        self.pipeline = pipeline
    }
}
