package import HTTPTypes

extension HTTPResponse {
    /// How many bytes the body of this answer has, as far as the head tells.
    package func announcedBodyLength(for method: HTTPRequest.Method) -> Int64? {
        guard method != .head, status.code != 204, status.code != 304 else { return 0 }
        return headerFields.value(.contentLength).flatMap { Int64($0) }
    }
}
