package import struct Foundation.Data

/// Writes an XML document, escaping what needs to be.
package struct XMLWriter {
    private var text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>"

    package init() {}

    /// The document.
    package var data: Data { Data(text.utf8) }

    /// Writes an element with whatever `content` writes inside it.
    package mutating func element(_ name: String, _ content: (inout XMLWriter) throws -> Void) rethrows {
        text += "<\(name)>"
        try content(&self)
        text += "</\(name)>"
    }

    /// Writes an element with a text.
    ///
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/invalidArgument`` when the text has a character that XML 1.0
    ///   cannot hold.
    package mutating func element(_ name: String, text value: String) throws {
        text += "<\(name)>"
        for scalar in value.unicodeScalars {
            switch scalar {
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "&": text += "&amp;"
            // Read back as they are: a bare one would become a line feed.
            case "\r": text += "&#13;"
            default:
                guard scalar.isXML else {
                    throw AzureError.invalidArgument(
                        "The value of '\(name)' has the character U+\(String(scalar.value, radix: 16)), which XML "
                            + "cannot hold.")
                }
                text.unicodeScalars.append(scalar)
            }
        }
        text += "</\(name)>"
    }
}
