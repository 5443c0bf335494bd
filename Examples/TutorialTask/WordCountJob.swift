import AzureAuth
import BlobStorage
import Foundation
import WordCount

/// What the task does with its arguments.
struct WordCountJob {
    /// The path of the text.
    var path: String
    /// How many words to report.
    var count: Int
    /// Where the result goes.
    var container: BlobContainerClient
    /// The environment variables of the task.
    var environment: [String: String]

    /// Blobs with these metadata are known to come from a sample, which may replace them. The client has the same.
    static let mark: BlobMetadata = ["madeby": "azure-swift-examples"]

    /// Counts, writes the result beside the text, and uploads it.
    func run() async throws {
        let text: [UInt8]
        do {
            text = Array(try Data(contentsOf: URL(filePath: path)))
        } catch {
            throw TaskFailure("the file '\(path)' cannot be read: \(error.localizedDescription)")
        }
        let counts: [WordCount]
        do {
            counts = try WordCount.mostCommon(count, in: text)
        } catch {
            throw TaskFailure("the file '\(path)' is \(error)")
        }
        let output = OutputFile.path(for: path)
        do {
            try Data(Report(counts: counts, environment: environment).text.utf8).write(to: URL(filePath: output))
        } catch {
            throw TaskFailure("the file '\(output)' cannot be written: \(error.localizedDescription)")
        }
        print("Uploading file \(output) to container [\(container.name)]...")
        try await container.blob(OutputFile.name(of: output)).upload(
            file: output, options: .init(overwrite: true, metadata: Self.mark))
    }
}

/// Why the task fails, in one line.
struct TaskFailure: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) {
        self.description = description
    }
}
