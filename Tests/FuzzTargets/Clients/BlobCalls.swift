#if DEBUG
import AzureAuth
import AzureCore
import AzureTesting
import BlobStorage
import Foundation

/// Every operation of the Blob client, by the name under which inputs ask for it.
enum BlobCalls {
    /// What the calls are made with.
    struct Clients: Sendable {
        let service: BlobServiceClient
        let clock: ManualClock
        var container: BlobContainerClient { service.container("pictures") }
        var blob: BlobClient { container.blob("cats/tom.jpg") }
        var source: BlobCopySource { BlobCopySource(url: "https://other.example/c/b?sig=s") }
        var page: HTTPBody { HTTPBody(Data(count: 512)) }
        var waiting: WaitOptions {
            WaitOptions(timeout: .seconds(30), pollInterval: .seconds(5), timeSource: clock.timeSource)
        }
    }

    struct Call: Sendable {
        let name: String
        let run: @Sendable (Clients) async throws -> Void

        /// What is read of a result is printed, too: a description must not fail.
        init(_ name: String, _ run: @escaping @Sendable (Clients) async throws -> any Sendable) {
            self.name = name
            self.run = { _ = "\(try await run($0))" }
        }
    }

    static let all =
        serviceCalls + containerCalls + blobCalls + leaseCalls + writeCalls + transferCalls + encryptedCalls

    private static let byName = Dictionary(all.map { ($0.name, $0) }) { $1 }

    static func named(_ name: String) -> Call? { byName[name] }

    /// Reads a list to its end, up to a number of items.
    private static func read<Items: AsyncSequence>(_ items: Items) async throws -> Int {
        var count = 0
        for try await item in items {
            _ = "\(item)"
            count += 1
            if count == 1000 { break }
        }
        return count
    }

    private static let date = Date(timeIntervalSince1970: 1_767_323_045)

    private static let serviceCalls: [Call] = [
        Call("service.properties") { try await $0.service.properties() },
        Call("service.setProperties") { try await $0.service.setProperties(BlobServiceProperties()) },
        Call("service.statistics") { try await $0.service.statistics() },
        Call("service.accountInformation") { try await $0.service.accountInformation() },
        Call("service.userDelegationKey") { try await $0.service.userDelegationKey(expiresOn: date) },
        Call("service.listContainers") { try await read($0.service.listContainers()) },
        Call("service.findBlobs") { try await read($0.service.findBlobs(matching: "a = 'b'")) },
        Call("service.undeleteContainer") { try await $0.service.undeleteContainer("pictures", version: "1").name },
        Call("service.batch.delete") {
            try await $0.service.batch.delete([$0.blob, $0.container.blob("b")])
        },
        Call("service.batch.setAccessTier") {
            try await $0.service.batch.setAccessTier(.cool, of: [$0.blob, $0.container.blob("b")])
        },
    ]

    private static let containerCalls: [Call] = [
        Call("container.create") { try await $0.container.create() },
        Call("container.createIfNotExists") {
            try await $0.container.createIfNotExists(waitingWhileBeingDeleted: $0.waiting)
        },
        Call("container.delete") { try await $0.container.delete() },
        Call("container.deleteIfExists") { try await $0.container.deleteIfExists() },
        Call("container.exists") { try await $0.container.exists() },
        Call("container.properties") { try await $0.container.properties() },
        Call("container.setMetadata") { try await $0.container.setMetadata(["a": "b"]) },
        Call("container.accessPolicy") { try await $0.container.accessPolicy() },
        Call("container.setAccessPolicy") { try await $0.container.setAccessPolicy(storedPolicies: []) },
        Call("container.rename") { try await $0.container.rename(to: "images").name },
        Call("container.accountInformation") { try await $0.container.accountInformation() },
        Call("container.listBlobs") { try await read($0.container.listBlobs()) },
        Call("container.listBlobsByHierarchy") { try await read($0.container.listBlobsByHierarchy()) },
        Call("container.listBlobsAsArrow") {
            try await $0.container.listBlobsAsArrow().collect(upTo: 1 << 20)
        },
        Call("container.findBlobs") { try await read($0.container.findBlobs(matching: "a = 'b'")) },
        Call("container.batch.deleteBlobs") { try await $0.container.deleteBlobs(["a", "b"]) },
    ]

