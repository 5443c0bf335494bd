import HTTPTypes

/// Makes sure that who signs a request and who acts on it read the same.
///
/// A signature joins the values of a parameter or header field that stands there twice; an operation looks at one of
/// them. So a request in which that could matter is refused.
enum UnambiguousRequest {
    /// Header fields that are signed, beside those of the service's own.
    private static let signed: Set<String> = [
        "authorization", "content-encoding", "content-language", "content-length", "content-md5", "content-type",
        "date", "if-match", "if-modified-since", "if-none-match", "if-unmodified-since", "range",
    ]

    /// Checks that no parameter of the query and no header field that is signed stands there twice, in whatever case.
    ///
    /// Metadata is left to whoever reads it, with an error of its own.
    ///
    /// - Throws: `InvalidQueryParameterValue` or `InvalidHeaderValue`.
    static func check(_ request: EmulatorRequest) throws {
        var names: Set<String> = []
        for item in request.query.items {
            guard names.insert(item.name.lowercased()).inserted else {
                throw BlobServiceError.invalidQuery(item.name, item.value, reason: "It stands there twice.")
            }
            guard !holdsAnotherLine(item) else {
                throw BlobServiceError.invalidQuery(
                    item.name, item.value, reason: "Signed, it would be two parameters.")
            }
        }
        names = []
        for field in request.head.headerFields {
            let name = field.name.canonicalName
            guard signed.contains(name) || name.hasPrefix("x-ms-") && !name.hasPrefix("x-ms-meta-") else { continue }
            guard names.insert(name).inserted else {
                // The value may be a secret.
                throw BlobServiceError.invalidHeader(name, "")
            }
        }
    }

    /// Whether a parameter looks like two in the text that is signed, which has one of them a line.
    private static func holdsAnotherLine(_ item: EmulatorQuery.Item) -> Bool {
        // By bytes: as a `Character` a line feed is none behind a carriage return, nor a colon before a combining mark.
        let lines = "\(item.name):\(item.value)".utf8.split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return lines.count > 1
            && (item.name.hasByte("\n") || lines.dropFirst().contains { $0.contains(UInt8(ascii: ":")) })
    }
}
