package import struct Foundation.Data

/// Writes XML the way the Blob service does: UTF-8 with a byte-order mark, no white space between elements.
package struct XMLText {
    private var text = "\u{FEFF}<?xml version=\"1.0\" encoding=\"utf-8\"?>"

    /// Starts a document.
    package init() {}

    /// The document as UTF-8.
    package var data: Data { Data(text.utf8) }

    /// Opens an element.
    package mutating func open(_ name: String, _ attributes: [(String, String)] = []) {
        text += "<\(name)\(Self.list(attributes))>"
    }

    /// Closes the element that was opened last.
    package mutating func close(_ name: String) {
        text += "</\(name)>"
    }

    /// Writes an element with text; `<name />` when there is none.
    package mutating func element(_ name: String, _ value: String, _ attributes: [(String, String)] = []) {
        if value.isEmpty {
            text += "<\(name)\(Self.list(attributes)) />"
        } else {
            text += "<\(name)\(Self.list(attributes))>\(Self.escape(value))</\(name)>"
        }
    }

    /// Writes an element with text if there is a text.
    package mutating func optionalElement(_ name: String, _ value: String?) {
        if let value { element(name, value) }
    }

    private static func list(_ attributes: [(String, String)]) -> String {
        attributes.map { " \($0.0)=\"\(escape($0.1))\"" }.joined()
    }

    /// Whether XML 1.0 can hold a text.
    package static func canHold(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            case 0x09, 0x0A, 0x0D: true
            case 0..<0x20, 0xFFFE, 0xFFFF: false
            default: true
            }
        }
    }

    private static func escape(_ text: String) -> String {
        let special = "&<>\"\r\n\t".utf8
        guard text.utf8.contains(where: { special.contains($0) }) else { return text }
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "\""): bytes += "&quot;".utf8
            case 0x0D: bytes += "&#xD;".utf8
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
