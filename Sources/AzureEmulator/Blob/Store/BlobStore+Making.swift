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
        var place = ContentReceiver.Place.spool(SpoolFile())
        var tables: any BlobTables = InMemoryBlobTables()
        var thread: StoreThread?
        if let data {
            #if Emulator
            let directory = try ContentDirectory(data.content(of: account))
            tables = try SQLiteBlobTables(data.blobDatabase(of: account), content: directory, time: time)
            (place, thread) = (.directory(directory), StoreThread())
            #else
            throw AzureError(
                code: .invalidArgument,
                message: EmulatorTrait.isMissing(for: "the tables that keep data in \(data.path)"))
            #endif
        }
        let store = BlobStore(
            time: time, deletionTime: deletionTime, containerRetention: containerRetention,
            keepsVersions: keepsVersions, rehydrationTime: rehydrationTime, tables: tables, thread: thread)
        return (store, ContentReceiver(place))
    }
}
