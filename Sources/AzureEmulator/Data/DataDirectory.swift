import AzureCore

/// The directory that holds what both services keep beyond their process. Only one emulator has it at a time.
///
/// ```
/// lock                 held while an emulator has the directory
/// ACCOUNT.blob.sqlite  the tables of a storage account, and content that is small
/// ACCOUNT.content/     content that is not
/// batch.sqlite         the tables of the Batch service
/// nodes/               the files of the nodes
/// ```
struct DataDirectory: Sendable {
    private let claim: DirectoryClaim

    private init(_ claim: DirectoryClaim) { self.claim = claim }

    /// The path, absolute and without symbolic links.
    var path: String { claim.path }
    /// Where the tables of the Batch service are.
    var batchDatabase: String { "\(path)/batch.sqlite" }
    /// Where the nodes' files are.
    var nodes: String { "\(path)/nodes" }

    /// Where the tables of a storage account are.
    func blobDatabase(of account: String) -> String { "\(path)/\(account).blob.sqlite" }

    /// Where the content of a storage account's blobs is that is not in its tables.
    func content(of account: String) -> String { "\(path)/\(account).content" }

    /// Takes a directory, which is made if need be, for nobody but its user to read.
    ///
    /// - Throws: An `AzureError` with `fileError` when it cannot be had, or another emulator has it.
    static func take(_ path: String) async throws -> DataDirectory {
        try await BlockingIO.run {
            DataDirectory(try DirectoryClaim(path, file: "lock", for: "the emulator's data"))
        }
    }
}
