import AzureCore

extension BlobCall {
    /// Find Blobs by Tags, in the account or in a container.
    func findBlobs() async throws -> HTTPTransportResponse {
        let limit = try number("maxresults", in: 1...Self.pageSize)
        // Older versions are not looked through.
        _ = try items("include", known: ["none", "versions"])
        guard let text = request.query["where"], !text.isEmpty else { throw BlobServiceError.missingQuery("where") }
        guard let expression = TagExpression(text), expression.isSearchable else {
            throw BlobServiceError.invalidQuery(
                "where", text, reason: "It is not made of comparisons that are joined by AND.")
        }
        let container = address.level == .container ? try address.container : nil
        let found = try await store.blobs(taggedAs: expression, in: container)
        let page = ListPage(
            of: found.keys.sorted(), from: try ListMarker.name(request.query["marker"]), prefix: "", delimiter: "",
            limit: limit ?? Self.pageSize, where: { _ in true })
        var xml = XMLText()
        xml.open("EnumerationResults", [("ServiceEndpoint", serviceEndpoint)])
        xml.element("Where", text)
        xml.open("Blobs")
        for case .name(let key) in page.entries {
            guard let tags = found[key] else { continue }
            // A container's name has no slash, so the first one in a key ends it.
            let box = key.text.prefix { $0 != "/" }
            xml.open("Blob")
            Self.append("Name", String(key.text.dropFirst(box.count + 1)), to: &xml)
            xml.element("ContainerName", String(box))
            xml.open("Tags")
            Self.append(tags: tags.filter { expression.keys.contains($0.name) }, to: &xml)
            xml.close("Tags")
            xml.close("Blob")
        }
        xml.close("Blobs")
        xml.element("NextMarker", page.next.map(ListMarker.make) ?? "")
        xml.close("EnumerationResults")
        return .emulated(200, headers: [("Content-Type", "application/xml")], body: xml.data)
    }
}

extension BlobStore {
    /// The blobs that an expression finds, by container and name with a slash between.
    func blobs(taggedAs expression: TagExpression, in only: String?) throws -> [BlobName: BlobTags] {
        if let only { _ = try container(only) }
        var found: [BlobName: BlobTags] = [:]
        for (container, record) in containers where only == nil || only == container {
            for (name, blob) in record.blobs where !blob.tags.isEmpty {
                guard expression.holds(for: blob.tags, in: container) else { continue }
                found[BlobName("\(container)/\(name.text)")] = blob.tags
            }
        }
        return found
    }
}
