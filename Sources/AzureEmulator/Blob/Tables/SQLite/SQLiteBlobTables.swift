#if Emulator
import AzureCore
import Foundation
import GRDB

/// The tables in SQLite, with large content in files beside them.
///
/// Several transactions are one of SQLite's, which ``commit()`` ends; each is a savepoint in it. When SQLite gives up the
/// whole of it, since the disk is full for example, those that came before in it are lost, too: `commit` says so.
final class SQLiteBlobTables: BlobTables {
    let contents: SQLiteBlobContents
    /// What makes readings of this process's clock readings of the clock on the wall, which outlasts it.
    let offset: Duration
    /// What rows will be referred to when the transaction is over.
    var references = BlobReferences()
    /// The files to remove when the transaction is kept.
    private(set) var filesToRemove: [Int64] = []
    /// The files that rows refer to since the last commit.
    private var keptFiles: [ContentFile] = []
    /// Whether SQLite has a transaction that is to be committed.
    private var hasBegun = false
    /// The number of the run that was made last. It does not go back with a transaction that fails.
    var lastRun: Int64 = 0
    /// How many transactions are within one another.
    private var depth = 0
    /// Why what came before is lost.
    private var failure: AzureError?

    /// Opens tables, which are made if need be, and removes what a killed process left beside them.
    ///
    /// - Parameters:
    ///   - path: The file of the tables.
    ///   - content: Where large content is.
    ///   - time: The clock of leases.
    /// - Throws: An `AzureError` with `fileError` when they cannot be had.
    init(_ path: String, content: ContentDirectory, time: TimeSource) throws {
        let database = try EmulatorDatabase.open(path, BlobSchema.migrator, leavesTransactionsOpen: true)
        contents = SQLiteBlobContents(database, content)
        offset = Duration.nanoseconds(Int64(clamping: time.now().timeIntervalSince1970 * 1e9)) - time.uptime()
        try sweep()
    }

    deinit { try? commit() }

    // MARK: Statements

    /// - Throws: An `AzureError` in the place of SQLite's errors.
    func access<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try contents.database.writeWithoutTransaction { database in
            // Whoever reads content may have met an error with which SQLite has given up the transaction.
            try checkTransaction(database, nil)
            do {
                return try body(database)
            } catch let error as DatabaseError {
                let result = AzureError(code: .fileError, message: "The tables fail: \(error.reason).")
                try checkTransaction(database, result)
                throw result
            }
        }
    }

    /// Looks whether the transaction that was begun is still there.
    private func checkTransaction(_ database: Database, _ reason: AzureError?) throws {
        guard hasBegun, !database.isInsideTransaction else { return }
        let lost =
            failure ?? reason ?? AzureError(code: .fileError, message: "The tables have given up what was changed.")
        failure = lost
        throw lost
    }

    func run(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws {
        try access { try $0.cachedStatement(sql: sql).execute(arguments: arguments) }
    }

    func row(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> Row? {
        try access { try Row.fetchOne($0.cachedStatement(sql: sql), arguments: arguments) }
    }

    func rows(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> [Row] {
        try access { try Row.fetchAll($0.cachedStatement(sql: sql), arguments: arguments) }
    }

    // MARK: Transactions

    func transaction<Result>(_ body: () throws -> Result) throws -> Result {
        if depth == 0 { try begin() }
        let (references, files, kept) = (references, filesToRemove.count, keptFiles.count)
        depth += 1
        defer { depth -= 1 }
        do {
            try run("SAVEPOINT \"\(depth)\"")
            let result = try body()
            if depth == 1 { try settleReferences() }
            try run("RELEASE \"\(depth)\"")
            return result
        } catch {
            self.references = references
            filesToRemove.removeSubrange(files...)
            for file in keptFiles[kept...] { file.keep(false) }
            keptFiles.removeSubrange(kept...)
            undo(depth)
            throw error
        }
    }

    /// Undoes what was done since a savepoint. Where that cannot be, all of the transaction is undone in the end.
    private func undo(_ savepoint: Int) {
        guard failure == nil else { return }
        do {
            try run("ROLLBACK TO \"\(savepoint)\"")
            try run("RELEASE \"\(savepoint)\"")
        } catch {
            failure = failure ?? error as? AzureError
        }
    }

    /// Begins a transaction of SQLite's, unless one is under way.
    private func begin() throws {
        if let failure { throw failure }
        guard !hasBegun else { return }
        try access { try $0.beginTransaction(.immediate) }
        hasBegun = true
    }

    /// Leaves a file to the tables, if the transaction comes to its end.
    func keep(_ file: ContentFile) {
        if !file.keep(true) { keptFiles.append(file) }
    }

    /// Has a file go when the transaction is kept.
    func removeFile(_ number: Int64) { filesToRemove.append(number) }

    func commit() throws {
        guard hasBegun || failure != nil else { return }
        let (files, kept) = (filesToRemove, keptFiles)
        (filesToRemove, keptFiles) = ([], [])
        var mayBeKept = false
        do {
            if let failure { throw failure }
            try contents.directory.sync()
            try access { database in
                do {
                    try database.commit()
                } catch let error as DatabaseError {
                    // A disk that is full has not taken the end of it.
                    mayBeKept = error.resultCode != .SQLITE_FULL
                    throw error
                }
            }
            hasBegun = false
        } catch {
            giveUp()
            // Otherwise the next start sees whether they are needed.
            if !mayBeKept { for file in kept { file.keep(false) } }
            throw error
        }
        for file in files { contents.directory.remove(file) }
    }

    /// Undoes what was not committed.
    private func giveUp() {
        try? contents.database.writeWithoutTransaction { if $0.isInsideTransaction { try $0.rollback() } }
        (hasBegun, failure, references) = (false, nil, BlobReferences())
    }

    func close() {
        try? commit()
        try? contents.database.close()
    }

    // MARK: The service

    func settings() throws -> ServiceSettings {
        var settings = ServiceSettings()
        if let data = try row("SELECT settings FROM service")?[0] as Data? {
            guard let document = XMLTree(parsing: data) else { throw FieldReader.damaged }
            try settings.apply(document)
        }
        return settings
    }

    func put(_ settings: ServiceSettings) throws {
        var xml = XMLText()
        settings.write(to: &xml)
        try run("UPDATE service SET settings = ?", [xml.data])
    }

    func lastTicks() throws -> Int64 { try row("SELECT ticks FROM service")?[0] ?? 0 }

    func put(lastTicks: Int64) throws {
        try run("UPDATE service SET ticks = ?", [lastTicks])
    }
}

extension Int64 {
    /// A number without its fraction, or the nearest there is.
    init(clamping number: Double) {
        self = Int64(exactly: number.rounded(.down)) ?? (number < 0 ? .min : .max)
    }
}
#endif
