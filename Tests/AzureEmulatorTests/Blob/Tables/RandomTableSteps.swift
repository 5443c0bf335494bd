import AzureTesting
import Foundation

@testable import AzureEmulator

/// What is done to tables and what is read from them, by chance.
struct RandomTableSteps {
    /// A step, and what can be told of its result.
    typealias Step = (any BlobTables) throws -> String

    /// Names whose bytes are in another order than their characters, that begin one another, and whose characters are
    /// equal though their bytes are not.
    static let names = [
        "", "a", "a/", "a/b", "a/b/c", "a0", "ab", "A", "~", "a\0", "a\0b", "é", "e\u{301}", "\u{FFFD}", "😀", "😀/x",
        "\u{10FFFF}", "z", " ", "a b",
    ].map { BlobName($0) }
    static let containerNames = ["a", "a-b", "b", "$root"]

    var generator: SeededGenerator
    private var number: Int64 = 0
    private var known: [ContainerID] = []

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    mutating func change() -> Step {
        number += 1
        let (name, id) = (any(Self.names), container())
        let edition = "2026-01-\(10 + int(20))"
        switch int(16) {
        case 0, 1: return newContainer()
        case 2: return changedContainer()
        case 3 where int(4) == 0: return quiet { try $0.removeContainer(id) }
        case 4 where int(4) == 0:
            let end = date()
            return quiet { try $0.removeContainers(deletedUntil: end) }
        case 5:
            let (end, name, ticks) = (Duration.seconds(int(9)), any(Self.containerNames), number)
            return quiet { tables in
                try tables.put(endOfDeletion: end == .zero ? nil : end, of: name)
                try tables.put(lastTicks: ticks)
            }
        case 6: return quiet { try $0.removeBlob(name, in: id) }
        case 7, 8:
            let (piece, block, length) = (ContentPiece(zeros: number), "block\(int(4))", int(3))
            return inContainer(id) { tables in
                try tables.stage(
                    piece, as: block, BlockStaging(encryption: ContentEncryption(), idLength: length), of: name, in: id)
            }
        case 9: return quiet { try $0.removeStagedBlocks(of: name, in: id) }
        case 10, 11, 12:
            let deletion = int(2) == 0 ? nil : BlobEdition.Deletion(on: date(), until: date())
            let kinds: [BlobEdition.Kind] = [.snapshot, .version, .blob]
            let new = BlobEdition(any(kinds), id: edition, blob(), deletion: deletion)
            return inContainer(id) { try $0.put(new, of: name, in: id) }
        case 13: return quiet { try $0.removeEdition(edition, of: name, in: id) }
        case 14 where int(3) == 0:
            let end = date()
            return quiet { try $0.removeEditions(in: id, keptUntil: end) }
        default:
            let blob = blob()
            return inContainer(id) { try $0.put(blob, as: name, in: id) }
        }
    }

    /// A page of something.
    mutating func page() -> Step {
        let (id, name, limit) = (container(), any(Self.names), int(5))
        let starts: [NameRange.Start] = [.at(name), .after(name), .behind(prefix: name.text)]
        let range = NameRange(any(starts), prefix: int(2) == 0 ? "" : any(Self.names).text)
        let sources = NameSources(rawValue: int(8))
        let (withDeleted, edition) = (int(2) == 0, "2026-01-\(10 + int(20))")
        switch int(4) {
        case 0:
            return { tables in
                let found = try tables.containers(in: range, withDeleted: withDeleted, limit: limit)
                return "\(found.map(TableText.text))"
            }
        case 1:
            return { "\(try $0.taggedBlobs(in: id, range, limit: limit).map { "\($0.name.text) \($0.tags)" })" }
        case 2:
            return { tables in
                let found = try tables.edition(edition, of: name, in: id).map(TableText.text) ?? "-"
                let page = try tables.editions(of: name, in: id, from: edition, limit: limit).map(TableText.text)
                return "\(found) \(page) \(try tables.hasStagedBlock("block1", of: name, in: id))"
            }
        default:
            return { "\(try $0.names(in: id, range, from: sources, limit: limit).map(TableText.text))" }
        }
    }

    // MARK: Containers

    private mutating func newContainer() -> Step {
        let record = container(ContainerID(number: number))
        known.append(record.id)
        return { tables in
            guard try tables.container(record.name) == nil else { return "taken" }
            try tables.put(record)
            return "new"
        }
    }

    /// Renames, deletes or restores a container.
    private mutating func changedContainer() -> Step {
        var record = container(container())
        if int(2) == 0 { record.deletion = .init(version: "0\(int(3))", on: date()) }
        return { tables in
            let all = try tables.containers(in: NameRange(), withDeleted: true, limit: .max)
            guard all.contains(where: { $0.id == record.id }),
                !all.contains(where: { $0.id != record.id && $0.key == record.key })
            else { return "not possible" }
            try tables.put(record)
            return "changed"
        }
    }

    private mutating func container(_ id: ContainerID) -> ContainerRecord {
        ContainerRecord(id: id, name: any(Self.containerNames), metadata: [], version: version())
    }

    /// A container that is there, or was.
    private mutating func container() -> ContainerID {
        known.isEmpty ? ContainerID(number: 0) : any(Array(known.suffix(4)))
    }

    // MARK: Values

    private mutating func blob() -> BlobRecord {
        let tags = (0..<int(2)).map { BlobMetadataEntry(name: "tag\($0)", value: "\(number)") }
        return BlobRecord(
            content: BlobContent([.init(id: nil, piece: ContentPiece(zeros: number))]), headers: BlobHTTPHeaders(),
            metadata: [], version: version(), createdOn: date(), tags: tags)
    }

    private func version() -> ResourceVersion { ResourceVersion(etag: "\"\(number)\"", lastModified: .distantPast) }

    private mutating func date() -> Date { Date(timeIntervalSince1970: Double(int(20))) }

    private mutating func int(_ end: Int) -> Int { Int.random(in: 0..<end, using: &generator) }

    private mutating func any<Element>(_ elements: [Element]) -> Element { elements[int(elements.count)] }

    private func quiet(_ body: @escaping (any BlobTables) throws -> Void) -> Step {
        { tables in
            try body(tables)
            return ""
        }
    }

    /// A change that is made only if there is the container.
    private func inContainer(_ id: ContainerID, _ body: @escaping (any BlobTables) throws -> Void) -> Step {
        { tables in
            let all = try tables.containers(in: NameRange(), withDeleted: true, limit: .max)
            guard all.contains(where: { $0.id == id }) else { return "no container" }
            try body(tables)
            return ""
        }
    }
}
