import AzureAuth
import AzureCore
public import BlobStorage
public import Foundation

/// The containers of a run: creating them, filling them, and taking away what the run has made, but nothing else.
public struct SampleStorage: Sendable {
    /// The metadata that marks what a sample has made: a later run may replace such blobs, and take away such containers.
    public static let mark: BlobMetadata = ["madeby": "azure-swift-examples"]

    /// Whether metadata are those of a blob or container that a sample has made.
    static func isMarked(_ metadata: BlobMetadata) -> Bool {
        mark.allSatisfy { metadata[$0.key] == $0.value }
    }

    /// The storage account.
    public var service: BlobServiceClient
    /// What the run has made.
    public var footprint: Footprint
    /// Where it is said what happens.
    public var console: Console
    /// How long to wait for a container that is still being deleted.
    public var deletionTimeout: Duration
    /// When signatures end that are made now.
    public var signaturesExpireOn: @Sendable () -> Date

    /// Creates the storage of a run.
    ///
    /// - Parameters:
    ///   - service: The storage account.
    ///   - footprint: What the run has made.
    ///   - console: Where it is said what happens.
    ///   - deletionTimeout: How long to wait for a container that is still being deleted. The default is 3 minutes.
    ///   - signaturesExpireOn: When signatures end that are made now. The default is after 2 hours.
    public init(
        service: BlobServiceClient, footprint: Footprint, console: Console, deletionTimeout: Duration = .seconds(180),
        signaturesExpireOn: @escaping @Sendable () -> Date = { Date(timeIntervalSinceNow: 2 * 3600) }
    ) {
        self.service = service
        self.footprint = footprint
        self.console = console
        self.deletionTimeout = deletionTimeout
        self.signaturesExpireOn = signaturesExpireOn
    }

    /// Creates a container unless it exists. One that is still being deleted is waited for.
    public func prepareContainer(_ name: String) async throws {
        let container = service.container(name)
        try await SampleFailure.during("Creating container [\(name)]") {
            do {
                try await make(container)
            } catch AzureErrorCode.containerBeingDeleted {
                try await waitForName(of: container)
            }
        }
    }

    /// Creates a container with the mark of the samples, and notes it, unless there is one of its name.
    private func make(_ container: BlobContainerClient) async throws {
        try await uninterrupted { [footprint] in
            if try await container.createIfNotExists(options: .init(metadata: Self.mark)) {
                await footprint.add(container: container.name)
            }
        }
    }

    private func waitForName(of container: BlobContainerClient) async throws {
        console.print(
            "Container [\(container.name)] is still being deleted; waiting up to "
                + "\(SampleTime.format(deletionTimeout)) for its name...")
        let options = WaitOptions(timeout: deletionTimeout, pollInterval: .seconds(1))
        try await options.wait(for: "the deletion of container '\(container.name)'") {
            do {
                return .done(try await make(container))
            } catch AzureErrorCode.containerBeingDeleted {
                return .pending
            }
        }
    }
}
