public import AzureCore

/// The choices of a ``BatchClient``.
public struct BatchClientOptions: Sendable {
    /// The version of the service's interface. The default is the newest that this package knows.
    public var apiVersion: BatchServiceVersion
    /// Transport, retries, logging, policies.
    public var pipeline: PipelineOptions

    /// Creates options.
    public init(apiVersion: BatchServiceVersion = .v2025_06_01, pipeline: PipelineOptions = .init()) {
        self.apiVersion = apiVersion
        self.pipeline = pipeline
    }
}

/// A version of the Batch service's interface.
public struct BatchServiceVersion: Sendable, Hashable, RawRepresentable, CustomStringConvertible {
    public let rawValue: String

    /// Creates a version from the service's spelling.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// 2025-06-01, the version that this package was made for.
    public static let v2025_06_01 = BatchServiceVersion(rawValue: "2025-06-01")

    public var description: String { rawValue }
}
