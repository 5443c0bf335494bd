import AzureCore
import HTTPTypes

/// What the two shared-key schemes have in common: the lines of the standard headers, and the query.
enum SignedRequest {
    /// The values of the standard headers in the order that both schemes want, one a line.
    ///
    /// - Parameters:
    ///   - contentLength: What stands for the length; the schemes differ when there is none.
    ///   - range: What stands for `Range`.
    static func standardHeaders(_ request: HTTPRequest, contentLength: String, range: String) -> String {
        let fields = request.headerFields
        var text = request.method.rawValue
        text.reserveCapacity(512)
        func add(_ name: HTTPField.Name) {
            text += "\n"
            if let value = fields.value(name) { text += value }
        }
        add(.contentEncoding)
        add(.contentLanguage)
        text += "\n"
        text += contentLength
        for name in [contentMD5, .contentType, .date, .ifModifiedSince, .ifMatch, .ifNoneMatch, .ifUnmodifiedSince] {
            add(name)
        }
        text += "\n"
        text += range
        text += "\n"
        return text
    }

    /// The path as it is sent, and the names and values of the query, still encoded.
    static func target(of request: HTTPRequest) -> (path: Substring, query: [(name: Substring, value: Substring)]) {
        let target = request.path ?? "/"
        let path = target.prefix { $0 != "?" }
        let query = target[path.endIndex...].dropFirst().split(separator: "&").map { item -> (Substring, Substring) in
            let name = item.prefix { $0 != "=" }
            return (name, item[name.endIndex...].dropFirst())
        }
        return (path, query)
    }

    private static let contentMD5 = HTTPField.Name("Content-MD5")!
}
