#if Emulator
import AzureCore
import Foundation
import GRDB

/// What a transaction has come to refer to, and no longer does.
struct BlobReferences {
    /// How many references rows get, or lose.
    var runs: [Int64: Int] = [:]
    var contents: [Int64: Int] = [:]
    /// The rows that may have no references any more, without having lost one now.
    var freeRuns: [Int64] = []
    var freeContents: [Int64] = []
    /// The rows of what was new, which may be put several times.
    var newRuns: [ObjectIdentifier: (run: ContentRun, row: Int64)] = [:]
    var newContents: [ContentPiece.Origin: Int64] = [:]
}

extension SQLiteBlobTables {
    /// Puts the runs of a content, in the place of those of another.
    ///
    /// - Returns: The list of them.
    func putRuns(of content: BlobContent, replacing old: Data?) throws -> Data {
        let entries = try content.runs.map { run in
            RunList.Entry(row: try row(of: run), length: run.length, count: run.count)
        }
        if let old { try removeRuns(old) }
        return RunList.data(of: entries)
    }

    func removeRuns(_ list: Data) throws {
        for entry in try RunList.entries(list) { references.runs[entry.row, default: 0] -= 1 }
    }

    /// The row of a run, with a reference to it.
    private func row(of run: ContentRun) throws -> Int64 {
        if let known = run.kept?.row ?? references.newRuns[ObjectIdentifier(run)]?.row {
            references.runs[known, default: 0] += 1
            return known
        }
        let blocks = try run.blocks().map { block in
            RunRow.Block(
                id: block.id, content: try putContent(of: block.piece), start: block.piece.startOrMark,
                length: block.piece.length)
        }
        lastRun += 1
        let new = lastRun
        try self.run("INSERT INTO runs (id, refs, blocks) VALUES (?, 1, ?)", [new, RunRow.data(of: blocks)])
        references.newRuns[ObjectIdentifier(run)] = (run, new)
        return new
    }

    /// Puts what a piece is a part of.
    ///
    /// - Returns: Its row, with a reference to it; nil for zeros.
    func putContent(of piece: ContentPiece) throws -> Int64? {
        switch piece.storage {
        case .zeros: return nil
        case .memory(let data):
            if let known = references.newContents[piece.origin] {
                references.contents[known, default: 0] += 1
                return known
            }
            let number = contents.directory.newNumber(ofFile: false)
            try run("INSERT INTO contents (id, refs, bytes) VALUES (?, 1, ?)", [number, data])
            references.newContents[piece.origin] = number
            return number
        case .kept(let content):
            if let file = content as? ContentFile {
                try run("INSERT OR IGNORE INTO contents (id, refs) VALUES (?, 0)", [file.row])
                keep(file)
            }
            references.contents[content.row, default: 0] += 1
            return content.row
        case .spooled:
            throw AzureError(code: .fileError, message: "Content that ends with the process cannot be kept.")
        }
    }

    /// Counts the references of the transaction, and removes what nothing refers to any more.
    func settleReferences() throws {
        for id in references.freeRuns + contents.runPins.takeFree() { try count(0, ofRun: id) }
        while !references.runs.isEmpty {
            let changes = references.runs
            references.runs = [:]
            for (id, change) in changes where change != 0 { try count(change, ofRun: id) }
        }
        for (id, change) in references.contents where change != 0 { try count(change, ofContent: id) }
        for id in references.freeContents + contents.directory.pins.takeFree() { try count(0, ofContent: id) }
        references = BlobReferences()
    }

    private func count(_ change: Int, ofRun id: Int64) throws {
        let refs = try row("UPDATE runs SET refs = refs + ? WHERE id = ? RETURNING refs", [change, id])
        try checkReference(change, refs)
        guard let refs, refs[0] == 0, !contents.runPins.doom(id) else { return }
        guard let removed = try row("DELETE FROM runs WHERE id = ? RETURNING blocks", [id]) else { return }
        for block in try RunRow.blocks(removed[0]) {
            if let content = block.content { references.contents[content, default: 0] -= 1 }
        }
    }

    private func count(_ change: Int, ofContent id: Int64) throws {
        let refs = try row("UPDATE contents SET refs = refs + ? WHERE id = ? RETURNING refs", [change, id])
        try checkReference(change, refs)
        guard let refs, refs[0] == 0, !contents.directory.pins.doom(id) else { return }
        try run("DELETE FROM contents WHERE id = ?", [id])
        if ContentDirectory.isFile(id) { removeFile(id) }
    }

    /// Checks that what is referred to is there: a value may be from a transaction that was given up.
    private func checkReference(_ change: Int, _ found: Row?) throws {
        guard found != nil || change <= 0 else {
            throw AzureError(code: .fileError, message: "What was read could not be kept, and is not there any more.")
        }
    }

    // MARK: What nobody needs any more

    func tidy(limit: Int) throws -> Bool {
        try transaction {
            guard let removed = try row("SELECT id FROM removed_containers LIMIT 1") else { return false }
            let id = removed[0] as Int64
            let blobs = try rows(
                "DELETE FROM blobs WHERE (container, name) IN (SELECT container, name FROM blobs WHERE container = ?"
                    + " LIMIT ?) RETURNING runs", [id, limit])
            for row in blobs { try removeRuns(row[0]) }
            guard blobs.count < limit else { return true }
            let editions = try rows(
                "DELETE FROM editions WHERE (container, name, id) IN (SELECT container, name, id FROM editions"
                    + " WHERE container = ? LIMIT ?) RETURNING runs", [id, limit])
            for row in editions { try removeRuns(row[0]) }
            guard editions.count < limit else { return true }
            let staged = try rows("SELECT name FROM stagings WHERE container = ? LIMIT ?", [id, limit])
            for row in staged { try removeStagedBlocks(of: try Self.name(row[0]), in: ContainerID(number: id)) }
            guard staged.count < limit else { return true }
            try run("DELETE FROM removed_containers WHERE id = ?", [id])
            return true
        }
    }

    /// Removes what was only there because somebody read it, and files of which no row tells.
    func sweep() throws {
        let last = try row("SELECT max(id) FROM contents")?[0] as Int64?
        var known: Set<Int64> = []
        for row in try rows("SELECT id FROM contents WHERE id % 2 = 1") { known.insert(row[0]) }
        for number in try contents.directory.numbers() where !known.contains(number) {
            contents.directory.remove(number)
        }
        contents.directory.skip(to: last ?? 0)
        lastRun = try row("SELECT max(id) FROM runs")?[0] ?? 0
        try transaction {
            references.freeRuns = try rows("SELECT id FROM runs WHERE refs = 0").map { $0[0] }
            references.freeContents = try rows("SELECT id FROM contents WHERE refs = 0").map { $0[0] }
        }
        try commit()
    }
}
#endif
