import AzureCore
import AzureTesting
import Foundation
import Testing

@testable import AzureEmulator

@Suite("The content of emulated blobs")
struct BlobContentTests {
    private func bytes(_ content: BlobContent) async throws -> Data {
        try await content.chunks(in: 0..<content.length).collect(upTo: 1 << 20)
    }

    @Test("Pages that are written, cleared and cut off are what they would be in a plain array", arguments: 1...4)
    func pages(_ seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        var content = BlobContent.emptyPages(1200)
        var model = Data(count: 1200)
        var written = [Bool](repeating: false, count: 1200)
        var earlier = (content: content, model: model)
        for step in 0..<1500 {
            let lower = Int.random(in: 0..<model.count, using: &generator)
            let upper = min(model.count, lower + Int.random(in: 1...(step % 10 == 0 ? 300 : 4), using: &generator))
            let isCleared = Int.random(in: 0..<5, using: &generator) == 0
            let piece = Data(repeating: UInt8(step % 255 + 1), count: upper - lower)
            content = try content.replacing(
                Int64(lower)..<Int64(upper),
                with: isCleared ? ContentPiece(zeros: Int64(upper - lower)) : ContentPiece(piece))
            model.replaceSubrange(lower..<upper, with: isCleared ? Data(count: upper - lower) : piece)
            for index in lower..<upper { written[index] = !isCleared }
            if step % 100 == 50 {
                let length = Int.random(in: 600...1200, using: &generator)
                content = try content.resized(to: Int64(length))
                model = model.prefix(length) + Data(count: max(0, length - model.count))
                written = Array(written.prefix(length)) + Array(repeating: false, count: max(0, length - written.count))
            }
            guard step % 25 == 0 else { continue }
            try await compare(content, model, written)
            let changed = try content.changes(since: earlier.content, in: 0..<content.length).map(\.range)
            for index in model.indices {
                let isOther = index < earlier.model.count ? model[index] != earlier.model[index] : model[index] != 0
                if isOther { #expect(changed.contains { $0.contains(Int64(index)) }) }
            }
            earlier = (content, model)
        }
    }

    private func compare(_ content: BlobContent, _ model: Data, _ written: [Bool]) async throws {
        #expect(content.length == Int64(model.count))
        #expect(content.blockCount == (try content.blocks().count))
        #expect(content.runs.allSatisfy { (1...ContentRun.size).contains($0.count) })
        #expect(try await bytes(content) == model)
        var expected: [PageChange] = []
        for index in written.indices where written[index] {
            expected.add(PageChange(range: Int64(index)..<Int64(index + 1), isCleared: false))
        }
        let ranges = try content.writtenRanges(in: 0..<content.length)
        #expect(ranges == expected)
        #expect(try content.writtenRanges(in: 0..<content.length, limit: 2).prefix(2) == expected.prefix(2))
        let middle = content.length / 3..<content.length * 2 / 3
        #expect(
            try await content.chunks(in: middle).collect(upTo: 1 << 20)
                == model[Int(middle.lowerBound)..<Int(middle.upperBound)])
    }

    // The limits are those of the service: 50,000 blocks of an append blob, as many of a block list.

    private func store() async throws -> (BlobStore, BlobConditions) {
        let store = BlobStore(time: ManualClock().timeSource, deletionTime: .zero)
        _ = try await store.createContainer("box", metadata: [], publicAccess: nil)
        return (store, .none)
    }

    private func write(_ kind: BlobKind, _ conditions: BlobConditions) -> BlobWrite {
        BlobWrite(
            container: "box", name: BlobName("a"), kind: kind, headers: BlobHTTPHeaders(), metadata: [],
            conditions: conditions, mayOverwrite: true)
    }

    @Test("Each append costs the same, up to the most that there can be", .timeLimit(.minutes(5)))
    func appends() async throws {
        let (store, conditions) = try await store()
        _ = try await store.put(BlobContent([]), write(.append(isSealed: false), conditions))
        let appending = AppendConditions(blob: conditions)
        for _ in 0..<50_000 {
            _ = try await store.append(ContentPiece(Data([1])), to: BlobName("a"), in: "box", if: appending)
        }
        await #expect(throws: BlobServiceError.blockCountExceedsLimit) {
            _ = try await store.append(ContentPiece(Data([1])), to: BlobName("a"), in: "box", if: appending)
        }
        #expect(try await store.blob(BlobName("a"), in: "box").content.length == 50_000)
    }

    @Test("Each write of pages costs the same", .timeLimit(.minutes(5)))
    func pageWrites() async throws {
        let (store, conditions) = try await store()
        _ = try await store.put(.emptyPages(1 << 40), write(.page(sequenceNumber: 0), conditions))
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<20_000 {
            let start = Int64.random(in: 0..<1 << 31, using: &generator) * 512
            _ = try await store.writePages(
                ContentPiece(Data(count: 512)), at: start..<start + 512, of: BlobName("a"), in: "box",
                conditions: conditions, sequenceNumber: SequenceNumberConditions())
        }
    }

    @Test("Each block that is staged costs the same", .timeLimit(.minutes(5)))
    func blocks() async throws {
        let (store, conditions) = try await store()
        for index in 0..<50_000 {
            let id = Data("\(index + 100_000)".utf8)
            try await store.stage(
                ContentPiece(Data([1])), id: id, of: BlobName("a"), in: "box", conditions: conditions)
        }
        let list = (0..<50_000).map { index in
            BlockReference(id: Data("\(index + 100_000)".utf8).base64EncodedString(), source: .latest)
        }
        #expect(try await store.commit(list, write(.block, conditions)).content.length == 50_000)
    }

    @Test("Each version that is kept costs the same, and so does each new blob", .timeLimit(.minutes(5)))
    func versions() async throws {
        let store = BlobStore(time: ManualClock().timeSource, deletionTime: .zero, keepsVersions: true)
        _ = try await store.createContainer("box", metadata: [], publicAccess: nil)
        for _ in 0..<10_000 { _ = try await store.put(BlobContent([]), write(.block, .none)) }
        for index in 0..<10_000 {
            let write = BlobWrite(
                container: "box", name: BlobName("b\(index)"), headers: BlobHTTPHeaders(), metadata: [],
                conditions: .none, mayOverwrite: true)
            _ = try await store.put(BlobContent([]), write)
        }
        let blobs = try await store.list(BlobListQuery(container: "box", limit: 20_000))
        #expect(blobs.entries.count == 10_001)
        let query = BlobListQuery(container: "box", prefix: "a", limit: 20_000, include: ["versions"])
        let versions: [String] = try await store.list(query).entries.compactMap { entry in
            if case .blob(let blob) = entry, case .edition(let edition) = blob.state { edition.id } else { nil }
        }
        #expect(versions.count == 9999)
        #expect(versions == versions.sorted())
    }
}
