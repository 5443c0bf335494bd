#if DEBUG
import Foundation

/// What stands between the parts of an input that has several: the record separator of ASCII.
let partMark: UInt8 = 0x1E

extension [UInt8] {
    /// The input as text; bytes that are no UTF-8 are replaced.
    var text: String { String(decoding: self, as: UTF8.self) }

    /// The parts of an input that has several.
    var parts: [[UInt8]] {
        split(separator: partMark, omittingEmptySubsequences: false).map { Array($0) }
    }
}

/// A message in the form of HTTP: a first line, header fields, an empty line, and a body.
///
/// It is kept in text so that mutations make other messages of it. Line breaks are `\n` or `\r\n`.
struct MessageText {
    var firstLine: String
    var fields: [(name: String, value: String)] = []
    var body = Data()

    init(_ bytes: some Collection<UInt8>) {
        var rest = Array(bytes)[...]
        func takeLine() -> String? {
            guard !rest.isEmpty else { return nil }
            let line = rest.prefix { $0 != UInt8(ascii: "\n") }
            rest = rest[line.endIndex...].dropFirst()
            return String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
        }
        firstLine = takeLine() ?? ""
        while let line = takeLine(), !line.isEmpty {
            let name = line.prefix { $0 != ":" }
            let value = line.dropFirst(name.count + 1).drop { $0 == " " }
            fields.append((String(name), String(value)))
        }
        body = Data(rest)
    }
}
#endif