    private static let blobCalls: [Call] = [
        Call("blob.properties") { try await $0.blob.properties() },
        Call("blob.exists") { try await $0.blob.exists() },
        Call("blob.setMetadata") { try await $0.blob.setMetadata(["a": "b"]) },
        Call("blob.setHTTPHeaders") { try await $0.blob.setHTTPHeaders(BlobHTTPHeaders(contentType: "a/b")) },
        Call("blob.setAccessTier") { try await $0.blob.setAccessTier(.cool) },
        Call("blob.tags") { try await $0.blob.tags() },
        Call("blob.setTags") { try await $0.blob.setTags(["a": "b"]) },
        Call("blob.delete") { try await $0.blob.delete() },
        Call("blob.deleteIfExists") { try await $0.blob.deleteIfExists() },
        Call("blob.undelete") { try await $0.blob.undelete() },
        Call("blob.createSnapshot") { try await $0.blob.createSnapshot() },
        Call("blob.setExpiry") { try await $0.blob.setExpiry(.afterNow(.seconds(1))) },
        Call("blob.setImmutabilityPolicy") {
            try await $0.blob.setImmutabilityPolicy(ImmutabilityPolicy(expiresOn: date, mode: .locked))
        },
        Call("blob.deleteImmutabilityPolicy") { try await $0.blob.deleteImmutabilityPolicy() },
        Call("blob.setLegalHold") { try await $0.blob.setLegalHold(true) },
        Call("blob.accountInformation") { try await $0.blob.accountInformation() },
        Call("blob.startCopy") { try await $0.blob.startCopy(from: $0.source) },
        Call("blob.copy") { try await $0.blob.copy(from: $0.source) },
        Call("blob.abortCopy") { try await $0.blob.abortCopy("c-1") },
        Call("blob.waitForCopy") { try await $0.blob.waitForCopy("c-1", options: $0.waiting) },
        Call("blob.query") {
            try await $0.blob.query("SELECT * FROM BlobStorage").collect(upTo: 1 << 20)
        },
    ]

    private static let leaseCalls: [Call] = [
        Call("blob.lease.acquire") { try await $0.blob.lease.acquire(duration: .seconds(15)) },
        Call("blob.lease.renew") { try await $0.blob.lease.renew("mine") },
        Call("blob.lease.change") { try await $0.blob.lease.change("mine", to: "other") },
        Call("blob.lease.release") { try await $0.blob.lease.release("mine") },
        Call("blob.lease.break") { try await $0.blob.lease.breakLease(after: .seconds(9)) },
        Call("container.lease.break") { try await $0.container.lease.breakLease() },
    ]

    private static let writeCalls: [Call] = [
        Call("block.put") { try await $0.blob.blockBlob.put(HTTPBody(Data("hello".utf8))) },
        Call("block.putFrom") { try await $0.blob.blockBlob.put(from: $0.source) },
        Call("block.stage") { try await $0.blob.blockBlob.stageBlock(id: "1", HTTPBody(Data("hello".utf8))) },
        Call("block.stageFrom") { try await $0.blob.blockBlob.stageBlock(id: "1", from: $0.source) },
        Call("block.commit") { try await $0.blob.blockBlob.commitBlockList(["1", "2"]) },
        Call("block.list") { try await $0.blob.blockBlob.blockList() },
        Call("append.create") { try await $0.blob.appendBlob.create() },
        Call("append.createIfNotExists") { try await $0.blob.appendBlob.createIfNotExists() },
        Call("append.append") { try await $0.blob.appendBlob.append(HTTPBody(Data("hello".utf8))) },
        Call("append.appendFrom") { try await $0.blob.appendBlob.append(from: $0.source) },
        Call("append.seal") { try await $0.blob.appendBlob.seal() },
        Call("page.create") { try await $0.blob.pageBlob.create(size: 1024) },
        Call("page.upload") { try await $0.blob.pageBlob.upload($0.page, at: 0) },
        Call("page.uploadFrom") {
            try await $0.blob.pageBlob.upload(
                from: BlobCopySource(url: "https://o.example/c/b", range: BlobRange(offset: 0, length: 512)), at: 0)
        },
        Call("page.clear") { try await $0.blob.pageBlob.clear(BlobRange(offset: 0, length: 512)) },
        Call("page.ranges") { try await read($0.blob.pageBlob.pageRanges()) },
        Call("page.rangesDiff") { try await read($0.blob.pageBlob.pageRanges(changedSince: "s")) },
        Call("page.resize") { try await $0.blob.pageBlob.resize(to: 1024) },
        Call("page.setSequenceNumber") { try await $0.blob.pageBlob.setSequenceNumber(.increment) },
        Call("page.incrementalCopy") { try await $0.blob.pageBlob.startIncrementalCopy(from: $0.source) },
    ]

