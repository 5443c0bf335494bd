import AzureCore

extension BlobStore {
    /// Makes a store, and what takes in content for it.
    ///
    /// - Parameter data: Where everything is kept; nil for not at all.
    /// - Throws: An `AzureError` when what is kept cannot be had, or the package trait `Emulator` is off.
    static func make(
        time: TimeSource, deletionTime: Duration, containerRetention: Duration, keepsVersions: Bool,
        rehydrationTime: Duration, account: String, data: DataDirectory?
    ) throws -> (BlobStore, ContentReceiver) {
        guard let data else {
            let store = BlobStore(
                time: time, deletionTime: deletionTime, containerRetention: containerRetention,
                keepsVersions: keepsVersions, rehydrationTime: rehydrationTime)
            return (store, ContentReceiver(.spool(SpoolFile())))
        }
        #if Emulator
        let directory = try ContentDirectory(data.content(of: account))
        let tables = try SQLiteBlobTables(data.blobDatabase(of: account), content: directory, time: time)
        let store = BlobStore(
            time: time, deletionTime: deletionTime, containerRetention: containerRetention,
            keepsVersions: keepsVersions, rehydrationTime: rehydrationTime, tables: tables, thread: StoreThread())
        return (store, ContentReceiver(.directory(directory)))
        #else
        throw AzureError(
            code: .invalidArgument, message: EmulatorTrait.isMissing(for: "the tables that keep data in \(data.path)"))
        #endif
    }
}
