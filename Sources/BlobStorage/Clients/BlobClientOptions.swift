public import AzureCore

/// A version of the Blob service's REST interface. More will be added.
public struct BlobServiceVersion: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    /// Creates a version such as `2026-10-06`.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The API version that this package was written for.
    public static let v2026_10_06 = BlobServiceVersion(rawValue: "2026-10-06")
    /// The newest API version that this package supports.
    public static let latest = v2026_10_06

    public var description: String { rawValue }
}

/// Options of a client, shared by all clients derived from it.
public struct BlobClientOptions: Sendable {
    /// The version of the REST interface. The default is ``BlobServiceVersion/latest``.
    public var apiVersion: BlobServiceVersion
    /// The address of the account's secondary region, for ``BlobServiceClient/secondary()`` and statistics. The default
    /// is the account's name with `-secondary`, in the host or the path.
    public var secondaryEndpoint: AzureEndpoint?
    /// Transport, retries, logs and policies.
    public var pipeline: PipelineOptions
    /// How fast the bodies of all requests and the content of all downloads move together. The default is no limit; see
    /// ``BlobTransferOptions/bandwidth`` for that of a single transfer.
    public var bandwidth: BandwidthLimit?

    /// Creates options.
    public init(
        apiVersion: BlobServiceVersion = .latest, secondaryEndpoint: AzureEndpoint? = nil,
        pipeline: PipelineOptions = PipelineOptions(), bandwidth: BandwidthLimit? = nil
    ) {
        self.apiVersion = apiVersion
        self.secondaryEndpoint = secondaryEndpoint
        self.pipeline = pipeline
        self.bandwidth = bandwidth
    }
}
