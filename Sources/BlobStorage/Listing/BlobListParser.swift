import AzureCore
import Foundation

/// Reads a page of a list of blobs straight from the bytes of its XML.
struct BlobListParser<Item: Sendable> {
    private var reader: XMLPullReader
    /// What a blob, and what a prefix becomes in the list; nil leaves it out.
    private let makeBlob: (BlobItem) -> Item
    private let makePrefix: (String) -> Item?

    private mutating func page() throws -> Page<Item> {
        var items: [Item] = []
        var marker = ""
        try reader.enterRoot("EnumerationResults")
        while try reader.nextChild() {
            if reader.isElement("Blobs") {
                while try reader.nextChild() {
                    try ListPage.check(entries: items.count)
                    if reader.isElement("Blob") {
                        items.append(makeBlob(try blob()))
                        // The others will be about as large as the first.
                        if items.count == 1 { items.reserveCapacity(min(reader.expectedRepetitions, Limits.pageSize)) }
                    } else if reader.isElement("BlobPrefix") {
                        if let item = makePrefix(try prefix()) { items.append(item) }
                    } else {
                        try reader.skipElement()
                    }
                }
            } else if reader.isElement("NextMarker") {
                marker = try reader.readElementText()
            } else {
                try reader.skipElement()
            }
        }
        return Page(items: items, continuationToken: marker.isEmpty ? nil : marker)
    }

    private mutating func prefix() throws -> String {
        var name = ""
        while try reader.nextChild() {
            if reader.isElement("Name") { name = try reader.readName() } else { try reader.skipElement() }
        }
        try ListPage.check(name: name)
        return name
    }

    private mutating func blob() throws -> BlobItem {
        var item = BlobItem(name: "")
        while try reader.nextChild() {
            if reader.isElement("Name") {
                item.name = try reader.readName()
            } else if reader.isElement("Properties") {
                try BlobProperties.xmlFields.read(&reader, into: &item.properties)
            } else if reader.isElement("Metadata") {
                item.encryptedMetadata = try reader.attributes().first { $0.name == "Encrypted" }?.value
                item.properties.metadata = try reader.readPairs()
            } else if reader.isElement("Deleted") {
                item.isDeleted = try reader.readElementText() == "true"
            } else if reader.isElement("Snapshot") {
                item.snapshot = try reader.readElementText()
            } else if reader.isElement("VersionId") {
                item.properties.versionID = try reader.readElementText()
            } else if reader.isElement("IsCurrentVersion") {
                item.properties.isCurrentVersion = try reader.readElementText() == "true"
            } else if reader.isElement("HasVersionsOnly") {
                item.hasVersionsOnly = try reader.readElementText() == "true"
            } else if reader.isElement("Tags") {
                item.tags = try reader.readTags()
            } else if reader.isElement("OrMetadata") {
                for (name, value) in try reader.readPairs() where name.hasPrefix("or-") {
                    item.properties.replicationStatus[String(name.dropFirst(3))] = value
                }
            } else {
                try reader.skipElement()
            }
        }
        try ListPage.check(name: item.name)
        guard item.properties.contentLength >= 0 else {
            throw AzureError(
                code: .invalidResponse, message: "The Content-Length of '\(item.name)' in the list is no length.")
        }
        return item
    }
}

extension BlobListParser where Item == BlobItem {
    /// Reads a list without prefixes.
    static func parse(_ body: Data) throws -> Page<BlobItem> {
        var parser = BlobListParser(reader: try XMLPullReader(body), makeBlob: { $0 }, makePrefix: { _ in nil })
        return try parser.page()
    }
}

extension BlobListParser where Item == BlobHierarchyItem {
    /// Reads a list with prefixes.
    static func parse(_ body: Data) throws -> Page<BlobHierarchyItem> {
        var parser = BlobListParser(
            reader: try XMLPullReader(body), makeBlob: { .blob($0) }, makePrefix: { .prefix($0) })
        return try parser.page()
    }
}

extension XMLPullReader {
    /// Goes into the root element.
    mutating func enterRoot(_ name: StaticString) throws {
        guard try next() == .start, isElement(name) else {
            throw AzureError(
                code: .invalidResponse, message: "The answer is no list: '\(name)' is missing at its root.")
        }
    }

    /// Reads a name, which is percent-encoded when it has characters that XML cannot hold.
    mutating func readName() throws -> String {
        let isEncoded = try attribute("Encoded") == "true"
        let text = try readElementText()
        guard isEncoded else { return text }
        guard let name = PercentEncoding.decode(text) else {
            throw AzureError(code: .invalidResponse, message: "The name '\(text)' in the list is not UTF-8.")
        }
        return name
    }

    /// Reads children as names and values.
    mutating func readPairs() throws -> [String: String] {
        var pairs: [String: String] = [:]
        while try nextChild() {
            let name = elementName
            pairs[name] = try readElementText()
        }
        return pairs
    }
}
