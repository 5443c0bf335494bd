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
        text.unicodeScalars.allSatisfy(canHold)
    }

    private static func canHold(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D: true
        case 0..<0x20, 0xFFFE, 0xFFFF: false
        default: true
        }
    }

    /// The text as XML has it. A character that XML cannot hold, such as one of a refused request that is told again,
    /// becomes U+FFFD: whoever reads the answer has to be able to.
    private static func escape(_ text: String) -> String {
        let plain: (UInt8) -> Bool = { byte in
            // 0xEF begins U+FFFE and U+FFFF, among others.
            byte >= 0x20 && byte != 0xEF && !"&<>\"".utf8.contains(byte)
        }
        guard !text.utf8.allSatisfy(plain) else { return text }
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\r": escaped += "&#xD;"
            default: escaped.unicodeScalars.append(canHold(scalar) ? scalar : "\u{FFFD}")
            }
        }
        return escaped
    }
}
