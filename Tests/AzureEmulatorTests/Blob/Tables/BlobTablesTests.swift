import AzureCore
import AzureTesting
import Foundation
import Testing

@testable import AzureEmulator

/// The witness of these tests is `NaiveBlobTables`, which is too simple to be wrong in the same way.
@Suite("The tables of the emulated Blob service")
struct BlobTablesTests {
    private struct Failure: Error {}

    private static let runs = TestedTables.allCases.flatMap { tested in (1...6).map { (tested, UInt64($0)) } }

    private func text(_ tables: any BlobTables) throws -> [String] {
        try TableText.all(
            tables, names: RandomTableSteps.names, containerNames: RandomTableSteps.containerNames)
    }

    @Test("Whatever is done, in transactions that fail or not, they hold what lists would hold", arguments: runs)
    func randomSteps(_ tested: TestedTables, _ seed: UInt64) async throws {
        try await tested.with { tables in
            let model = NaiveBlobTables()
            var steps = RandomTableSteps(seed: seed)
            for round in 0..<400 {
                let before = round % 10 == 0 ? try text(tables) : nil
                let changes = (0...Int.random(in: 0..<6, using: &steps.generator)).map { _ in steps.change() }
                let inner = (0..<3).map { _ in steps.change() }
                let (fails, innerFails) = (Bool.random(using: &steps.generator), Bool.random(using: &steps.generator))
                let results = [tables, model as any BlobTables].map { tables in
                    outcomes(of: changes, then: inner, innerFails: innerFails, fails: fails, in: tables)
                }
                #expect(results[0] == results[1])
                for _ in 0..<4 {
                    let page = steps.page()
                    #expect(try page(tables) == page(model))
                }
                guard let before else { continue }
                let after = try text(tables)
                #expect(after == (try text(model)))
                if fails { #expect(after == before) }
            }
        }
    }

    /// Does steps in a transaction, and some in one within it.
    private func outcomes(
        of steps: [RandomTableSteps.Step], then inner: [RandomTableSteps.Step], innerFails: Bool, fails: Bool,
        in tables: any BlobTables
    ) -> [String] {
        var results: [String] = []
        try? tables.transaction {
            for step in steps { results.append(try step(tables)) }
            try? tables.transaction {
                for step in inner { results.append(try step(tables)) }
                if innerFails { throw Failure() }
            }
            results.append(try steps[0](tables))
            if fails { throw Failure() }
        }
        return results
    }

    @Test("Thousands of names are put, removed and had back in the order of their bytes", arguments: runs)
    func names(_ tested: TestedTables, _ seed: UInt64) async throws {
        try await tested.with { tables in
            var generator = SeededGenerator(seed: seed)
            let id = ContainerID(number: 1)
            var model: Set<String> = []
            try tables.transaction { try tables.put(Self.container(id)) }
            for round in 0..<12 {
                let isGrowing = round % 4 != 3
                let changed = (0..<400).map { _ in "\(Int.random(in: 0..<4000, using: &generator) * 7919 % 4001)é" }
                try? tables.transaction {
                    for name in changed {
                        if isGrowing { try tables.put(Self.blob, as: BlobName(name), in: id) }
                        if !isGrowing { try tables.removeBlob(BlobName(name), in: id) }
                    }
                    if round % 5 == 4 { throw Failure() }
                }
                if round % 5 != 4 { if isGrowing { model.formUnion(changed) } else { model.subtract(changed) } }
                var found: [String] = []
                var range = NameRange()
                while true {
                    let limit = Int.random(in: 1...700, using: &generator)
                    let page = try tables.names(in: id, range, from: .blobs, limit: limit)
                    found += page.map(\.name.text)
                    guard page.count == limit, let last = page.last else { break }
                    range.start = .after(last.name)
                }
                #expect(found == model.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
            }
        }
    }

    @Test(
        "Content is there until the transaction that drops it is over, and is had back with its row",
        arguments: TestedTables.allCases)
    func content(_ tested: TestedTables) async throws {
        try await tested.with { tables in
            let (id, name) = (ContainerID(number: 1), BlobName("a"))
            let received = try await tested.receiver(for: tables).receive(
                .init(Data(repeating: 7, count: 2 << 20)), length: 2 << 20)
            try tables.transaction {
                try tables.put(Self.container(id))
                var blob = Self.blob
                blob.content = BlobContent([.init(id: nil, piece: received.piece)])
                try tables.put(blob, as: name, in: id)
            }
            #expect(throws: Failure.self) {
                try tables.transaction {
                    try tables.put(Self.blob, as: name, in: id)
                    try tables.removeContainer(id)
                    throw Failure()
                }
            }
            let content = try #require(try tables.blob(name, in: id)).content
            #expect(
                try await content.chunks(in: 0..<content.length).collect(upTo: 4 << 20)
                    == Data(repeating: 7, count: 2 << 20))
        }
    }

    @Test("A container keeps what is in it when it is renamed, deleted and restored", arguments: TestedTables.allCases)
    func renaming(_ tested: TestedTables) async throws {
        try await tested.with { tables in
            var record = Self.container(ContainerID(number: 1))
            try tables.transaction {
                try tables.put(record)
                try tables.put(Self.blob, as: BlobName("a"), in: record.id)
                record.deletion = .init(version: "01", on: Date(timeIntervalSince1970: 5))
                try tables.put(record)
                try tables.put(Self.container(ContainerID(number: 2)))
            }
            #expect(try tables.container("box")?.id == ContainerID(number: 2))
            #expect(try tables.containers(in: NameRange(), withDeleted: true, limit: 9).map(\.id.number) == [2, 1])
            #expect(try tables.deletedContainer("box", version: "01")?.id == record.id)
            try tables.transaction {
                try tables.removeContainers(deletedUntil: Date(timeIntervalSince1970: 4))
                record.deletion = nil
                record.name = "other"
                try tables.put(record)
            }
            #expect(try tables.container("other")?.id == record.id)
            #expect(try tables.blob(BlobName("a"), in: record.id) != nil)
            #expect(try tables.blob(BlobName("a"), in: ContainerID(number: 2)) == nil)
        }
    }

    private static func container(_ id: ContainerID) -> ContainerRecord {
        ContainerRecord(id: id, name: "box", metadata: [], version: .init(etag: "\"1\"", lastModified: .distantPast))
    }

    private static let blob = BlobRecord(
        content: BlobContent([]), headers: BlobHTTPHeaders(), metadata: [],
        version: .init(etag: "\"1\"", lastModified: .distantPast), createdOn: .distantPast)
}
