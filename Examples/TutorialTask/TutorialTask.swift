import ArgumentParser
import AzureAuth
import AzureCore
import BlobStorage
import Foundation

/// The program that runs on the nodes: counts the words of a text and uploads the result.
@main
struct TutorialTask: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "TutorialTask",
        abstract: "Counts the most frequent words of a text file and uploads the result to Azure Blob Storage.",
        discussion: """
            The result is written beside the input, as NAME_OUTPUT.EXT, and uploaded with nothing but the container's \
            shared access signature, which needs no permission but to write.
            """,
        version: PackageVersion.current)

    // Values are taken as they are, even those that begin with a dash.
    @Option(parsing: .unconditional, help: "The text file, in UTF-8.")
    var filepath: String

    @Option(help: "How many words to report.")
    var numwords: Int

    @Option(parsing: .unconditional, help: "The storage account: its name, or the URL of its blob endpoint.")
    var storageaccount: String

    @Option(parsing: .unconditional, help: "The container to upload the result to.")
    var storagecontainer: String

    @Option(parsing: .unconditional, help: "A shared access signature that may write to the container.")
    var sastoken: String

    func validate() throws {
        guard numwords > 0 else { throw ValidationError("--numwords must be at least 1.") }
        guard StorageAddress(storageaccount) != nil else {
            throw ValidationError(
                "--storageaccount must be the name of a storage account (3 to 24 lower-case letters and digits) "
                    + "or the URL of a blob endpoint.")
        }
    }

    func run() async throws {
        do {
            try await job().run()
        } catch {
            FileHandle.standardError.write(Data("TutorialTask: \(error)\n".utf8))
            throw ExitCode.failure
        }
    }

    private func job() throws -> WordCountJob {
        guard let address = StorageAddress(storageaccount) else {
            throw TaskFailure("'\(storageaccount)' is no storage account")
        }
        let service = try BlobServiceClient(endpoint: address.endpoint, credential: .sas(sastoken))
        return WordCountJob(
            path: filepath, count: numwords, container: service.container(storagecontainer),
            environment: ProcessInfo.processInfo.environment)
    }
}
