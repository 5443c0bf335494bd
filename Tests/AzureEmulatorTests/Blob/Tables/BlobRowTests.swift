import AzureTesting
import Foundation
import Testing

@testable import AzureEmulator

/// Rows are compared with what they were made of, field by field, whatever fields there are.
@Suite("The rows of the emulated Blob service as bytes")
struct BlobRowTests {
    private static let offset = Duration.seconds(1_700_000_000)

    private static let entries = [BlobMetadataEntry(name: "Name", value: "wört"), .init(name: "b", value: "")]

    private static let date = Date(timeIntervalSinceReferenceDate: 812_345_678.123_456_7)

    private static let blob: BlobRecord = {
        var blob = BlobRecord(
            kind: .page(sequenceNumber: 7), content: BlobContent([]),
            headers: BlobHTTPHeaders(
                contentType: "a", contentEncoding: "b", contentLanguage: "c", contentDisposition: "d",
                cacheControl: "e", contentMD5: Data([1, 2])),
            metadata: entries, version: .init(etag: "\"0x1\"", lastModified: date, id: "2026"), createdOn: date,
            accessTier: "Archive", tierSetOn: date)
        blob.rehydration = Rehydration(tier: "Hot", priority: "High", end: date)
        blob.tags = entries
        blob.copy = CopyRecord(id: "1", source: "2", completedOn: date, length: 5, destinationSnapshot: "3")
        blob.lease = Lease(.held(id: "x", length: .seconds(15), until: .seconds(99)))
        blob.encryption = ContentEncryption(keyHash: "k", scope: "s")
        blob.protection = BlobProtection(policy: .init(until: date, mode: .locked), hasLegalHold: true)
        blob.isCurrent = false
        return blob
    }()

    private static let container: ContainerRecord = {
        var container = ContainerRecord(
            id: ContainerID(number: 5), name: "box", metadata: entries,
            version: .init(etag: "\"0x1\"", lastModified: date, id: "2026"))
        container.deletion = .init(version: "01", on: date)
        container.publicAccess = .blob
        container.encryptionScope = ContainerEncryptionScope(name: "s", deniesOverride: true)
        container.lease = Lease(.ending(id: "x", at: .seconds(9)))
        container.policies = [
            StoredAccessPolicy(id: "p", start: "1", expiry: "2", permission: "rw"), StoredAccessPolicy(id: "q"),
        ]
        return container
    }()

    /// All that a value holds, private or not, but contents, and where the bytes of `Data` lie.
    private func text(_ value: Any) -> String {
        var lines = ""
        dump(value, to: &lines)
        return lines.split(separator: "\n").filter { line in
            !["content: ", "known", "pointer"].contains { line.contains($0) }
        }
        .joined(separator: "\n")
    }

    @Test("A row has all fields of a blob")
    func blob() throws {
        // A field that is new has to be put here, and in the row.
        for child in Mirror(reflecting: Self.blob).children {
            #expect(Mirror(reflecting: child.value).displayStyle != .optional || text(child.value) != "- nil")
        }
        let data = BlobRow.data(of: Self.blob, offset: Self.offset)
        let read = try BlobRow.blob(data, BlobContent([]), offset: Self.offset)
        #expect(text(read) == text(Self.blob))
        var other = BlobRecord(
            content: BlobContent([]), headers: BlobHTTPHeaders(), metadata: [], version: Self.blob.version,
            createdOn: Self.date)
        for kind in [BlobKind.block, .append(isSealed: false), .append(isSealed: true)] {
            other.kind = kind
            let data = BlobRow.data(of: other, offset: Self.offset)
            #expect(text(try BlobRow.blob(data, BlobContent([]), offset: Self.offset)) == text(other))
        }
    }

    @Test("A row has all fields of a container")
    func container() throws {
        for child in Mirror(reflecting: Self.container).children {
            #expect(Mirror(reflecting: child.value).displayStyle != .optional || text(child.value) != "- nil")
        }
        let data = ContainerRow.data(of: Self.container, offset: Self.offset)
        #expect(text(try ContainerRow.container(Self.container.id, data, offset: Self.offset)) == text(Self.container))
    }

    // The clock that leases are measured with starts anew with each process.
    @Test("A lease goes on by the clock on the wall when the process is another")
    func lease() throws {
        let data = BlobRow.data(of: Self.blob, offset: Self.offset)
        // The other process began 40 seconds later.
        let read = try BlobRow.blob(data, BlobContent([]), offset: Self.offset + .seconds(40))
        #expect(read.lease.state(at: .seconds(58)) == .leased)
        #expect(read.lease.state(at: .seconds(59)) == .expired)
    }

    @Test("Runs and lists of them are had back from their bytes")
    func runs() throws {
        let blocks: [RunRow.Block] = [
            .init(id: nil, content: 2, start: 0, length: 1), .init(id: "", content: nil, start: 77, length: 512),
            .init(id: "YWE=", content: .max, start: 5, length: .max - 5),
        ]
        #expect(try RunRow.blocks(RunRow.data(of: blocks)) == blocks)
        let entries: [RunList.Entry] = [.init(row: 1, length: 5, count: 1), .init(row: .max, length: 0, count: 256)]
        #expect(try RunList.entries(RunList.data(of: entries)) == entries)
    }

    @Test("Bytes that are damaged are an error or a row, and never the end of the process")
    func damaged() {
        var generator = SeededGenerator(seed: 1)
        let rows = [
            BlobRow.data(of: Self.blob, offset: Self.offset),
            ContainerRow.data(of: Self.container, offset: Self.offset),
            RunRow.data(of: [.init(id: "a", content: 2, start: 1, length: 9)]),
            RunList.data(of: [.init(row: 1, length: 5, count: 1)]),
        ]
        for _ in 0..<3000 {
            var data = rows.randomElement(using: &generator) ?? Data()
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let index = Int.random(in: 0..<data.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: data[index] = UInt8.random(in: 0...255, using: &generator)
                case 1: data.insert(UInt8.random(in: 0...255, using: &generator), at: index)
                default: if data.count > 1 { data.remove(at: index) }
                }
            }
            _ = try? BlobRow.blob(data, BlobContent([]), offset: Self.offset)
            _ = try? ContainerRow.container(ContainerID(number: 1), data, offset: Self.offset)
            _ = try? RunRow.blocks(data)
            _ = try? RunList.entries(data)
        }
    }
}
