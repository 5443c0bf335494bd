import AzureCore

/// The blobs below a prefix that have no file or blob as their source, which are deleted when a tree was transferred.
struct ExtraBlobs: Sendable {
    let container: BlobContainerClient
    /// What stands before the names of all blobs of the tree, and how the names that are meant begin behind it.
    let left: String
    var beginning = ""
    let selection: TreeSelection
    /// What the source has, as bytes: names that are spelt otherwise are other blobs.
    let names: Set<[UInt8]>
    let isDryRun: Bool
    let call: CallOptions
    let leaseID: String?

    /// A blob that is deleted.
    private struct Blob: TreeItem {
        let name: String
        let size: Int64
        let etag: ETag?
    }

    /// Deletes them, and adds them to a report.
    func delete(_ transfer: TreeTransfer, _ report: TreeTransferReport) async throws -> TreeTransferReport {
        var blobs = container.listTree(left + beginning, call).makeAsyncIterator()
        func next() async throws -> TreeStep<Blob>? {
            while let blob = try await blobs.next() {
                // Whatever the service lists, nothing but this is meant.
                guard blob.name.utf8.starts(with: (left + beginning).utf8), blob.snapshot == nil, !blob.isDeleted else {
                    continue
                }
                let name = blob.name(behind: left.utf8.count)
                guard !blob.standsForDirectory(named: name), selection.contains(name),
                    !names.contains(Array(name.utf8))
                else { continue }
                return .item(
                    Blob(name: blob.name, size: blob.properties.contentLength, etag: blob.properties.etag))
            }
            return nil
        }
        return try await transfer.delete(next: next, report) { blob in
            let outcome = try await TreeTransfer.outcome {
                guard !isDryRun else { return .deletionPlanned }
                // A blob that somebody has written since it was listed stays.
                _ = try await container.blob(blob.name).deleteIfExists(
                    options: BlobDeleteOptions(
                        conditions: BlobAccessConditions(ifMatch: blob.etag, leaseID: leaseID), call: call.withoutDate))
                return .deleted
            }
            return TreeTransferEntry(name: blob.name, path: "", size: blob.size, outcome)
        }
    }
}

/// The files below a directory that have no blob, which are deleted when a container was downloaded.
struct ExtraFiles: Sendable {
    let directory: String
    /// What the name of a blob has before the path of its file, and how the paths of all files that are meant begin.
    let left: String
    let beginning: String
    let selection: TreeSelection
    /// What the container has, without regard to case: to some file systems that is one file.
    let paths: Set<String>
    let isDryRun: Bool

    /// Deletes them, and adds them to a report.
    func delete(_ transfer: TreeTransfer, _ report: TreeTransferReport) async throws -> TreeTransferReport {
        guard try await BlockingIO.run({ [directory] in try FileStatus(of: directory, followsLinks: true) }) != nil
        else { return report }
        let walk = try await DirectoryWalk(directory, selection: selection, followsLinks: false)
        func next() async throws -> TreeStep<DirectoryWalk.File>? {
            while let step = try await walk.next() {
                switch step {
                case .item(let file):
                    let isMeant = file.name.utf8.starts(with: beginning.utf8)
                    if isMeant, !paths.contains(file.name.lowercased()) { return step }
                // A directory that cannot be read. Links and pipes were never downloaded.
                case .settled(var entry):
                    guard entry.outcome == .failed else { continue }
                    entry.name = left + entry.name
                    return .settled(entry)
                }
            }
            return nil
        }
        return try await transfer.delete(next: next, report) { [directory, isDryRun, left] file in
            let outcome = try await TreeTransfer.outcome {
                guard !isDryRun else { return .deletionPlanned }
                let parts = file.name.split(separator: "/").map { String($0) }
                try await BlockingIO.run { try LocalFileSystem.remove(parts, below: directory) }
                return .deleted
            }
            return TreeTransferEntry(name: left + file.name, path: file.path, size: file.size, outcome)
        }
    }
}

extension TreeTransfer {
    /// Deletes items as they come, and adds them to a report.
    func delete<Item: TreeItem>(
        next: () async throws -> TreeStep<Item>?, _ report: TreeTransferReport,
        delete: @escaping @Sendable (Item) async throws -> TreeTransferEntry
    ) async throws -> TreeTransferReport {
        var report = report
        try await withThrowingTaskGroup(of: TreeTransferEntry.self) { group in
            var running = 0
            while report.isComplete {
                if running < options.concurrentFiles, let step = try await next() {
                    switch step {
                    case .settled(let entry): settle(deletion: entry, &report)
                    case .item(let item):
                        running += 1
                        group.addTask { try await delete(item) }
                    }
                    continue
                }
                guard let entry = try await group.next() else { break }
                running -= 1
                settle(deletion: entry, &report)
            }
            while let entry = try await group.next() { settle(deletion: entry, &report) }
        }
        return report
    }

    private func settle(deletion entry: TreeTransferEntry, _ report: inout TreeTransferReport) {
        report.add(entry, keepsEntries: options.keepsEntries)
        if entry.outcome != .failed { meter?.change { $0.deleted() } }
        if entry.outcome == .failed, options.stopsAtFirstFailure { report.isComplete = false }
        options.onEntry?(entry)
    }
}

extension BlobItem {
    /// The name without its first bytes: those of a prefix.
    func name(behind count: Int) -> String {
        String(decoding: name.utf8.dropFirst(count), as: UTF8.self)
    }

    /// Whether this is an empty blob that some clients keep in place of a directory.
    func standsForDirectory(named name: String) -> Bool {
        properties.contentLength == 0
            && (name.isEmpty || name.hasSuffix("/")
                || properties.metadata.contains { $0.key.lowercased() == "hdi_isfolder" && $0.value == "true" })
    }
}
