public import AzureCore
import HTTPTypes

import struct Foundation.Data

extension BlobContainerClient {
    /// Lists the blobs, in the order of their names.
    ///
    /// Pages are fetched while the list is read, and two at most are in memory.
    ///
    /// - Parameters:
    ///   - prefix: The prefix of the names. The default is nothing.
    ///   - options: Additional content of the list, the size of pages, the continuation token.
    /// - Returns: The blobs; reading them throws an ``AzureCore/AzureError``.
    ///
    /// REST operation: List Blobs.
    public func listBlobs(
        prefix: String? = nil, options: BlobListOptions = BlobListOptions()
    ) -> PagedSequence<BlobItem> {
        ListPage.sequence(from: options.continuationToken) { token in
            try await listPage(prefix: prefix, delimiter: nil, token: token, options)
        } read: {
            try BlobListParser<BlobItem>.parse($0)
        }
    }

    /// Lists the blobs by hierarchy: names that continue after a delimiter are one entry.
    ///
    /// - Parameters:
    ///   - prefix: The prefix of the names, such as `2026/`. The default is nothing.
    ///   - delimiter: The delimiter of directories. The default is `/`.
    ///   - options: Additional content of the list, the size of pages, the continuation token.
    /// - Returns: Blobs and prefixes; reading them throws an ``AzureCore/AzureError``.
    ///
    /// REST operation: List Blobs.
    public func listBlobsByHierarchy(
        prefix: String? = nil, delimiter: String = "/", options: BlobListOptions = BlobListOptions()
    ) -> PagedSequence<BlobHierarchyItem> {
        ListPage.sequence(from: options.continuationToken) { token in
            try await listPage(prefix: prefix, delimiter: delimiter, token: token, options)
        } read: {
            try BlobListParser<BlobHierarchyItem>.parse($0)
        }
    }

    /// Gets the XML of one page.
    private func listPage(
        prefix: String?, delimiter: String?, token: String?, _ options: BlobListOptions
    ) async throws -> ServiceAnswer {
        var request = request("ListBlobs", .get, comp: "list", success: [200], call: options.call)
        request.addQuery("prefix", prefix)
        request.addQuery("delimiter", delimiter)
        request.continueList(at: token)
        if token == nil { request.addQuery("startFrom", options.startFrom) }
        request.addQuery("include", options.include.query)
        request.addQuery("maxresults", try ListPage.size(options.pageSize))
        request.responseHandling = .buffered(limit: ListPage.maxBytes)
        return try await connection.send(request)
    }
}

extension BlobServiceClient {
    /// Lists the containers, in the order of their names.
    ///
    /// - Parameters:
    ///   - prefix: The prefix of the names. The default is nothing.
    ///   - options: Additional content of the list, the size of pages, the continuation token.
    /// - Returns: The containers; reading them throws an ``AzureCore/AzureError``.
    ///
    /// REST operation: List Containers.
    public func listContainers(
        prefix: String? = nil, options: ContainerListOptions = ContainerListOptions()
    ) -> PagedSequence<ContainerItem> {
        ListPage.sequence(from: options.continuationToken) { token in
            var request = BlobRequest(
                "Service.ListContainers", .get, query: [("comp", "list")], success: [200], call: options.call)
            request.addQuery("prefix", prefix)
            request.continueList(at: token)
            request.addQuery("include", options.include.query)
            request.addQuery("maxresults", try ListPage.size(options.pageSize))
            request.responseHandling = .buffered(limit: ListPage.maxBytes)
            return try await connection.send(request)
        } read: {
            try ContainerListParser.parse($0)
        }
    }
}

/// What pages of lists have in common.
enum ListPage {
    /// The most bytes of a page, as they are after the transport decoded them: 5,000 entries of 25 KiB fit, which is more
    /// than a name of 1,024 characters, percent-encoded, 8 KiB of metadata, ten tags and all properties have.
    static let maxBytes = 128 * 1024 * 1024

    /// A list whose pages are XML, and are read ahead.
    static func sequence<Item: Sendable>(
        from token: String?, fetch: @escaping @Sendable (_ token: String?) async throws -> ServiceAnswer,
        read: @escaping @Sendable (Data) throws -> Page<Item>
    ) -> PagedSequence<Item> {
        PagedSequence(continuingFrom: token) { token in
            let answer = try await fetch(token)
            return (data: try await answer.data(), context: answer.context)
        } following: { answer in
            marker(endOf: answer.data)
        } read: { answer in
            try answer.context.reading { try read(answer.data) }
        }
    }

    /// The marker at the end of a page, found without reading the page; nil where there is none, or none that is plain.
    ///
    /// Text has no `<` in XML, so only a comment can mislead, and what comes of that is not used.
    static func marker(endOf page: Data) -> String? {
        let end = page.suffix(4096)
        guard let start = end.lastRange(of: Data("<NextMarker>".utf8))?.upperBound else { return nil }
        let text = end[start...].prefix { $0 != UInt8(ascii: "<") }
        guard !text.isEmpty, !text.contains(UInt8(ascii: "&")) else { return nil }
        return String(validating: text, as: UTF8.self)
    }

    /// The most entries that are taken from a page. The service sends 5,000, or 10,000 parts of a page blob; a page of
    /// empty elements would otherwise become far more memory than it has bytes.
    static let maxEntries = 50_000

    /// Makes sure that an entry of a list has a name.
    static func check(name: String) throws {
        guard !name.isEmpty else {
            throw AzureError(code: .invalidResponse, message: "An entry of the list has no name.")
        }
    }

    /// Refuses a page with more entries than any can have.
    static func check(entries: Int) throws {
        guard entries < maxEntries else {
            throw AzureError(
                service: .blob, code: .bodyTooLarge,
                message: "A page of the list has more than the \(maxEntries) entries that are taken into memory.")
        }
    }

    static func size(_ size: Int?, atMost limit: Int = Limits.pageSize) throws -> String? {
        guard let size else { return nil }
        guard (1...limit).contains(size) else {
            throw AzureError.invalidArgument(
                "A page of a list has 1 to \(limit) entries; \(size) were asked for.")
        }
        return String(size)
    }
}
