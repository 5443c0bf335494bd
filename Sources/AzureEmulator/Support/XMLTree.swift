package import Foundation

#if canImport(FoundationXML)
import FoundationXML
#endif

/// XML as a tree, read with Foundation's parser: not the reader of the package's clients, so that they cannot share a
/// mistake.
package struct XMLTree: Sendable, Hashable {
    /// The name of the element.
    package let name: String
    /// Its attributes.
    package let attributes: [String: String]
    /// The elements inside, in order.
    package private(set) var children: [XMLTree] = []
    /// All text directly inside, put together.
    package private(set) var text = ""

    private init(name: String, attributes: [String: String]) {
        self.name = name
        self.attributes = attributes
    }

    /// Reads a document; nil when it is not well-formed UTF-8, has a document type, more than 64 levels, a tag with more
    /// than 64 attributes, or more tags than any request needs.
    package init?(parsing data: Data) {
        // Looked at before the parser sees it, which compares each attribute of a tag with all others.
        guard XMLScreen.passes(data) else { return nil }
        let builder = Builder()
        let parser = XMLParser(data: data)
        parser.shouldResolveExternalEntities = false
        parser.delegate = builder
        guard parser.parse(), parser.parserError == nil, !builder.isBad, let root = builder.root else { return nil }
        self = root
    }

    /// The first element of a name directly inside.
    package func child(_ name: String) -> XMLTree? {
        children.first { $0.name == name }
    }

    private final class Builder: NSObject, XMLParserDelegate {
        private var open: [XMLTree] = []
        private(set) var root: XMLTree?
        /// Whether there is something that the parser lets pass: a second root, or too deep a nesting.
        private(set) var isBad = false

        func parser(
            _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
            qualifiedName qName: String?, attributes attributeDict: [String: String]
        ) {
            open.append(XMLTree(name: elementName, attributes: attributeDict))
            if open.count > 64 || root != nil {
                isBad = true
                parser.abortParsing()
            }
        }

        /// One error is enough. The parser would go on to the end, and each error costs it the length of the document.
        func parser(_ parser: XMLParser, parseErrorOccurred parseError: any Error) {
            isBad = true
            parser.abortParsing()
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) {
            guard !open.isEmpty else { return }
            open[open.count - 1].text += string
        }

        func parser(_ parser: XMLParser, foundCDATA CDATABlock: Data) {
            guard !open.isEmpty else { return }
            open[open.count - 1].text += String(decoding: CDATABlock, as: UTF8.self)
        }

        func parser(
            _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?,
            qualifiedName qName: String?
        ) {
            guard let element = open.popLast() else { return }
            if open.isEmpty {
                root = element
            } else {
                open[open.count - 1].children.append(element)
            }
        }
    }
}
