public import AzureCore
import HTTPTypes

import struct Foundation.Data

extension BlobContainerClient {
    /// Lists the blobs, in the order of their names.
    ///
    /// Pages are fetched while the list is read, and one at most is in memory.
    ///
    /// - Parameters:
    ///   - prefix: What the names have to begin with. The default is nothing.
    ///   - options: What the list shows, the size of pages, where to go on.
    /// - Returns: The blobs; reading them throws an ``AzureCore/AzureError``.
    ///
    /// REST operation: List Blobs.
    public func listBlobs(
        prefix: String? = nil, options: BlobListOptions = BlobListOptions()
    ) -> PagedSequence<BlobItem> {
        PagedSequence(continuingFrom: options.continuationToken) { token in
            try BlobListParser<BlobItem>.parse(
                await listPage(prefix: prefix, delimiter: nil, token: token, options))
        }
    }

    /// Lists the blobs as if they lay in directories: names that go on behind a delimiter are one entry.
    ///
    /// - Parameters:
    ///   - prefix: What the names have to begin with, such as `2026/`. The default is nothing.
    ///   - delimiter: What separates directories. The default is `/`.
    ///   - options: What the list shows, the size of pages, where to go on.
    /// - Returns: Blobs and prefixes; reading them throws an ``AzureCore/AzureError``.
    ///
    /// REST operation: List Blobs.
    public func listBlobsByHierarchy(
        prefix: String? = nil, delimiter: String = "/", options: BlobListOptions = BlobListOptions()
    ) -> PagedSequence<BlobHierarchyItem> {
        PagedSequence(continuingFrom: options.continuationToken) { token in
            try BlobListParser<BlobHierarchyItem>.parse(
                await listPage(prefix: prefix, delimiter: delimiter, token: token, options))
        }
    }

    /// Gets the XML of one page.
    private func listPage(
        prefix: String?, delimiter: String?, token: String?, _ options: BlobListOptions
    ) async throws -> Data {
        var request = request("ListBlobs", .get, comp: "list", success: [200], call: options.call)
        request.addQuery("prefix", prefix)
        request.addQuery("delimiter", delimiter)
        request.addQuery("marker", token)
        if token == nil { request.addQuery("startFrom", options.startFrom) }
        request.addQuery("include", options.include.query)
        request.addQuery("maxresults", try ListPage.size(options.pageSize))
        request.responseHandling = .buffered(limit: ListPage.maxBytes)
        return try await connection.send(request).body.collect(upTo: ListPage.maxBytes)
    }
}

extension BlobServiceClient {
    /// Lists the containers, in the order of their names.
    ///
    /// - Parameters:
    ///   - prefix: What the names have to begin with. The default is nothing.
    ///   - options: What the list shows, the size of pages, where to go on.
    /// - Returns: The containers; reading them throws an ``AzureCore/AzureError``.
    ///
    /// REST operation: List Containers.
    public func listContainers(
        prefix: String? = nil, options: ContainerListOptions = ContainerListOptions()
    ) -> PagedSequence<ContainerItem> {
        PagedSequence(continuingFrom: options.continuationToken) { token in
            var request = BlobRequest(
                "Service.ListContainers", .get, query: [("comp", "list")], success: [200], call: options.call)
            request.addQuery("prefix", prefix)
            request.addQuery("marker", token)
            request.addQuery("include", options.include.query)
            request.addQuery("maxresults", try ListPage.size(options.pageSize))
            request.responseHandling = .buffered(limit: ListPage.maxBytes)
            let body = try await connection.send(request).body.collect(upTo: ListPage.maxBytes)
            return try ContainerListParser.parse(body)
        }
    }
}

/// What pages of lists have in common.
enum ListPage {
    /// The most bytes of a page: 5,000 entries with names and metadata of full length fit.
    static let maxBytes = 256 * 1024 * 1024

    static func size(_ size: Int?, atMost limit: Int = Limits.pageSize) throws -> String? {
        guard let size else { return nil }
        guard (1...limit).contains(size) else {
            throw AzureError.invalidArgument(
                "A page of a list has 1 to \(limit) entries; \(size) were asked for.")
        }
        return String(size)
    }
}
