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
        let prefix = request.query["prefix"] ?? ""
        let page = try await store.list(
            ContainerListQuery(
                start: try ListMarker.name(request.query["marker"]), prefix: prefix, limit: limit ?? Self.pageSize,
                withDeleted: include.contains("deleted"), withSystem: include.contains("system")))
        let now = store.leaseTime()
        var xml = XMLText()
        xml.open("EnumerationResults", [("ServiceEndpoint", serviceEndpoint)])
        echoListParameters(in: &xml, limit: limit)
        xml.open("Containers")
        for entry in page.entries {
            Self.append(entry, withMetadata: include.contains("metadata"), at: now, to: &xml)
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
        _ entry: ContainerListPage.Entry, withMetadata: Bool, at now: Duration, to xml: inout XMLText
    ) {
        let container = entry.container
        xml.open("Container")
        xml.element("Name", container.name)
        if let deletion = container.deletion {
            xml.element("Version", deletion.version)
            xml.element("Deleted", "true")
        }
        xml.open("Properties")
        xml.element("Last-Modified", RFC1123Date.format(container.version.lastModified))
        xml.element("Etag", container.version.etag)
        BlobEmulator.append(container.lease, at: now, to: &xml)
        xml.optionalElement("PublicAccess", container.publicAccess?.rawValue)
        xml.element("DefaultEncryptionScope", container.encryptionScope.name)
        xml.element("DenyEncryptionScopeOverride", String(container.encryptionScope.deniesOverride))
        xml.element("HasImmutabilityPolicy", "false")
        xml.element("HasLegalHold", "false")
        xml.element("ImmutableStorageWithVersioningEnabled", "false")
        if let deletion = container.deletion {
            xml.element("DeletedTime", RFC1123Date.format(deletion.on))
            xml.optionalElement("RemainingRetentionDays", entry.remainingDays.map(String.init))
        }
        xml.close("Properties")
        if withMetadata { append(container.metadata, to: &xml) }
        xml.close("Container")
    }
}
