/// Makes a page of a list of blobs out of the tables, of which it reads no more than the page needs.
struct BlobLister {
    /// Stands for a name itself among the editions under it, behind all of them.
    private static let whole = "~"
    /// Stands between name and edition where a page starts with an edition.
    private static let separator: Character = "\0"
    /// The most names that are read at once where many of them may be passed over.
    private static let batchWithDelimiter = 100

    private let query: BlobListQuery
    private let container: ContainerID
    private let tables: any BlobTables
    private let start: (name: BlobName, edition: String?)
    private let end: BlobName
    private var result = BlobListPage()
    /// What the names have in common that have their entry already.
    private var passed: String?

    init(_ query: BlobListQuery, _ container: ContainerID, _ tables: any BlobTables) {
        self.query = query
        self.container = container
        self.tables = tables
        start = Self.split(query.start)
        end = BlobName(query.end)
    }

    mutating func page() throws -> BlobListPage {
        var range = NameRange(.at(start.name), prefix: query.prefix)
        repeat {
            let rest = query.limit - result.entries.count + 1
            let batch = query.delimiter.isEmpty ? rest : min(rest, Self.batchWithDelimiter)
            let rows = try tables.names(in: container, range, from: query.sources, limit: batch)
            for row in rows where result.next == nil {
                guard query.end.isEmpty || row.name < end else { return result }
                try add(row)
            }
            guard rows.count == batch, let last = rows.last else { break }
            range.start = passed.map { .behind(prefix: $0) } ?? .after(last.name)
        } while result.next == nil
        return result
    }

    /// Adds what there is under a name, or ends the page in front of it.
    private mutating func add(_ row: NamedRow) throws {
        if let passed, row.name.hasPrefix(passed) { return }
        passed = nil
        let states = try states(of: row)
        guard !states.isEmpty else { return }
        if let common = Self.common(row.name, prefix: query.prefix, delimiter: query.delimiter) {
            guard result.entries.count < query.limit else { return result.next = row.name.text }
            result.entries.append(.prefix(common))
            passed = common
            return
        }
        for (index, state) in states.enumerated() {
            guard result.entries.count < query.limit else {
                result.next = index == 0 ? row.name.text : "\(row.name.text)\(Self.separator)\(Self.id(of: state))"
                return
            }
            result.entries.append(.blob(BlobListEntry(name: row.name.text, state: state)))
        }
    }

    /// What the list has under a name, in order: editions, then the blob itself. No more than finds room, and the next.
    private func states(of row: NamedRow) throws -> [BlobListEntry.State] {
        let room = query.limit - result.entries.count + 1
        var states: [BlobListEntry.State] = []
        if row.hasEditions {
            var first = row.name == start.name ? start.edition ?? "" : ""
            var editions: [BlobEdition]
            var isFirst = true
            repeat {
                // All but the first time, the first is the one that was last.
                editions = try tables.editions(of: row.name, in: container, from: first, limit: room + 1)
                for edition in editions.dropFirst(isFirst ? 0 : 1) where query.lists(edition) {
                    states.append(.edition(edition))
                }
                isFirst = false
                first = editions.last?.id ?? ""
            } while states.count < room && editions.count == room + 1
        }
        if let whole = try whole(row) { states.append(whole) }
        return states
    }

    /// The entry for a name itself.
    private func whole(_ row: NamedRow) throws -> BlobListEntry.State? {
        if let blob = row.blob { return .blob(blob) }
        if row.hasEditions, query.include.contains("deletedwithversions"),
            // The last version of a blob that was deleted and is not kept otherwise.
            let last = try tables.editions(of: row.name, in: container)
                .last(where: { $0.kind == .version && $0.deletion == nil })
        {
            return .versionsOnly(last.blob)
        }
        return row.isStaged ? .uncommitted : nil
    }

    // MARK: Names

    private static func id(of state: BlobListEntry.State) -> String {
        if case .edition(let edition) = state { edition.id } else { whole }
    }

    /// The name and the edition that a page starts with.
    private static func split(_ start: String) -> (name: BlobName, edition: String?) {
        guard let index = start.lastIndex(of: separator) else { return (BlobName(start), nil) }
        let edition = String(start[index...].dropFirst())
        // A name may have any character; what follows it here is always one of these.
        guard edition == whole || ServiceTime.parse(edition) != nil else { return (BlobName(start), nil) }
        return (BlobName(String(start[..<index])), edition)
    }

    /// The part of a name up to and with the first delimiter behind the prefix.
    private static func common(_ name: BlobName, prefix: String, delimiter: String) -> String? {
        guard !delimiter.isEmpty else { return nil }
        let bytes = Array(name.text.utf8)
        let mark = Array(delimiter.utf8)
        var position = prefix.utf8.count
        while position + mark.count <= bytes.count {
            if bytes[position..<position + mark.count].elementsEqual(mark) {
                return String(decoding: bytes[..<(position + mark.count)], as: UTF8.self)
            }
            position += 1
        }
        return nil
    }
}
