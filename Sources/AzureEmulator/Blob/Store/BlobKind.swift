/// What a blob is made of, which never changes.
enum BlobKind: Sendable, Hashable {
    case block
    case append(isSealed: Bool)
    case page(sequenceNumber: Int64)

    /// As header fields and lists name it.
    var name: String {
        switch self {
        case .block: "BlockBlob"
        case .append: "AppendBlob"
        case .page: "PageBlob"
        }
    }

    /// Whether blobs of this kind have an access tier, in an account that is not a premium one.
    var hasTier: Bool { self == .block }

    var isPage: Bool {
        if case .page = self { true } else { false }
    }

    /// The header fields that only blobs of this kind have.
    func fields(of content: BlobContent) -> [(String, String)] {
        switch self {
        case .block: []
        case .append(let isSealed):
            [("x-ms-blob-committed-block-count", String(content.blockCount))]
                + (isSealed ? [("x-ms-blob-sealed", "true")] : [])
        case .page(let number): [("x-ms-blob-sequence-number", String(number))]
        }
    }
}
