#if Emulator
import AzureCore
import HTTPTypes

extension BlobCall {
    /// The most entries of a page, and how many it has unless the request says otherwise.
    static let pageSize = 5000

    /// The address of the service as this request wrote it.
    var serviceEndpoint: String {
        "\(request.head.scheme ?? "http")://\(request.head.authority ?? "")/\(service.account)/"
    }

    func listContainers() async throws -> HTTPTransportResponse {
        let limit = try number("maxresults", in: 1...Self.pageSize)
        let include = try items("include", known: ["metadata", "deleted", "system"])
        let page = ListPage(
            of: await store.containerNames().map { BlobName($0) },
            from: try ListMarker.name(request.query["marker"]),
            prefix: request.query["prefix"] ?? "", delimiter: "", limit: limit ?? Self.pageSize,
            where: { _ in true })
        var xml = XMLText()
        xml.open("EnumerationResults", [("ServiceEndpoint", serviceEndpoint)])
        echoListParameters(in: &xml, limit: limit)
        xml.open("Containers")
        for case .name(let name) in page.entries {
            // One that was deleted meanwhile is left out.
            guard let container = try? await store.container(name.text) else { continue }
            Self.append(container, name: name.text, withMetadata: include.contains("metadata"), to: &xml)
        }
        xml.close("Containers")
        xml.element("NextMarker", page.next.map(ListMarker.make) ?? "")
        xml.close("EnumerationResults")
        return .emulated(200, headers: [("Content-Type", "application/xml")], body: xml.data)
    }

    /// Writes the parameters of a list, as given.
    func echoListParameters(in xml: inout XMLText, limit: Int?) {
        for (name, value) in [("Prefix", request.query["prefix"]), ("Marker", request.query["marker"])] {
            if let value { Self.append(name, value, to: &xml) }
        }
        if let limit { xml.element("MaxResults", String(limit)) }
        if let delimiter = request.query["delimiter"] { Self.append("Delimiter", delimiter, to: &xml) }
    }

    /// Writes a text; one that XML cannot hold is percent-encoded, and says so.
    static func append(_ element: String, _ text: String, to xml: inout XMLText) {
        if XMLText.canHold(text) {
            xml.element(element, text)
        } else {
            xml.element(element, PercentEncoding.encodePath(text), [("Encoded", "true")])
        }
    }

    static func append(_ metadata: BlobMetadata, to xml: inout XMLText) {
        guard !metadata.isEmpty else { return xml.element("Metadata", "") }
        xml.open("Metadata")
        for entry in metadata { append(entry.name, entry.value, to: &xml) }
        xml.close("Metadata")
    }

    private static func append(
        _ container: ContainerRecord, name: String, withMetadata: Bool, to xml: inout XMLText
    ) {
        xml.open("Container")
        xml.element("Name", name)
        xml.open("Properties")
        xml.element("Last-Modified", RFC1123Date.format(container.version.lastModified))
        xml.element("Etag", container.version.etag)
        xml.element("LeaseStatus", "unlocked")
        xml.element("LeaseState", "available")
        xml.optionalElement("PublicAccess", container.publicAccess?.rawValue)
        xml.element("DefaultEncryptionScope", "$account-encryption-key")
        xml.element("DenyEncryptionScopeOverride", "false")
        xml.element("HasImmutabilityPolicy", "false")
        xml.element("HasLegalHold", "false")
        xml.element("ImmutableStorageWithVersioningEnabled", "false")
        xml.close("Properties")
        if withMetadata { append(container.metadata, to: &xml) }
        xml.close("Container")
    }
}
#endif
