import BlobStorage
import Foundation

// MARK: README.md

public func createContainer(_ pictures: BlobContainerClient) async throws {
    // snippet.readme-errors
    do {
        try await pictures.create()
    } catch AzureErrorCode.alreadyExists {
        // fine
    } catch let error as AzureError {
        print(error)  // code, status, message, what it was about, the request id: one line, no secrets
    }
    // snippet.end
}

// MARK: Docs/Blobs.md

public func blobOfReport(
    connectionString: String
) throws -> (BlobServiceClient, BlobContainerClient, BlobClient) {
    // snippet.blob-clients
    let service = try BlobServiceClient(connectionString: connectionString)
    let container = service.container("reports")
    let blob = container.blob("2026/q1.csv")
    // snippet.end
    return (service, container, blob)
}

public func uploadAndDownload(_ blob: BlobClient, file: String, copy: String) async throws -> Data {
    // snippet.blob-contents
    let report = Data("region,sales\nnorth,100\n".utf8)
    try await blob.upload(
        report, options: BlobUploadOptions(overwrite: true, httpHeaders: BlobHTTPHeaders(contentType: "text/csv")))
    let bytes = try await blob.download(upTo: 1_000_000)

    try await blob.upload(file: file, options: BlobUploadOptions(overwrite: true))
    try await blob.download(to: copy)

    let stream = try await blob.downloadStream()
    for try await chunk in stream { print("\(chunk.count) of \(stream.length) bytes") }
    // snippet.end
    return bytes
}

public func markAsChecked(_ blob: BlobClient) async throws -> BlobUpdateOptions {
    // snippet.blob-conditions
    let read = try await blob.properties()
    var options = BlobUpdateOptions()
    options.conditions.ifMatch = read.etag
    try await blob.setMetadata(["stage": "checked"], options: options)
    // snippet.end
    return options
}

public func changeWhileLeased(_ blob: BlobClient) async throws {
    // snippet.blob-lease
    try await blob.lease.withLease { lease in
        try await blob.setMetadata(["owner": "me"], options: BlobUpdateOptions(conditions: .init(leaseID: lease.id)))
    }
    // snippet.end
}

public func findByTags(_ blob: BlobClient, in service: BlobServiceClient) async throws {
    // snippet.blob-tags
    try await blob.setTags(["project": "apollo", "year": "2026"])
    for try await found in service.findBlobs(matching: #""project" = 'apollo' AND "year" >= '2025'"#) {
        print(found.containerName, found.name)
    }
    // snippet.end
}

public func list(_ container: BlobContainerClient) async throws {
    // snippet.blob-lists
    for try await item in container.listBlobs(prefix: "2026/", options: BlobListOptions(include: [.metadata, .tags])) {
        print(item.name, item.properties.contentLength)
    }
    for try await item in container.listBlobsByHierarchy() {
        switch item {
        case .blob(let blob): print(blob.name)
        case .prefix(let prefix): print("\(prefix) and what is below it")
        }
    }
    // snippet.end
}

public func appendAndWritePages(in container: BlobContainerClient) async throws {
    // snippet.blob-append-page
    let log = container.blob("app.log").appendBlob
    try await log.createIfNotExists()
    try await log.append(HTTPBody("started\n"), options: AppendBlobOptions(position: 0))

    let disk = container.blob("disk.vhd").pageBlob
    try await disk.create(size: 1 << 20)
    try await disk.upload(HTTPBody(Data(repeating: 1, count: 512)), at: 4096)
    for try await range in disk.pageRanges() { print(range.offset, range.length) }
    // snippet.end
}

public func copy(_ blob: BlobClient, in container: BlobContainerClient) async throws {
    // snippet.blob-copy
    let copy = container.blob("2026/q1-copy.csv")
    try await copy.startCopy(from: BlobCopySource(blob))
    try await copy.waitForCopy()
    // snippet.end
}

public func deleteSeveral(in container: BlobContainerClient) async throws -> [String] {
    // snippet.blob-batch
    let results = try await container.deleteBlobs(["a.tmp", "b.tmp", "c.tmp"])
    for failure in results.failures { print(failure.blob.name, failure.error?.code.rawValue ?? "") }
    // snippet.end
    return results.failures.map(\.blob.name)
}

public func sign(_ blob: BlobClient, _ container: BlobContainerClient) throws -> (link: URL, inbox: URL) {
    // snippet.blob-signatures
    let link = try blob.signedURL(permissions: [.read], expiresOn: Date(timeIntervalSinceNow: 3600))
    let inbox = try container.signedURL(permissions: [.create, .write], expiresOn: Date(timeIntervalSinceNow: 600))
    // snippet.end
    return (link, inbox)
}

public func query(_ blob: BlobClient) async throws {
    // snippet.blob-query
    let rows = try await blob.query(
        "SELECT name, total FROM BlobStorage WHERE total > 100",
        options: BlobQueryOptions(input: .csv(.init(hasHeaders: true)), output: .json()))
    for try await row in rows.records() { print(String(decoding: row, as: UTF8.self)) }
    // snippet.end
}

// MARK: Docs/Transfers.md

public func encrypt(
    _ file: String, into container: BlobContainerClient, with secret: Data
) async throws -> (LocalKeyEncryptionKey, Data) {
    // snippet.transfer-encryption
    let key = try LocalKeyEncryptionKey(id: "invoices-2026", key: secret)
    let invoice = container.blob("invoice.pdf").encrypted(with: key)
    try await invoice.upload(file: file)
    let start = try await invoice.download(
        upTo: 100, options: BlobDownloadOptions(range: BlobRange(offset: 0, length: 100)))
    // snippet.end
    return (key, start)
}
