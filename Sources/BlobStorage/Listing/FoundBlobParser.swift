import AzureCore

import struct Foundation.Data

/// Reads a page of blobs that were found by their tags.
struct FoundBlobParser {
    private var reader: XMLPullReader

    static func parse(_ body: Data) throws -> Page<FoundBlob> {
        var parser = FoundBlobParser(reader: try XMLPullReader(body))
        return try parser.page()
    }

    private mutating func page() throws -> Page<FoundBlob> {
        var items: [FoundBlob] = []
        var marker = ""
        try reader.enterRoot("EnumerationResults")
        while try reader.nextChild() {
            if reader.isElement("Blobs") {
                while try reader.nextChild() {
                    try ListPage.check(entries: items.count)
                    items.append(try blob())
                }
            } else if reader.isElement("NextMarker") {
                marker = try reader.readElementText()
            } else {
                try reader.skipElement()
            }
        }
        return Page(items: items, continuationToken: marker.isEmpty ? nil : marker)
    }

    private mutating func blob() throws -> FoundBlob {
        var blob = FoundBlob(containerName: "", name: "")
        while try reader.nextChild() {
            if reader.isElement("Name") {
                blob.name = try reader.readName()
            } else if reader.isElement("ContainerName") {
                blob.containerName = try reader.readElementText()
            } else if reader.isElement("Tags") {
                blob.tags = try reader.readTags()
            } else if reader.isElement("VersionId") {
                blob.versionID = try reader.readElementText()
            } else if reader.isElement("IsCurrentVersion") {
                blob.isCurrentVersion = try reader.readElementText() == "true"
            } else {
                try reader.skipElement()
            }
        }
        try ListPage.check(name: blob.name)
        return blob
    }
}

extension XMLPullReader {
    /// Reads the tags of a blob, inside their element `Tags`.
    mutating func readTags() throws -> [String: String] {
        var tags: [String: String] = [:]
        while try nextChild() {  // TagSet
            while try nextChild() {  // Tag
                var (key, value) = ("", "")
                while try nextChild() {
                    if isElement("Key") {
                        key = try readElementText()
                    } else if isElement("Value") {
                        value = try readElementText()
                    } else {
                        try skipElement()
                    }
                }
                tags[key] = value
            }
        }
        return tags
    }
}
