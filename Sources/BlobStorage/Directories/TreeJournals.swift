import AzureCore
import Foundation

/// Where the journals of the large files of a tree are.
struct TreeJournals: Sendable {
    private let directory: String

    /// Makes the directory, unless nothing is to be transferred; nil when no journals are wanted.
    init?(_ options: TreeTransferOptions) async throws {
        guard let directory = options.journals else { return nil }
        self.directory = directory
        if !options.isDryRun { try await LocalFileSystem.makeDirectory(directory) }
    }

    /// The journal of one file and blob.
    func path(_ kind: TransferJournal.Subject.Kind, path: String, blob: String) -> String {
        // Several trees may have their journals in one directory.
        let absolute = URL(fileURLWithPath: path).path
        return JournalFile.path(beside: "\(directory)/\(Fingerprint.of(absolute))", kind, blob: blob)
    }

    /// Removes the journal of a file that is done, which a process that ended just then may have left.
    func discard(_ kind: TransferJournal.Subject.Kind, path: String, blob: String) async {
        let journal = self.path(kind, path: path, blob: blob)
        try? await BlockingIO.run { JournalFile.discard(journal) }
    }
}

extension BlobMetadata {
    /// Adds the time of modification of a file, unless the caller has set one.
    mutating func keep(_ time: FileTime) {
        guard !keys.contains(where: { $0.lowercased() == FileTime.metadataName }) else { return }
        self[FileTime.metadataName] = time.text
    }
}
