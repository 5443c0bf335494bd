import AzureCore

extension BlobContainerClient {
    /// Lists the blobs of a tree, with their metadata, which tells those that stand for directories from empty files.
    func listTree(_ prefix: String, _ call: CallOptions) -> PagedSequence<BlobItem> {
        listBlobs(
            prefix: prefix.isEmpty ? nil : prefix, options: BlobListOptions(include: .metadata, call: call.withoutDate))
    }
}

/// A blob, and the parts of the path that its file gets.
struct TreeBlob: TreeItem {
    let blob: BlobItem
    let parts: [String]

    var size: Int64 { blob.properties.contentLength }
}

/// Which blobs of a list become which files.
struct TreeNames {
    private let left: Int
    private let selection: TreeSelection
    private var paths = LocalBlobPaths()

    init(prefix: String, selection: TreeSelection) {
        left = Self.split(prefix).left.utf8.count
        self.selection = selection
    }

    /// What of a prefix is left out of the paths, and how all paths begin.
    static func split(_ prefix: String) -> (left: String, beginning: String) {
        guard let slash = prefix.utf8.lastIndex(of: UInt8(ascii: "/")) else { return ("", prefix) }
        let rest = prefix.utf8.index(after: slash)
        return (String(prefix[..<rest]), String(prefix[rest...]))
    }

    /// How many blobs there are that would be looked at, with their sizes.
    static func count(
        _ blobs: PagedSequence<BlobItem>, prefix: String, selection: TreeSelection
    ) async throws -> TreeTransferProgress.Count {
        let names = TreeNames(prefix: prefix, selection: selection)
        var count = TreeTransferProgress.Count()
        for try await blob in blobs where selection.contains(blob.name(behind: names.left)) {
            count.add(blob.properties.contentLength)
        }
        return count
    }

    /// What to do with a blob; nil for one that is not meant.
    mutating func step(_ blob: BlobItem) -> TreeStep<TreeBlob>? {
        let name = blob.name(behind: left)
        guard selection.contains(name) else { return nil }
        func settled(_ outcome: TreeItemResult) -> TreeStep<TreeBlob> {
            .settled(
                TreeTransferEntry(name: blob.name, path: "", size: blob.properties.contentLength, outcome))
        }
        // A marker stands for a directory, which is made when a file needs it.
        if blob.standsForDirectory(named: name) { return settled(.skipped(.directory)) }
        do {
            return .item(TreeBlob(blob: blob, parts: try paths.path(of: name)))
        } catch {
            return settled(.failed(error))
        }
    }
}
