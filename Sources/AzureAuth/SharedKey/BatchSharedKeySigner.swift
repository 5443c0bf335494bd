import AzureCore
package import HTTPTypes

/// Shared Key for Batch.
package enum BatchSharedKeySigner {
    /// The text whose signature proves the caller.
    ///
    /// Of the header fields, those that begin with `ocp-`, in any case, are signed besides the standard ones: also such as
    /// a policy has added before.
    package static func stringToSign(_ request: HTTPRequest, accountName: String) -> String {
        let mayHaveBody = request.method != .get && request.method != .head
        let length = request.headerFields[.contentLength] ?? (mayHaveBody ? "0" : "")
        var text = SignedRequest.standardHeaders(
            request, contentLength: length, range: request.headerFields[.range] ?? "")
        let headers = request.headerFields
            .filter { $0.name.canonicalName.hasPrefix("ocp-") && !$0.value.isEmpty }
            .map { ($0.name.canonicalName, $0.value) }
            .sorted { $0 < $1 }
        for (name, value) in headers { text += "\(name):\(value)\n" }
        let (path, query) = SignedRequest.target(of: request)
        text += "/\(accountName)\(path)"
        var seen: Set<String> = []
        let decoded = query.map { (decode($0.name), decode($0.value)) }
            .filter { !$0.1.isEmpty && seen.insert($0.0).inserted }
            .sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
        for (name, value) in decoded { text += "\n\(name):\(value)" }
        return text
    }

    private static func decode(_ text: Substring) -> String {
        PercentEncoding.decode(text, plusIsSpace: true) ?? String(text)
    }
}
