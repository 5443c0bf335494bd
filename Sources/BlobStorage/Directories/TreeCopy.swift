import AzureCore
import Foundation
import HTTPTypes

/// Copies the blobs of one tree.
struct TreeCopy: Sendable {
    let source: BlobContainerClient
    let container: BlobContainerClient
    let options: TreeTransferOptions
    let copy: TreeCopyOptions

    /// A blob, and the name of its copy.
    struct Item: TreeItem {
        let blob: BlobItem
        let name: String

        var size: Int64 { blob.properties.contentLength }
    }

    func transfer(_ item: Item, _ progress: TransferProgress?) async throws -> TreeItemResult {
        try Checks.blobName(item.name)
        let properties = item.blob.properties
        guard properties.blobType ?? .blockBlob == .blockBlob else {
            throw AzureError.invalidArgument(
                "'\(item.blob.name)' is no block blob, and a copy would be one; copy it by itself with startCopy.")
        }
        guard var upload = try await prepared(item) else { return .skipped(.byCaller) }
        let target = container.blob(item.name)
        let existing = try await existing(target)
        let digests = (properties.httpHeaders.contentMD5, existing?.httpHeaders.contentMD5)
        let decision = OverwriteDecision(
            options.overwrite, source: state(properties), target: existing.map(state),
            hasDigest: digests.0 != nil && digests.1 != nil)
        switch decision {
        case .skip(let reason): return .skipped(reason)
        case .compareDigests where digests.0 == digests.1: return .skipped(.same)
        case .compareDigests, .transfer: break
        }
        guard !options.isDryRun else { return .planned }
        upload.overwrite = existing != nil || options.overwrite == .always
        upload.conditions.ifMatch = existing?.etag
        do {
            try await send(item, to: target.blockBlob, upload, progress)
        } catch AzureErrorCode.blobAlreadyExists where options.overwrite == .never {
            return .skipped(.exists)
        }
        return .done
    }

    /// What the copy gets, as the caller wants it; nil when it is to be skipped.
    private func prepared(_ item: Item) async throws -> BlobUploadOptions? {
        let properties = item.blob.properties
        return try await BlobUploadOptions(
            httpHeaders: properties.httpHeaders, metadata: properties.metadata, accessTier: copy.accessTier,
            call: copy.call.withoutDate
        ).chosen(by: options.beforeEach, name: item.name, size: item.size, modified: properties.lastModified)
    }

    private func existing(_ blob: BlobClient) async throws -> BlobProperties? {
        guard options.overwrite != .always else { return nil }
        do {
            return try await blob.properties(options: BlobPropertiesOptions(call: copy.call.withoutDate))
        } catch let error as AzureError where error.meansAbsent {
            return nil
        }
    }

    private func state(_ properties: BlobProperties) -> TreeItemState {
        TreeItemState(properties, keepingTimes: options.keepsModificationTimes)
    }

    private func send(
        _ item: Item, to blob: BlockBlobClient, _ upload: BlobUploadOptions, _ progress: TransferProgress?
    ) async throws {
        let content = try readable(source.blob(item.blob.name), item.blob.properties.etag)
        let time = container.connection.timeSource
        let meter = TransferMeter(progress, total: item.size, timeSource: time)
        guard item.size > copy.singleShotLimit else {
            _ = try await blob.put(from: content, copiesProperties: false, options: upload)
            meter.add(item.size)
            return
        }
        let plan = try TransferPlan.upload(length: item.size, partSize: copy.partSize)
        let prefix = UUID().uuidString
        let numbers = PartNumbers(count: plan.count)
        try await PartTransfer(concurrency: copy.concurrency, timeSource: time).run {
            await numbers.next()
        } transfer: { index, refusals in
            let (offset, length) = plan[index]
            var part = content
            part.range = BlobRange(offset: offset, length: length)
            _ = try await blob.stageBlock(
                id: BlockID(prefix: prefix, number: index), from: part,
                options: BlobUpdateOptions(call: upload.call.noting(refusals)))
            meter.add(length)
            return ((), bytes: length)
        } settle: { _ in
        }
        _ = try await blob.commitBlockList(
            (0..<plan.count).map { BlockID(prefix: prefix, number: $0) }, options: upload)
    }

    /// A blob as the service can read it for the time of its copy, in the version that was listed.
    private func readable(_ blob: BlobClient, _ version: ETag?) throws -> BlobCopySource {
        let connection = source.connection
        var content: BlobCopySource
        if connection.credential.sharedKey != nil {
            let end = connection.timeSource.now().addingTimeInterval(copy.signatureLifetime.seconds)
            content = BlobCopySource(url: try blob.signedURLForReading(until: end))
        } else {
            // Its own signature is a part of this, and a token is asked for with each part.
            content = BlobCopySource(blob)
        }
        content.conditions.ifMatch = version
        return content
    }
}
