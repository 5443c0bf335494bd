public import AzureCore
import HTTPTypes
import StorageCore

public import struct Foundation.URL

extension PageBlobClient {
    /// Lists the parts of the blob that have been written.
    ///
    /// - Parameter options: A range to look at, conditions, the size of pages and more.
    /// - Returns: The parts, in order; reading them throws an ``AzureCore/AzureError``. A blob that changes while the
    ///   list is read gives parts of different states, unless ``BlobAccessConditions/ifMatch`` forbids it.
    ///
    /// REST operation: Get Page Ranges.
    public func pageRanges(options: PageRangesOptions = PageRangesOptions()) -> PagedSequence<PageRange> {
        ranges("PageBlob.GetRanges", previousSnapshot: nil, previousSnapshotURL: nil, options)
    }

    /// Lists the parts of the blob that have been written or cleared since a snapshot.
    ///
    /// - Parameters:
    ///   - snapshot: An earlier snapshot of this blob, by its time.
    ///   - options: A range to look at, conditions, the size of pages and more.
    /// - Returns: The parts, in order; reading them throws an ``AzureCore/AzureError``.
    ///
    /// REST operation: Get Page Ranges, with `prevsnapshot`.
    public func pageRanges(
        changedSince snapshot: String, options: PageRangesOptions = PageRangesOptions()
    ) -> PagedSequence<PageRange> {
        ranges("PageBlob.GetRangesDiff", previousSnapshot: snapshot, previousSnapshotURL: nil, options)
    }

    /// Lists the parts of the blob, the disk of a managed disk account, that have been written or cleared since a
    /// snapshot.
    ///
    /// - Parameters:
    ///   - url: The URL of an earlier snapshot of this disk.
    ///   - options: A range to look at, conditions, the size of pages and more.
    /// - Returns: The parts, in order; reading them throws an ``AzureCore/AzureError``.
    ///
    /// REST operation: Get Page Ranges, with `x-ms-previous-snapshot-url`.
    public func pageRanges(
        changedSinceSnapshotAt url: String, options: PageRangesOptions = PageRangesOptions()
    ) -> PagedSequence<PageRange> {
        ranges("PageBlob.GetRangesDiff", previousSnapshot: nil, previousSnapshotURL: url, options)
    }

    /// Lists the parts of the blob, the disk of a managed disk account, that have been written or cleared since a
    /// snapshot.
    ///
    /// - Parameters:
    ///   - url: The URL of an earlier snapshot of this disk.
    ///   - options: A range to look at, conditions, the size of pages and more.
    /// - Returns: The parts, in order; reading them throws an ``AzureCore/AzureError``.
    ///
    /// REST operation: Get Page Ranges, with `x-ms-previous-snapshot-url`.
    public func pageRanges(
        changedSinceSnapshotAt url: URL, options: PageRangesOptions = PageRangesOptions()
    ) -> PagedSequence<PageRange> {
        pageRanges(changedSinceSnapshotAt: url.absoluteString, options: options)
    }

    private func ranges(
        _ operation: String, previousSnapshot: String?, previousSnapshotURL: String?, _ options: PageRangesOptions
    ) -> PagedSequence<PageRange> {
        PagedSequence(continuingFrom: options.continuationToken) { token in
            try options.range?.check()
            var request = blob.request(operation, .get, comp: "pagelist", success: [200], call: options.call)
            request.addQuery("prevsnapshot", previousSnapshot)
            try request.headers.set(.previousSnapshotURL, previousSnapshotURL)
            request.continueList(at: token)
            request.addQuery("maxresults", try ListPage.size(options.pageSize, atMost: PageRangesOptions.maxPageSize))
            try request.headers.set(.storageRange, options.range?.description)
            try options.conditions.apply(to: &request.headers)
            request.responseHandling = .buffered(limit: ListPage.maxBytes)
            let response = try await blob.connection.send(request)
            options.onPage?(PageRangesInfo(response.head))
            return try await response.read { try PageRangeParser.parse($0) }
        }
    }
}

/// A part of a page blob.
public struct PageRange: Sendable, Hashable {
    /// The first byte.
    public var offset: Int64
    /// The number of bytes.
    public var length: Int64
    /// Whether the part was cleared; only lists of changes show such parts.
    public var isCleared: Bool

    /// Describes a part.
    public init(offset: Int64, length: Int64, isCleared: Bool = false) {
        self.offset = offset
        self.length = length
        self.isCleared = isCleared
    }
}

/// The properties of the blob that a page of its ranges was read from.
///
/// With the ETag of the first page in ``BlobAccessConditions/ifMatch`` the remaining pages can be read later, or by
/// another process, as long as the blob does not change.
public struct PageRangesInfo: Sendable, Hashable {
    /// The ETag of the blob.
    public var etag: ETag?
    /// The time of the last change of the blob.
    public var lastModified: AzureTimestamp?
    /// The size of the blob in bytes.
    public var blobContentLength: Int64?
    /// The answer's general header fields.
    public var response: ResponseInfo

    init(_ head: HTTPResponse) {
        etag = head.headerFields.open(.eTag)
        lastModified = head.headerFields.timestamp(.lastModified)
        blobContentLength = head.headerFields.length(.blobContentLength)
        response = ResponseInfo(head)
    }
}

/// Options for listing the ranges of a page blob.
public struct PageRangesOptions: Sendable {
    /// The range to list. The default is the whole blob.
    public var range: BlobRange?
    /// The maximum number of ranges of a page, 1 to 10,000. The default is that of the service.
    public var pageSize: Int?
    /// The continuation token of a page of an earlier list. The default starts at the beginning.
    public var continuationToken: String?
    /// Under which conditions to answer.
    public var conditions: BlobAccessConditions
    /// Called for each page of the list with the properties of the blob. The default does nothing.
    public var onPage: (@Sendable (PageRangesInfo) -> Void)?
    /// Options of each call.
    public var call: CallOptions

    static let maxPageSize = 10_000

    /// Creates options.
    public init(
        range: BlobRange? = nil,
        pageSize: Int? = nil,
        continuationToken: String? = nil,
        conditions: BlobAccessConditions = BlobAccessConditions(),
        onPage: (@Sendable (PageRangesInfo) -> Void)? = nil,
        call: CallOptions = CallOptions()
    ) {
        self.range = range
        self.pageSize = pageSize
        self.continuationToken = continuationToken
        self.conditions = conditions
        self.onPage = onPage
        self.call = call
    }
}
