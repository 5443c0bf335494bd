#if Emulator
import AzureAuth
import AzureCore
import AzureEmulator
import BlobStorage
import Foundation
import Testing

@Suite("Snapshots, versions and deleted blobs over sockets", .timeLimit(.minutes(2)))
struct BlobHistoryIntegrationTests {
    private func withContainer(
        keepsVersions: Bool = false, retention: BlobServiceProperties.RetentionPolicy? = nil,
        _ body: (BlobContainerClient) async throws -> Void
    ) async throws {
        var configuration = EmulatorConfiguration()
        configuration.keepsBlobVersions = keepsVersions
        try await withEmulator(configuration) { emulator in
            let service = try BlobServiceClient(connectionString: emulator.blobConnectionString)
            if let retention { try await service.setProperties(BlobServiceProperties(deleteRetention: retention)) }
            let container = service.container("pictures")
            try await container.create()
            try await body(container)
        }
    }

    private func code(_ operation: () async throws -> Void) async -> String? {
        let error = await #expect(throws: AzureError.self) { try await operation() }
        return error?.code.rawValue
    }

    private func items(_ container: BlobContainerClient, _ include: BlobListInclude) async throws -> [BlobItem] {
        var items: [BlobItem] = []
        for try await item in container.listBlobs(options: .init(include: include, pageSize: 1)) { items.append(item) }
        return items
    }

    @Test("a snapshot is read, listed, promoted and deleted")
    func snapshots() async throws {
        try await withContainer { container in
            let blob = container.blob("a")
            try await blob.upload(Data("one".utf8))
            let info = try await blob.createSnapshot(metadata: ["from": "snapshot"])
            let snapshot = blob.snapshot(info.snapshot)
            try await blob.upload(Data("two".utf8), options: .init(overwrite: true))
            #expect(try await snapshot.download(upTo: 10) == Data("one".utf8))
            #expect(try await snapshot.properties().metadata == ["from": "snapshot"])
            #expect(try await items(container, .snapshots).map(\.snapshot) == [info.snapshot, nil])
            try await blob.startCopy(from: BlobCopySource(snapshot))
            #expect(try await blob.download(upTo: 10) == Data("one".utf8))
            #expect(await code { try await blob.delete() } == "SnapshotsPresent")
            try await blob.delete(options: .init(snapshots: .include))
            #expect(await code { _ = try await snapshot.properties() } == "BlobNotFound")
        }
    }

    @Test("a signature for a snapshot or a version is for nothing else")
    func signatures() async throws {
        try await withContainer(keepsVersions: true) { container in
            let blob = container.blob("a")
            try await blob.upload(Data("one".utf8))
            let version = try await blob.properties().versionID
            let snapshot = try await blob.createSnapshot().snapshot
            try await blob.upload(Data("two".utf8), options: .init(overwrite: true))
            for earlier in [blob.snapshot(snapshot), blob.version(version)] {
                let url = try earlier.signedURL(permissions: .read, expiresOn: Date.now + 600)
                #expect(try await BlobClient(url: url).download(upTo: 10) == Data("one".utf8))
                let query = url.absoluteString.split(separator: "?")[1].split(separator: "&")
                    .filter { !$0.hasPrefix("snapshot=") && !$0.hasPrefix("versionid=") }
                let whole = try BlobClient(url: "\(blob.url.absoluteString)?\(query.joined(separator: "&"))")
                #expect(await code { _ = try await whole.download(upTo: 10) } == "AuthenticationFailed")
            }
        }
    }

    @Test("a deleted blob is listed and brought back")
    func undeleting() async throws {
        try await withContainer(retention: .days(2)) { container in
            let blob = container.blob("a")
            try await blob.upload(Data("one".utf8))
            try await blob.delete()
            #expect(await code { _ = try await blob.properties() } == "BlobNotFound")
            let item = try #require(try await items(container, .deleted).first)
            #expect(item.isDeleted)
            #expect(item.properties.remainingRetentionDays == 2)
            #expect(item.properties.deletedOn != nil)
            try await blob.undelete()
            #expect(try await blob.download(upTo: 10) == Data("one".utf8))
        }
    }

