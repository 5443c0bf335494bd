/// The name of a blob. Two names are equal only if their bytes are, unlike strings, which compare é and e + accent as
/// equal; the order is that of the bytes.
struct BlobName: Sendable, Hashable, Comparable {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    static func == (left: BlobName, right: BlobName) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    static func < (left: BlobName, right: BlobName) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }

    func hasPrefix(_ prefix: String) -> Bool {
        text.utf8.starts(with: prefix.utf8)
    }
}
