import AzureCore

/// A rule for replacing existing files and blobs. More may be added.
public struct OverwriteRule: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case never, ifNewer, ifDifferent, always
    }

    let kind: Kind

    /// Never replace.
    public static let never = OverwriteRule(kind: .never)
    /// Replace when the source was changed later than the target.
    public static let ifNewer = OverwriteRule(kind: .ifNewer)
    /// Replace when the contents differ: in size, or in their MD5 where the blob has one. Where it has none, when the
    /// source was changed later.
    public static let ifDifferent = OverwriteRule(kind: .ifDifferent)
    /// Always replace.
    public static let always = OverwriteRule(kind: .always)
}

/// Options for uploading a directory and for downloading a container.
///
/// Patterns are compared with paths below the directory, which have `/` between their parts. `*` stands for any
/// characters but `/`, `?` for one of them, and `**` for any characters. A pattern without `/` is compared with the last
/// part of each path; one that ends with `/` covers everything below directories of that name:
///
/// | pattern | covers |
/// |---|---|
/// | `*.txt` | all texts, at any depth |
/// | `/*.txt` | texts at the top |
/// | `src/**/*.swift` | sources below `src` |
/// | `.git/` | everything in directories called `.git` |
public struct TreeTransferOptions: Sendable {
    /// Patterns of what to transfer. The default, no pattern, is everything.
    public var include: [String]
    /// Patterns of what to leave out, also of what ``include`` covers.
    public var exclude: [String]
    /// The rule for replacing existing files and blobs. The default is never.
    public var overwrite: OverwriteRule
    /// Whether only to report what would be done. The default is false.
    public var isDryRun: Bool
    /// The number of concurrent files, at least 1; each may have several concurrent parts. The default is 4.
    public var concurrentFiles: Int
    /// Whether the first failure ends the transfer. The default is false: the transfer continues, and the report lists
    /// all failures.
    public var stopsAtFirstFailure: Bool
    /// Uploads only: whether what symbolic links lead to is uploaded. The default is false: they are skipped.
    public var followsSymbolicLinks: Bool
    /// Uploads only: whether each blob gets the MD5 of its file, so that ``OverwriteRule/ifDifferent`` can tell exactly
    /// later on. Each file is then read twice. The default is false.
    public var storesMD5: Bool
    /// Whether the report keeps an entry for all that was done and skipped. The default is true; failures are always
    /// kept.
    public var keepsEntries: Bool
    /// Called with each entry when it has ended, one at a time.
    public var onEntry: (@Sendable (TreeTransferEntry) -> Void)?

    /// Creates options.
    public init(
        include: [String] = [], exclude: [String] = [], overwrite: OverwriteRule = .never, isDryRun: Bool = false,
        concurrentFiles: Int = 4, stopsAtFirstFailure: Bool = false, followsSymbolicLinks: Bool = false,
        storesMD5: Bool = false, keepsEntries: Bool = true, onEntry: (@Sendable (TreeTransferEntry) -> Void)? = nil
    ) {
        self.include = include
        self.exclude = exclude
        self.overwrite = overwrite
        self.isDryRun = isDryRun
        self.concurrentFiles = concurrentFiles
        self.stopsAtFirstFailure = stopsAtFirstFailure
        self.followsSymbolicLinks = followsSymbolicLinks
        self.storesMD5 = storesMD5
        self.keepsEntries = keepsEntries
        self.onEntry = onEntry
    }
}

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
