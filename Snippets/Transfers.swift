import BlobStorage

// MARK: Docs/Transfers.md

public func uploadWithProgress(_ file: String, to blob: BlobClient) async throws {
    // snippet.transfer-progress
    try await blob.upload(file: file) { progress in
        for await step in progress {
            print("\(step.bytes) of \(step.total ?? 0) bytes, \(step.timeLeft ?? .zero) to go")
        }
    }
    // snippet.end
}

public func uploadSlowly(_ file: String, to blob: BlobClient) async throws {
    // snippet.transfer-bandwidth
    let limit = BandwidthLimit(bytesPerSecond: 2_000_000)
    try await blob.upload(file: file, options: BlobUploadOptions(transfer: BlobTransferOptions(bandwidth: limit)))
    // snippet.end
}

public func downloadVerified(_ blob: BlobClient, to file: String) async throws -> BlobDownloadResult {
    // snippet.transfer-verification
    let result = try await blob.download(to: file)
    if result.validation == .none { print("the service sent no checksums") }
    // snippet.end
    return result
}

public func compress(_ file: String, to blob: BlobClient, andBackTo copy: String) async throws {
    // snippet.transfer-compression
    try await blob.upload(file: file, options: BlobUploadOptions(compression: .gzip))
    try await blob.download(to: copy, options: BlobDownloadOptions(decompresses: true))
    // snippet.end
}

public func transferTree(
    _ directory: String, to container: BlobContainerClient, andBackTo copy: String
) async throws -> TreeTransferReport {
    // snippet.transfer-trees
    let report = try await container.uploadDirectory(
        directory, prefix: "www/",
        options: TreeTransferOptions(exclude: [".git/", "*.tmp"], overwrite: .ifDifferent))
    for entry in report.failed { print(entry.name, entry.error ?? "") }

    let back = try await container.downloadContainer(
        to: copy, prefix: "www/", options: TreeTransferOptions(include: ["*.html"]))
    print(back)  // 2 done (11 bytes), 0 skipped, 0 failed
    // snippet.end
    return back
}

public func backUpTree(_ directory: String, to container: BlobContainerClient, journals: String) async throws
    -> TreeTransferReport
{
    // snippet.transfer-tree-progress
    let options = TreeTransferOptions(overwrite: .ifDifferent, keepsModificationTimes: true, journals: journals)
    let report = try await container.uploadDirectory(directory, prefix: "photos/", options: options) { progress in
        for await step in progress {
            let total = step.total?.files.description ?? "?"
            print(
                "\(step.done.files) of \(total) files, \(Int((step.fraction ?? 0) * 100)) %, \(step.failed.files) failed"
            )
        }
    }
    // snippet.end
    return report
}

public func mirrorTree(_ directory: String, to container: BlobContainerClient) async throws -> TreeTransferReport {
    // snippet.transfer-tree-mirror
    var options = TreeTransferOptions(exclude: ["*.log"], overwrite: .ifDifferent, isDryRun: true, deletesExtra: true)
    let plan = try await container.uploadDirectory(directory, prefix: "www/", options: options)
    for entry in plan.deleted { print("would delete \(entry.name)") }
    options.isDryRun = false
    let report = try await container.uploadDirectory(directory, prefix: "www/", options: options)
    // snippet.end
    return report
}

public func publishTree(_ directory: String, to container: BlobContainerClient) async throws -> TreeTransferReport {
    // snippet.transfer-tree-each
    let options = TreeTransferOptions(
        beforeEach: { file in
            file.httpHeaders.cacheControl = file.name.hasSuffix(".html") ? "no-cache" : "max-age=31536000, immutable"
            file.isSkipped = file.size > 100_000_000
        })
    let report = try await container.uploadDirectory(directory, prefix: "www/", options: options)
    // snippet.end
    return report
}

public func copyTree(
    from source: BlobContainerClient, to container: BlobContainerClient
) async throws -> TreeTransferReport {
    // snippet.transfer-tree-copy
    let report = try await container.copyTree(
        from: source, prefix: "photos/", to: "archive/photos/", copy: TreeCopyOptions(accessTier: .cool))
    // snippet.end
    return report
}

public func transferResumably(
    _ file: String, to blob: BlobClient, andBackTo copy: String
) async throws -> TransferResumption {
    // snippet.transfer-interruptions
    let result = try await blob.uploadResumably(file: file)
    if result.resumption.isResumed { print("\(result.resumption.resumedBytes) bytes were there already") }
    try await blob.downloadResumably(to: copy)
    // snippet.end
    return result.resumption
}

// MARK: Docs/ErrorsAndRetries.md

public func explain(_ error: AzureError) throws {
    // snippet.error-families
    switch error.code {
    case .containerBeingDeleted: print("its name is free again in a while")
    case .notFound: print("not there")
    case .throttled: print("later")
    default: throw error
    }
    // snippet.end
}

// MARK: Docs/Transports.md

#if Curl
public func connectThroughProxy(endpoint: String, credential: StorageCredential) throws -> BlobServiceClient {
    // snippet.transport-curl
    let transport = CurlTransport(
        options: CurlOptions(
            maxConnectionsPerHost: 64,
            certificateAuthoritiesFile: "/etc/company/ca.pem",
            proxy: "http://proxy.example:3128"))
    let service = try BlobServiceClient(
        endpoint: endpoint, credential: credential,
        options: BlobClientOptions(pipeline: PipelineOptions(transport: transport)))
    // snippet.end
    return service
}
#endif
