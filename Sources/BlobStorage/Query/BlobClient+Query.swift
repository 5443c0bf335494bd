import AzureCore
import HTTPTypes

extension BlobClient {
    static let queryOperation = "Blob.Query"

    /// Selects rows of the blob with an SQL expression; only the selected data is transferred.
    ///
    /// ```swift
    /// let rows = try await blob.query(
    ///     "SELECT _2 FROM BlobStorage WHERE _1 = 'tom'", options: BlobQueryOptions(input: .csv()))
    /// for try await record in rows.records() { print(String(decoding: record, as: UTF8.self)) }
    /// ```
    ///
    /// - Parameters:
    ///   - expression: The query, which selects from the table `BlobStorage`.
    ///   - options: Formats, conditions, what to do with progress and errors in single rows.
    /// - Returns: The properties of the blob, and the rows as they arrive.
    /// - Throws: An ``AzureCore/AzureError``. Reading the rows throws too: what ended the query, with its name as code,
    ///   or ``AzureCore/AzureErrorCode/truncatedBody`` when the answer breaks off.
    ///
    /// REST operation: Query Blob Contents.
    public func query(
        _ expression: String, options: BlobQueryOptions = BlobQueryOptions()
    ) async throws -> BlobQueryResult {
        guard versionID == nil else {
            throw AzureError.invalidArgument(
                "The service cannot query a version of a blob; query the blob itself or a snapshot.")
        }
        var request = request(Self.queryOperation, .post, comp: "query", success: [200, 206], call: options.call)
        try options.conditions.apply(to: &request.headers)
        try options.customerKey?.apply(to: &request.headers, endpoint: connection.endpoint)
        request.setXML(
            try BlobQueryDocument.make(expression, input: options.input, output: options.effectiveOutput))
        request.responseHandling = .streamed
        let response = try await connection.send(request)
        guard !response.body.isDecoded else {
            throw response.context.error(
                .contentDecoded,
                "The transport decoded the answer, so that it is not what the service sent. Use a transport that leaves "
                    + "contents as they are.")
        }
        return BlobQueryResult(response, options)
    }
}
