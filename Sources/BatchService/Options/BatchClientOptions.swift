public import AzureCore

/// Options for a ``BatchClient``.
public struct BatchClientOptions: Sendable {
    /// The API version. The default is the one that this package was generated from.
    public var apiVersion: BatchServiceVersion
    /// Options for the pipeline: transport, retries, logging, policies.
    public var pipeline: PipelineOptions

    /// Creates options.
    public init(apiVersion: BatchServiceVersion = .latest, pipeline: PipelineOptions = .init()) {
        self.apiVersion = apiVersion
        self.pipeline = pipeline
    }
}

/// An API version of the Batch service.
public struct BatchServiceVersion: Sendable, Hashable, RawRepresentable, CustomStringConvertible {
    public let rawValue: String

    /// Creates a version from the service's spelling.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public var description: String { rawValue }
}
