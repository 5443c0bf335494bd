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
    /// source was changed later, or at another time where times of modification are kept.
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
///
/// A pattern has at most 2,048 characters.
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
    /// Uploads only: whether a blob gets the content type that belongs to the extension of its name, see
    /// ``BlobContentType``, where the options of the upload have none. The default is true.
    public var setsContentTypes: Bool
    /// Whether the times of modification of files are kept. An upload stores each in the metadata of the blob, as
    /// `mtime`; a download gives it to the file, or the time of the blob's last change where none is stored. Rules that
    /// look at times then compare these. The default is false.
    public var keepsModificationTimes: Bool
    /// The directory for the journals of large files, so that the same call after an interruption resumes each in the
    /// middle; see ``BlobClient/uploadResumably(file:journal:options:following:)``. It is created if needed, and a
    /// journal is removed when its file is done. The default is nil: an interrupted file begins anew.
    public var journals: String?
    /// Whether blobs that have no file are deleted after an upload, and files that have no blob after a download. Only
    /// what is below the prefix and the directory, and is not left out by patterns, is deleted, and nothing at all unless
    /// the whole tree was processed without a failure. In a dry run the report says what would be deleted. The default
    /// is false.
    public var deletesExtra: Bool
    /// Whether the report keeps an entry for all that was done and skipped. The default is true; failures are always
    /// kept.
    public var keepsEntries: Bool
    /// Called with each file before it is looked at further, several at a time: it may skip the file, and give the blob
    /// of an upload header fields, metadata, tags and a tier. What it throws is the failure of the file.
    public var beforeEach: (@Sendable (inout TreeFile) async throws -> Void)?
    /// Called with each entry when it has ended, one at a time.
    public var onEntry: (@Sendable (TreeTransferEntry) -> Void)?

    /// Creates options.
    public init(
        include: [String] = [], exclude: [String] = [], overwrite: OverwriteRule = .never, isDryRun: Bool = false,
        concurrentFiles: Int = 4, stopsAtFirstFailure: Bool = false, followsSymbolicLinks: Bool = false,
        storesMD5: Bool = false, setsContentTypes: Bool = true, keepsModificationTimes: Bool = false,
        journals: String? = nil, deletesExtra: Bool = false, keepsEntries: Bool = true,
        beforeEach: (@Sendable (inout TreeFile) async throws -> Void)? = nil,
        onEntry: (@Sendable (TreeTransferEntry) -> Void)? = nil
    ) {
        self.include = include
        self.exclude = exclude
        self.overwrite = overwrite
        self.isDryRun = isDryRun
        self.concurrentFiles = concurrentFiles
        self.stopsAtFirstFailure = stopsAtFirstFailure
        self.followsSymbolicLinks = followsSymbolicLinks
        self.storesMD5 = storesMD5
        self.setsContentTypes = setsContentTypes
        self.keepsModificationTimes = keepsModificationTimes
        self.journals = journals
        self.deletesExtra = deletesExtra
        self.keepsEntries = keepsEntries
        self.beforeEach = beforeEach
        self.onEntry = onEntry
    }
}
