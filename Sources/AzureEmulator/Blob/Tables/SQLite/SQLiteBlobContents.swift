#if Emulator
import AzureCore
import Foundation
import GRDB

/// Reads what the tables of a storage account have of contents, from any thread.
final class SQLiteBlobContents: Sendable {
    let database: DatabaseQueue
    let directory: ContentDirectory
    /// The runs that values refer to.
    let runPins = Pins()

    init(_ database: DatabaseQueue, _ directory: ContentDirectory) {
        self.database = database
        self.directory = directory
    }

    /// A content of rows.
    func content(_ list: Data) throws -> BlobContent {
        BlobContent(
            runs: try RunList.entries(list).map { entry in
                ContentRun(
                    SQLiteRun(contents: self, pin: runPins.pin(entry.row)), length: entry.length, count: entry.count)
            })
    }

    fileprivate func blocks(of run: Int64) throws -> [BlobContent.Block] {
        let data = try database.writeWithoutTransaction { database in
            try Data.fetchOne(
                database.cachedStatement(sql: "SELECT blocks FROM runs WHERE id = ?"), arguments: [run])
        }
        guard let data else { throw FieldReader.damaged }
        return try RunRow.blocks(data).map { block in
            BlobContent.Block(id: block.id, piece: piece(block.content, start: block.start, length: block.length))
        }
    }

    /// A part of a content, or zeros with a mark.
    func piece(_ row: Int64?, start: Int64, length: Int64) -> ContentPiece {
        guard let row else { return ContentPiece(zeros: length, mark: start) }
        return ContentPiece(SQLiteContent(contents: self, pin: directory.pins.pin(row)), start: start, length: length)
    }

    fileprivate func read(_ row: Int64, at position: Int64, count: Int) throws -> Data {
        guard !ContentDirectory.isFile(row) else { return try directory.read(row, at: position, count: count) }
        let bytes = try database.writeWithoutTransaction { database in
            try Data.fetchOne(
                database.cachedStatement(sql: "SELECT substr(bytes, ?, ?) FROM contents WHERE id = ?"),
                arguments: [position + 1, count, row])
        }
        guard let bytes, bytes.count == count else { throw FieldReader.damaged }
        return bytes
    }
}

/// A run in the tables.
private struct SQLiteRun: KeptRun {
    let contents: SQLiteBlobContents
    let pin: Pin

    var row: Int64 { pin.row }

    func read() throws -> [BlobContent.Block] { try contents.blocks(of: row) }
}

/// Content in the tables, or in a file beside them.
private struct SQLiteContent: KeptContent {
    let contents: SQLiteBlobContents
    let pin: Pin

    var row: Int64 { pin.row }

    func read(at position: Int64, count: Int) throws -> Data {
        try contents.read(row, at: position, count: count)
    }
}
#endif
