/// The range of bytes that a request asks for.
struct BlobRange: Sendable {
    private let first: Int64
    private let last: Int64?

    /// The range in a header field; nil when it is not of the form `bytes=1-` or `bytes=1-2`.
    private init?(_ text: String) {
        let bounds = text.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard text.hasPrefix("bytes="), bounds.count == 2, let first = Int64(digits: bounds[0]) else { return nil }
        self.first = first
        last = Int64(digits: bounds[1])
        guard bounds[1].isEmpty || last.map({ $0 >= first }) == true else { return nil }
    }

    /// Reads the range of a request that reads; nil when it asks for the whole. `x-ms-range` goes before `Range`, and
    /// one that cannot be understood counts as none.
    init?(reading request: EmulatorRequest) {
        guard let text = request.header("x-ms-range") ?? request.header("Range") else { return nil }
        self.init(text)
    }

    /// Reads a range that a write depends on; nil when there is none.
    ///
    /// - Parameter names: The header fields that can have it, the first of them first.
    /// - Throws: `InvalidHeaderValue` when it is not of the form `bytes=1-` or `bytes=1-2`.
    init?(writing request: EmulatorRequest, names: [String] = ["x-ms-range", "Range"]) throws {
        guard let name = names.first(where: { request.header($0) != nil }), let text = request.header(name) else {
            return nil
        }
        guard let range = BlobRange(text) else { throw BlobServiceError.invalidHeader(name, text) }
        self = range
    }

    /// The range, if it has a last byte.
    var closed: Range<Int64>? {
        last.flatMap { $0 < .max ? first..<$0 + 1 : nil }
    }

    /// The part that a blob of a length has.
    ///
    /// - Throws: `InvalidRange` when it has none.
    func resolved(length: Int64) throws -> Range<Int64> {
        guard first < length else { throw BlobServiceError.invalidRange(length: length) }
        return first..<min(last ?? length - 1, length - 1) + 1
    }
}
