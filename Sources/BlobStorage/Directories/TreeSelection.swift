import AzureCore

/// Which paths a transfer of a tree is about.
struct TreeSelection: Sendable {
    private let include: [PathPattern]
    private let exclude: [PathPattern]

    init(_ options: TreeTransferOptions) throws {
        guard options.concurrentFiles > 0 else {
            throw AzureError.invalidArgument(
                "At least one file must be under way; \(options.concurrentFiles) were asked for.")
        }
        include = try options.include.map { try PathPattern($0) }
        exclude = try options.exclude.map { try PathPattern($0) }
    }

    func contains(_ path: String) -> Bool {
        (include.isEmpty || include.contains { $0.matches(path) }) && !exclude.contains { $0.matches(path) }
    }

    /// Whether nothing below a directory can be meant.
    func leavesOut(directory path: String) -> Bool {
        exclude.contains { $0.matchesAll(below: path) }
    }
}

extension TreeTransferOptions {
    /// Refuses to delete what is not below a directory, by a prefix that is the beginning of other names, too.
    func checkDeletion(below prefix: String) throws {
        guard !deletesExtra || prefix.isEmpty || prefix.hasSuffix("/") else {
            throw AzureError.invalidArgument(
                "With the prefix '\(prefix)' all blobs whose names begin so would count as extra and be deleted, such as "
                    + "'\(prefix)-old/a'. Let the prefix end with '/', or delete nothing.")
        }
    }
}
