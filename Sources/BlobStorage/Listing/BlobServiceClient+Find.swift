public import AzureCore
import HTTPTypes

extension BlobServiceClient {
    /// Finds blobs by their tags, in all containers.
    ///
    /// Changes of tags take some time to be found.
    ///
    /// ```swift
    /// for try await blob in service.findBlobs(matching: #""status" = 'done' AND "year" >= '2025'"#) { … }
    /// ```
    ///
    /// - Parameters:
    ///   - expression: The expression that the tags have to satisfy. Names are in double quotes, values in single
    ///     quotes; `@container` stands for the name of the container.
    ///   - options: The size of pages, the continuation token.
    /// - Returns: The blobs; reading them throws an ``AzureCore/AzureError``.
    ///
    /// REST operation: Find Blobs by Tags.
    public func findBlobs(
        matching expression: String, options: BlobFindOptions = BlobFindOptions()
    ) -> PagedSequence<FoundBlob> {
        connection.findBlobs(matching: expression, options) { call in
            serviceRequest("FindBlobs", .get, restype: nil, comp: "blobs", success: [200], call: call)
        }
    }
}

extension BlobContainerClient {
    /// Finds blobs of this container by their tags.
    ///
    /// - Parameters:
    ///   - expression: The expression that the tags have to satisfy; see
    ///     ``BlobServiceClient/findBlobs(matching:options:)``.
    ///   - options: The size of pages, the continuation token.
    /// - Returns: The blobs; reading them throws an ``AzureCore/AzureError``.
    ///
    /// REST operation: Find Blobs by Tags in Container.
    public func findBlobs(
        matching expression: String, options: BlobFindOptions = BlobFindOptions()
    ) -> PagedSequence<FoundBlob> {
        connection.findBlobs(matching: expression, options) { call in
            request("FindBlobs", .get, comp: "blobs", success: [200], call: call)
        }
    }
}

extension BlobConnection {
    fileprivate func findBlobs(
        matching expression: String, _ options: BlobFindOptions,
        request: @escaping @Sendable (CallOptions) -> BlobRequest
    ) -> PagedSequence<FoundBlob> {
        ListPage.sequence(from: options.continuationToken) { [self] token in
            guard !expression.isEmpty else {
                throw AzureError.invalidArgument("The expression that tags have to satisfy is empty.")
            }
            var request = request(options.call)
            request.addQuery("where", expression)
            request.continueList(at: token)
            request.addQuery("maxresults", try ListPage.size(options.pageSize))
            request.addQuery("include", options.includesVersions ? "versions" : nil)
            request.responseHandling = .buffered(limit: ListPage.maxBytes)
            return try await send(request)
        } read: {
            try FoundBlobParser.parse($0)
        }
    }
}
