#if Emulator
import Foundation
import GRDB

extension SQLiteBlobTables {
    func staging(of name: BlobName, in container: ContainerID) throws -> BlockStaging? {
        let found = try row(
            "SELECT key_hash, scope, id_length, count FROM stagings WHERE container = ? AND name = ?",
            [container.number, name.bytes])
        guard let found, try exists(container) else { return nil }
        guard let idLength = Int(exactly: found[2] as Int64), let count = Int(exactly: found[3] as Int64) else {
            throw FieldReader.damaged
        }
        return BlockStaging(
            encryption: ContentEncryption(keyHash: found[0], scope: found[1]), idLength: idLength, count: count)
    }

    func hasStagedBlock(_ id: String, of name: BlobName, in container: ContainerID) throws -> Bool {
        let found = try row(
            "SELECT 1 FROM staged_blocks WHERE container = ? AND name = ? AND id = ?",
            [container.number, name.bytes, id])
        return try found != nil && exists(container)
    }

    func stagedBlocks(of name: BlobName, in container: ContainerID) throws -> StagedBlocks? {
        guard let staging = try staging(of: name, in: container) else { return nil }
        var result = StagedBlocks(staging)
        let blocks = try rows(
            "SELECT id, content, start, length FROM staged_blocks WHERE container = ? AND name = ? ORDER BY number",
            [container.number, name.bytes])
        for row in blocks {
            _ = result.stage(contents.piece(row[1], start: row[2], length: row[3]), as: row[0])
        }
        return result
    }

    func stage(
        _ piece: ContentPiece, as id: String, _ staging: BlockStaging, of name: BlobName, in container: ContainerID
    ) throws {
        try check(container)
        let key: StatementArguments = [container.number, name.bytes]
        let old = try row(
            "SELECT content, number FROM staged_blocks WHERE container = ? AND name = ? AND id = ?", key + [id])
        let count: Int64 = try row("SELECT count FROM stagings WHERE container = ? AND name = ?", key)?[0] ?? 0
        let number: Int64 = old?[1] ?? count
        let content = try putContent(of: piece)
        if let replaced = old?[0] as Int64? { references.contents[replaced, default: 0] -= 1 }
        try run(
            "INSERT OR REPLACE INTO staged_blocks (container, name, id, number, content, start, length)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)",
            key + [id, number, content, piece.startOrMark, piece.length])
        if count == 0 {
            let encryption = staging.encryption
            try run(
                "INSERT INTO stagings (container, name, key_hash, scope, id_length, count) VALUES (?, ?, ?, ?, ?, 1)",
                key + [encryption.keyHash, encryption.scope, staging.idLength])
        } else if old == nil {
            try run("UPDATE stagings SET count = count + 1 WHERE container = ? AND name = ?", key)
        }
    }

    func removeStagedBlocks(of name: BlobName, in container: ContainerID) throws {
        let key: StatementArguments = [container.number, name.bytes]
        guard try row("DELETE FROM stagings WHERE container = ? AND name = ? RETURNING 1", key) != nil else { return }
        let removed = try rows("DELETE FROM staged_blocks WHERE container = ? AND name = ? RETURNING content", key)
        for row in removed {
            if let content = row[0] as Int64? { references.contents[content, default: 0] -= 1 }
        }
    }
}
#endif
