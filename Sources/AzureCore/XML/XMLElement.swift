package import struct Foundation.Data

/// An element with all that is in it, for small answers and errors. Long lists are read with ``XMLPullReader``.
package struct XMLElement: Sendable, Hashable {
    package var name: String
    package var attributes: [String: String] = [:]
    /// The text right inside the element, without that of its children.
    package var text = ""
    package var children: [XMLElement] = []

    package init(name: String) {
        self.name = name
    }

    /// Reads a whole document.
    ///
    /// - Parameters:
    ///   - document: The document, in UTF-8.
    ///   - maxBytes: How large it may be.
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/invalidResponse`` when it is too large or not well formed.
    package static func parse(_ document: Data, maxBytes: Int = .max) throws -> XMLElement {
        var reader = try XMLPullReader(document, maxBytes: maxBytes)
        var open: [XMLElement] = []
        var root: XMLElement?
        while true {
            switch try reader.next() {
            case .start:
                var element = XMLElement(name: reader.elementName)
                if !reader.attributeRanges.isEmpty {
                    for (name, value) in try reader.attributes() { element.attributes[name] = value }
                }
                open.append(element)
            case .text: open[open.count - 1].text += try reader.text()
            case .end:
                let element = open.removeLast()
                if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
            case .endOfDocument:
                guard let root else { throw reader.error("it has no root") }
                return root
            }
        }
    }

    /// The first child of a name.
    package func child(_ name: String) -> XMLElement? {
        children.first { $0.name == name }
    }
}
