/// A way to make content smaller, as the header field `Content-Encoding` names it.
package enum ContentCoding: String, Sendable, Hashable, CaseIterable {
    case gzip
    /// The format of zlib.
    case deflate

    /// Reads the value of a header field; nil for no coding, several, or one that is not known here.
    package init?(contentEncoding: String?) {
        switch contentEncoding?.lowercased() {
        case "gzip"?, "x-gzip"?: self = .gzip
        case "deflate"?: self = .deflate
        default: return nil
        }
    }
}
