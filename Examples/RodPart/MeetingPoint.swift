import AzureCore
import BlobStorage
import Foundation

/// Where the programs of a task find each other: a blob with the address at which one of them listens.
///
/// A port that is agreed upon beforehand would do where each node is a machine of its own. This way it does not matter
/// which ports are taken, nor whether two nodes are one machine, as they are in the emulator.
struct MeetingPoint: Sendable {
    /// The environment variable with the URL of the blob.
    static let variable = "MEETING_URL"
    /// Blobs with these metadata are known to come from a sample. The client has the same.
    private static let mark: BlobMetadata = ["madeby": "azure-swift-examples"]

    let blob: BlobClient

    /// The address of the node on which the application runs, as the Batch service tells each of the nodes. The port that
    /// stands there is the service's own.
    static func leadingHost(in environment: [String: String] = ProcessInfo.processInfo.environment) throws -> String {
        let address = environment["AZ_BATCH_MASTER_NODE"] ?? ""
        guard let colon = address.lastIndex(of: ":"), colon > address.startIndex else {
            throw RodFailure("AZ_BATCH_MASTER_NODE is no address: this is no task of several nodes")
        }
        return String(address[..<colon])
    }

    /// Says where this program listens.
    func announce(host: String, port: Int) async throws {
        try await blob.upload(Data("\(host) \(port)".utf8), options: .init(overwrite: true, metadata: Self.mark))
    }

    /// The address that was announced; nil while there is none.
    func address() async throws -> (host: String, port: Int)? {
        let text: Data
        do {
            text = try await blob.download(upTo: 1000)
        } catch AzureErrorCode.notFound {
            return nil
        }
        let parts = String(decoding: text, as: UTF8.self).split(separator: " ")
        guard parts.count == 2, let port = Int(parts[1]), (1...65_535).contains(port) else {
            throw RodFailure("blob [\(blob.name)] has no address")
        }
        return (String(parts[0]), port)
    }
}