    @Test("earlier versions are read, listed and deleted")
    func versions() async throws {
        try await withContainer(keepsVersions: true) { container in
            let blob = container.blob("a")
            try await blob.upload(Data("one".utf8))
            let first = try #require(try await blob.properties().versionID)
            try await blob.upload(Data("two".utf8), options: .init(overwrite: true))
            let current = try await blob.properties()
            #expect(current.isCurrentVersion == true)
            #expect(try await blob.version(first).download(upTo: 10) == Data("one".utf8))
            let listed = try await items(container, .versions)
            #expect(listed.map(\.versionID) == [first, current.versionID])
            #expect(listed.map(\.properties.isCurrentVersion) == [nil, true])
            try await blob.delete()
            #expect(try await items(container, .deletedWithVersions).first?.hasVersionsOnly == true)
            try await blob.version(first).delete()
            #expect(try await items(container, .versions).count == 1)
        }
    }

    @Test("policies and legal holds protect a blob")
    func immutability() async throws {
        try await withContainer { container in
            let blob = container.blob("a")
            try await blob.upload(Data("one".utf8))
            let until = Date(timeIntervalSince1970: Date.now.timeIntervalSince1970.rounded() + 600)
            try await blob.setImmutabilityPolicy(.init(expiresOn: until, mode: .unlocked))
            #expect(await code { try await blob.delete() } == "BlobImmutableDueToPolicy")
            #expect(try await blob.properties().immutability.policy?.expiresOn?.date == until)
            let item = try await items(container, [.immutabilityPolicy, .legalHold]).first
            #expect(item?.properties.immutability.policy?.expiresOn?.date == until)
            try await blob.deleteImmutabilityPolicy()
            #expect(try await blob.setLegalHold(true))
            #expect(await code { try await blob.delete() } == "BlobImmutableDueToLegalHold")
            #expect(try await !blob.setLegalHold(false))
            #expect(await code { try await blob.setExpiry(.never) } == "HierarchicalNamespaceNotEnabled")
            try await blob.delete()
        }
    }

    @Test("pages that changed since a snapshot are found, and copied incrementally")
    func pages() async throws {
        try await withContainer { container in
            let blob = container.blob("disk")
            try await blob.pageBlob.create(size: 4096)
            try await blob.pageBlob.upload(HTTPBody(Data(repeating: 1, count: 1024)), at: 0)
            let first = try await blob.createSnapshot().snapshot
            try await blob.pageBlob.upload(HTTPBody(Data(repeating: 2, count: 512)), at: 2048)
            try await blob.pageBlob.clear(BlobRange(offset: 0, length: 512))
            var changes: [PageRange] = []
            for try await change in blob.pageBlob.pageRanges(changedSince: first) { changes.append(change) }
            #expect(
                changes == [
                    PageRange(offset: 0, length: 512, isCleared: true), PageRange(offset: 2048, length: 512),
                ])
            let backup = container.blob("backup")
            try await backup.pageBlob.startIncrementalCopy(from: BlobCopySource(blob.snapshot(first)))
            let copy = try #require(try await backup.properties().copy)
            #expect(copy.isIncremental == true)
            let data = try await backup.snapshot(copy.destinationSnapshot).download(upTo: 4096)
            #expect(data == Data(repeating: 1, count: 1024) + Data(count: 3072))
        }
    }

    @Test("an encryption scope comes back with the blob")
    func encryptionScopes() async throws {
        try await withContainer { container in
            let blob = container.blob("a")
            try await blob.upload(Data("one".utf8), options: .init(encryption: .init(scope: "mine")))
            #expect(try await blob.properties().encryption.scope == "mine")
            #expect(try await items(container, []).first?.properties.encryption.scope == "mine")
        }
    }
}
#endif
