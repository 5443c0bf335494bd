public import AzureCore
import HTTPTypes

public import struct Foundation.Data

extension BlobContainerClient {
    /// Gets one page of the list of blobs in the format of Apache Arrow, undecoded.
    ///
    /// The service may respond in XML nevertheless; see ``BlobArrowListing/isArrow``. The marker of the next page is in
    /// the metadata of the answer's schema, under `NextMarker`.
    ///
    /// - Parameters:
    ///   - prefix: The prefix of the names. The default is nothing.
    ///   - delimiter: The delimiter of directories: names that continue after it are one entry. The default lists all
    ///     blobs.
    ///   - options: Additional content of the list, the size of the page, where it begins and ends.
    /// - Returns: The answer, whose bytes come as they arrive and can be read once.
    ///
    /// REST operation: List Blobs.
    public func listBlobsAsArrow(
        prefix: String? = nil, delimiter: String? = nil, options: BlobArrowListOptions = BlobArrowListOptions()
    ) async throws -> BlobArrowListing {
        var request = request("ListBlobsAsArrow", .get, comp: "list", success: [200], call: options.call)
        request.headers[.accept] = "\(BlobArrowListing.arrowType),application/xml"
        request.addQuery("prefix", prefix)
        request.addQuery("delimiter", delimiter)
        request.addQuery("marker", options.continuationToken)
        request.addQuery("startFrom", options.startFrom)
        request.addQuery("endBefore", options.endBefore)
        request.addQuery("include", options.include.query)
        request.addQuery("maxresults", try ListPage.size(options.pageSize))
        request.responseHandling = .streamed
        let response = try await connection.send(request)
        return BlobArrowListing(response: ResponseInfo(response.head), stream: response.body.stream)
    }
}

/// One page of a list of blobs, as bytes in the streaming format of Apache Arrow. It can be read once.
public struct BlobArrowListing: AsyncSequence, Sendable {
    public typealias Element = Data
    public typealias Failure = any Error
    public typealias AsyncIterator = HTTPByteStream.AsyncIterator

    static let arrowType = "application/vnd.apache.arrow.stream"

    /// The general header fields of the answer.
    public let response: ResponseInfo
    let stream: HTTPByteStream

    /// Whether the bytes are Arrow; otherwise the account does not know it, and they are XML.
    public var isArrow: Bool {
        response.contentType?.lowercased().hasPrefix(Self.arrowType) == true
    }

    public func makeAsyncIterator() -> AsyncIterator {
        stream.makeAsyncIterator()
    }

    /// Reads the whole page into memory.
    ///
    /// - Parameter limit: The maximum number of bytes to accept.
    /// - Throws: An ``AzureCore/AzureError`` with ``AzureCore/AzureErrorCode/bodyTooLarge`` when there are more.
    public func collect(upTo limit: Int) async throws -> Data {
        try await stream.collect(upTo: limit)
    }
}

/// Options for listing blobs in the format of Apache Arrow.
public struct BlobArrowListOptions: Sendable {
    /// The additional content of the list. The default is nothing.
    public var include: BlobListInclude
    /// The maximum number of entries of the page, 1 to 5,000. The default is that of the service, 5,000.
    public var pageSize: Int?
    /// The first name of the list.
    public var startFrom: String?
    /// The name before which the list ends.
    public var endBefore: String?
    /// The continuation token to resume from. The default starts at the beginning.
    public var continuationToken: String?
    /// Options of this call.
    public var call: CallOptions

    /// Creates options.
    public init(
        include: BlobListInclude = [], pageSize: Int? = nil, startFrom: String? = nil, endBefore: String? = nil,
        continuationToken: String? = nil, call: CallOptions = CallOptions()
    ) {
        self.include = include
        self.pageSize = pageSize
        self.startFrom = startFrom
        self.endBefore = endBefore
        self.continuationToken = continuationToken
        self.call = call
    }
}
