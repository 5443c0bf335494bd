/// The name of a blob. Two names are equal only if their bytes are, unlike strings, which compare é and e + accent as
/// equal; the order is that of the bytes.
struct BlobName: Sendable, Hashable, Comparable {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    static func == (left: BlobName, right: BlobName) -> Bool {
        compare(left, right) { $0.count == $1.count && firstDifference($0, $1) == nil }
    }

    static func < (left: BlobName, right: BlobName) -> Bool {
        compare(left, right) { left, right in
            firstDifference(left, right).map { left[$0] < right[$0] } ?? (left.count < right.count)
        }
    }

    /// Where two names have other bytes than each other; nil when one begins the other.
    private static func firstDifference(
        _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
    ) -> Int? {
        let count = min(left.count, right.count)
        var index = 0
        while index < count {
            if left[index] != right[index] { return index }
            index += 1
        }
        return nil
    }

    private static func compare(
        _ left: BlobName, _ right: BlobName, _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Bool
    ) -> Bool {
        var (left, right) = (left.text, right.text)
        return left.withUTF8 { left in right.withUTF8 { right in body(left, right) } }
    }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }

    func hasPrefix(_ prefix: String) -> Bool {
        text.utf8.starts(with: prefix.utf8)
    }
}
