import Foundation

@testable import AzureCore

#if canImport(FoundationXML)
import FoundationXML
#endif

/// Foundation's reader, which shares nothing with this package's, as the judge of it.
final class XMLJudge: NSObject, XMLParserDelegate {
    private var steps: [String] = []
    private var text: String?
    private var sawError = false

    /// What `XMLPullReaderTests.steps` gives, with texts that touch joined; nil when the document is refused.
    static func steps(_ bytes: [UInt8]) -> [String]? {
        let judge = XMLJudge()
        let parser = XMLParser(data: Data(bytes))
        parser.delegate = judge
        // On Linux, `parse` returns true after some errors, and for documents of less than four bytes.
        guard parser.parse(), !judge.sawError, !judge.steps.isEmpty else { return nil }
        return judge.steps
    }

    /// The steps of this package's reader in the same form.
    static func ownSteps(_ bytes: [UInt8]) throws -> [String] {
        var reader = try XMLPullReader(Data(bytes))
        let own = XMLJudge()
        while true {
            switch try reader.next() {
            case .start:
                let attributes = try reader.attributes().map { ($0.name, $0.value) }
                own.start(reader.elementName, Dictionary(uniqueKeysWithValues: attributes))
            case .text: own.append(try reader.text())
            case .end: own.end(reader.elementName)
            case .endOfDocument: return own.steps
            }
        }
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        start(name, attributes)
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        end(name)
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        append(string)
    }

    func parser(_ parser: XMLParser, foundCDATA block: Data) {
        // XML has one line end here too, which Foundation's reader on Linux does not make of the others.
        let text = String(decoding: block, as: UTF8.self)
        append(text.replacing("\r\n", with: "\n").replacing("\r", with: "\n"))
    }

    func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) {
        sawError = true
    }

    private func start(_ name: String, _ attributes: [String: String]) {
        flush()
        let list = attributes.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }
        steps.append("<\(name)\(list.joined())")
    }

    private func end(_ name: String) {
        flush()
        steps.append(">\(name)")
    }

    private func append(_ string: String) {
        if !string.isEmpty { text = (text ?? "") + string }
    }

    private func flush() {
        if let text { steps.append(text) }
        text = nil
    }
}
