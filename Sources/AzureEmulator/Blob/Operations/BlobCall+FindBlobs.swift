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
        let page = try await store.blobs(
            taggedAs: expression, in: container, from: try ListMarker.name(request.query["marker"]),
            limit: limit ?? Self.pageSize)
        var xml = XMLText()
        xml.open("EnumerationResults", [("ServiceEndpoint", serviceEndpoint)])
        xml.element("Where", text)
        xml.open("Blobs")
        for found in page.found {
            xml.open("Blob")
            Self.append("Name", found.blob.name.text, to: &xml)
            xml.element("ContainerName", found.container)
            xml.open("Tags")
            Self.append(tags: found.blob.tags.filter { expression.keys.contains($0.name) }, to: &xml)
            xml.close("Tags")
            xml.close("Blob")
        }
        xml.close("Blobs")
        xml.element("NextMarker", page.next.map(ListMarker.make) ?? "")
        xml.close("EnumerationResults")
        return .emulated(200, headers: [("Content-Type", "application/xml")], body: xml.data)
    }
}
