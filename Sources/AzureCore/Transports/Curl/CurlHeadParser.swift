#if Curl
import HTTPTypes

/// Puts the head of an answer together from the lines that libcurl hands out.
struct CurlHeadParser {
    private var status: Int?
    private var fields = HTTPFields()
    private var isComplete = false
    private var head: HTTPResponse?
    private var size = 0

    /// The most bytes of a head, with the interim answers before it and the trailers after it.
    static let limit = 256 * 1024

    /// Takes one line; false when the head cannot be right.
    mutating func add(_ bytes: UnsafeRawBufferPointer, _ names: CurlFieldNames) -> Bool {
        size += bytes.count
        guard size <= Self.limit else { return false }
        // Trailers come after the head; nobody here wants them.
        guard !isComplete else { return true }
        var line = bytes[...]
        while let last = line.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") {
            line = line.dropLast()
        }
        if line.starts(with: "HTTP/".utf8) {
            let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
            guard parts.count >= 2, let code = Int(String(decoding: parts[1], as: UTF8.self)),
                (100...999).contains(code)
            else { return false }
            (status, fields) = (code, HTTPFields())
        } else if line.isEmpty {
            guard let status else { return false }
            // Interim answers such as 100 Continue are followed by the real one.
            guard status >= 200 else { return true }
            head = HTTPResponse(status: .init(code: status), headerFields: fields)
            isComplete = true
        } else if let colon = line.firstIndex(of: UInt8(ascii: ":")),
            let name = names.name(UnsafeRawBufferPointer(rebasing: line[..<colon]))
        {
            var value = line[line.index(after: colon)...].drop { Self.isBlank($0) }
            while let last = value.last, Self.isBlank(last) { value = value.dropLast() }
            fields.append(HTTPField(name: name, value: String(decoding: value, as: UTF8.self)))
        }
        return true
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    /// The head, once.
    mutating func takeHead() -> HTTPResponse? {
        defer { head = nil }
        return head
    }
}
#endif