    private static let transferCalls: [Call] = [
        Call("blob.download") { try await $0.blob.download(upTo: 1 << 20) },
        Call("blob.downloadRange") {
            try await $0.blob.download(
                upTo: 1 << 20, options: BlobDownloadOptions(range: BlobRange(offset: 1, length: 3)))
        },
        Call("blob.downloadDecompressed") {
            try await $0.blob.download(upTo: 1 << 20, options: BlobDownloadOptions(decompresses: true))
        },
        Call("blob.downloadStream") { try await read($0.blob.downloadStream()) },
        Call("blob.downloadToFile") { clients in
            try await inTemporaryDirectory { try await clients.blob.download(to: "\($0)/file") }
        },
        Call("blob.downloadResumably") { clients in
            try await inTemporaryDirectory { try await clients.blob.downloadResumably(to: "\($0)/file") }
        },
        Call("blob.upload") { try await $0.blob.upload(Data("hello".utf8)) },
        Call("blob.uploadStream") {
            try await $0.blob.upload(stream: HTTPByteStream(Data("hello".utf8)))
        },
        Call("blob.uploadResumably") { clients in
            try await inTemporaryDirectory { directory in
                try Data("hello".utf8).write(to: URL(fileURLWithPath: "\(directory)/file"))
                return try await clients.blob.uploadResumably(file: "\(directory)/file")
            }
        },
        Call("container.download") { clients in
            try await inTemporaryDirectory { try await clients.container.downloadContainer(to: $0) }
        },
        Call("container.downloadKeepingTimes") { clients in
            try await inTemporaryDirectory { directory in
                try await clients.container.downloadContainer(
                    to: "\(directory)/target",
                    options: TreeTransferOptions(
                        overwrite: .ifDifferent, keepsModificationTimes: true, journals: "\(directory)/journals",
                        deletesExtra: true)
                ) { for await step in $0 { _ = "\(step) \(step.fraction ?? 0)" } }
            }
        },
        Call("container.copyTree") { clients in
            try await clients.container.copyTree(
                from: clients.service.container("source"), options: TreeTransferOptions(deletesExtra: true))
        },
    ]

    private static let encryptedCalls: [Call] = [
        Call("encrypted.download") { try await encrypted($0).download(upTo: 1 << 20) },
        Call("encrypted.downloadStream") { try await read(encrypted($0).downloadStream()) },
        Call("encrypted.info") { try await encrypted($0).encryptionInfo() },
        Call("encrypted.upload") { try await encrypted($0).upload(Data("hello".utf8)) },
        Call("encrypted.replaceKey") {
            try await encrypted($0).replaceKeyEncryptionKey(
                with: LocalKeyEncryptionKey(id: "k2", key: Data(count: 32)))
        },
    ]

    private static func encrypted(_ clients: Clients) throws -> EncryptedBlobClient {
        clients.blob.encrypted(with: try LocalKeyEncryptionKey(id: "k", key: Data(count: 32)))
    }

    /// Makes a directory for the files of a call, and removes it afterwards.
    private static func inTemporaryDirectory<Result>(_ body: (String) async throws -> Result) async throws -> Result {
        let files = FileManager.default
        let directory = files.temporaryDirectory.appendingPathComponent("azure-fuzz-\(UUID().uuidString)")
        try files.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? files.removeItem(at: directory) }
        return try await body(directory.path)
    }
}
#endif
