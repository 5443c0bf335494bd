import AzureCore
import Foundation

/// Names and values of tags, in order of their names.
typealias BlobTags = [BlobMetadataEntry]

extension BlobCall {
    /// The most tags of a blob.
    static let maxTags = 10
    private static let maxTagDocument = 64 * 1024

    func blobTags() async throws -> HTTPTransportResponse {
        let blob = try await selectedBlob()
        let conditions = try BlobConditions(request)
        // Unlike those of other reads, these conditions are judged as those of writes.
        try BlobConditions(request, prefix: "x-ms-blob-").checkWrite(blob.version)
        try conditions.checkTags(of: blob)
        try conditions.checkLease(of: blob, isRequired: false, at: store.leaseTime())
        var xml = XMLText()
        xml.open("Tags")
        Self.append(tags: blob.tags, to: &xml)
        xml.close("Tags")
        return .emulated(200, headers: [("Content-Type", "application/xml")], body: xml.data)
    }

    func setBlobTags() async throws -> HTTPTransportResponse {
        let checks = try TransferChecks(request)
        guard let body = try await request.collectBody(upTo: Self.maxTagDocument) else {
            throw BlobServiceError.requestBodyTooLarge
        }
        try checks.compare(body)
        guard let root = XMLTree(parsing: body), root.name == "Tags", let set = root.children.first,
            set.name == "TagSet", root.children.count == 1
        else { throw BlobServiceError.invalidXml }
        let tags = try set.children.map { tag in
            guard tag.name == "Tag", let key = tag.children.first(where: { $0.name == "Key" }),
                let value = tag.children.first(where: { $0.name == "Value" })
            else { throw BlobServiceError.invalidXml }
            return BlobMetadataEntry(name: key.text, value: value.text)
        }
        try await store.setTags(
            try Self.checked(tags), of: try address.blob, selection, in: try address.container,
            conditions: try BlobConditions(request), on: try BlobConditions(request, prefix: "x-ms-blob-"))
        return .emulated(204)
    }

    /// The tags in the header field of a write.
    func tagsOfWrite() throws -> BlobTags {
        guard let text = request.header("x-ms-tags"), !text.isEmpty else { return [] }
        let tags = try text.split(separator: "&", omittingEmptySubsequences: false).map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let name = PercentEncoding.decode(parts[0], plusIsSpace: true),
                let value = PercentEncoding.decode(parts[1], plusIsSpace: true)
            else { throw BlobServiceError.invalidHeader("x-ms-tags", text) }
            return BlobMetadataEntry(name: name, value: value)
        }
        return try Self.checked(tags)
    }

    static func append(tags: BlobTags, to xml: inout XMLText) {
        xml.open("TagSet")
        for tag in tags {
            xml.open("Tag")
            append("Key", tag.name, to: &xml)
            append("Value", tag.value, to: &xml)
            xml.close("Tag")
        }
        xml.close("TagSet")
    }

    private static func checked(_ tags: BlobTags) throws -> BlobTags {
        func isAllowed(_ text: String) -> Bool {
            text.unicodeScalars.allSatisfy { scalar in
                scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
                    || " +-./:=_".unicodeScalars.contains(scalar)
            }
        }
        guard tags.count <= maxTags, Set(tags.map(\.name)).count == tags.count,
            tags.allSatisfy({
                (1...128).contains($0.name.count) && $0.value.count <= 256 && isAllowed($0.name) && isAllowed($0.value)
            })
        else { throw BlobServiceError.invalidTags }
        return tags.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }
}
