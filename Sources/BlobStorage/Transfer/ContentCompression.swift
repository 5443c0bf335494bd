import AzureCore

/// How content is made smaller on its way into a blob.
public struct ContentCompression: Sendable, Hashable {
    let coding: ContentCoding

    /// gzip, which browsers and most programs know.
    public static let gzip = ContentCompression(coding: .gzip)
    /// The format of zlib.
    public static let deflate = ContentCompression(coding: .deflate)
}
