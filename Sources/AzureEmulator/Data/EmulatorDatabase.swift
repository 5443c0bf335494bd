#if Emulator
import AzureCore
import GRDB

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Opens the SQLite files of the data directory.
enum EmulatorDatabase {
    /// Opens a database, which is made if need be, and brings its tables to the present version.
    ///
    /// What is committed outlives a loss of power: each commit waits until the disk has it.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - migrator: The versions of the tables.
    ///   - leavesTransactionsOpen: Whether a transaction may go on from one access to the next.
    /// - Throws: An `AzureError` with `fileError` when that cannot be, or a newer version of the emulator has made it.
    static func open(
        _ path: String, _ migrator: DatabaseMigrator, leavesTransactionsOpen: Bool = false
    ) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = leavesTransactionsOpen
        configuration.label = "azure-emulator.database"
        configuration.prepareDatabase { database in
            // The journal gets the permissions of the database.
            chmod(path, 0o600)
            // One process has the database, and needs no memory that it shares with others.
            try database.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            try database.execute(sql: "PRAGMA synchronous = FULL")
            // On Darwin nothing else reaches the disk itself.
            try database.execute(sql: "PRAGMA fullfsync = ON")
            try database.execute(sql: "PRAGMA checkpoint_fullfsync = ON")
            try database.execute(sql: "PRAGMA foreign_keys = OFF")
        }
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            guard try !queue.read(migrator.hasBeenSuperseded) else {
                throw AzureError(
                    code: .fileError,
                    message: "'\(path)' was made by a newer version of the emulator. "
                        + "Use that one, or another directory.")
            }
            try migrator.migrate(queue)
            return queue
        } catch let error as DatabaseError {
            throw AzureError(code: .fileError, message: "'\(path)' cannot be used: \(error.reason).")
        }
    }
}

extension DatabaseError {
    /// What happened, without statements and their arguments, in which secrets may stand.
    var reason: String { message ?? "\(resultCode)" }
}
#endif
