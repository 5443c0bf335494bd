import ArgumentParser
import AzureAuth
import AzureCore
import BlobStorage
import Foundation

/// Lists many blobs.
struct ListBlobs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists the blobs of a container.")

    @OptionGroup var blobs: BlobOptions

    @Option(help: "How many blobs are expected.")
    var count = 100_000

    func run() async throws {
        let container = try blobs.container()
        try await Measurement.run {
            var found = 0
            for try await _ in container.listBlobs() { found += 1 }
            guard found == count else { throw ValidationError("\(found) blobs were listed, not \(count).") }
        }
    }
}

/// Signs many URLs.
struct Sign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Signs URLs of blobs.")

    @OptionGroup var blobs: BlobOptions

    @Option(help: "How many.")
    var count = 1_000_000

    func run() async throws {
        let container = try blobs.container()
        let expiry = Date.now + 3600
        try await Measurement.run {
            var length = 0
            for number in 0..<count {
                length += try container.blob("small/\(number)").signedURL(permissions: .read, expiresOn: expiry)
                    .absoluteString.utf8.count
            }
            guard length > count else { throw ValidationError("Nothing was signed.") }
        }
    }
}
