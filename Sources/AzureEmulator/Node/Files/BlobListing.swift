import Foundation

#if canImport(FoundationXML)
import FoundationXML
#endif

/// A page of the names in a container, read from the answer to List Blobs.
final class BlobListing: NSObject, XMLParserDelegate {
    /// A blob.
    struct Entry: Sendable, Hashable {
        let name: String
        var etag = ""
    }

    /// The blobs, in their order.
    private(set) var entries: [Entry] = []
    /// Where the next page starts; empty after the last.
    private(set) var nextMarker = ""
    private var path: [String] = []
    private var text = ""

    /// Reads an answer; nil when it is not XML, or not such as a service sends.
    init?(_ data: Data) {
        guard XMLScreen.passes(data) else { return nil }
        super.init()
        let parser = XMLParser(data: data)
        parser.shouldResolveExternalEntities = false
        parser.delegate = self
        guard parser.parse(), parser.parserError == nil else { return nil }
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        path.append(name)
        text = ""
    }

    func parser(_ parser: XMLParser, parseErrorOccurred parseError: any Error) {
        parser.abortParsing()
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        text += string
    }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) {
        switch path {
        case ["EnumerationResults", "Blobs", "Blob", "Name"]: entries.append(Entry(name: text))
        case ["EnumerationResults", "Blobs", "Blob", "Properties", "Etag"] where !entries.isEmpty:
            entries[entries.count - 1].etag = text
        case ["EnumerationResults", "NextMarker"]: nextMarker = text
        default: break
        }
        _ = path.popLast()
        text = ""
    }
}
