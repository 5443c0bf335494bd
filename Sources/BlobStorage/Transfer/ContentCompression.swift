import AzureCore

/// A compression of content while it is uploaded.
public struct ContentCompression: Sendable, Hashable {
    let coding: ContentCoding

    /// gzip, which browsers and most programs know.
    public static let gzip = ContentCompression(coding: .gzip)
    /// The format of zlib.
    public static let deflate = ContentCompression(coding: .deflate)
}
