import AzureCore
import Foundation

extension BlobCall {
    func listBlobs() async throws -> HTTPTransportResponse {
        let limit = try number("maxresults", in: 1...Self.pageSize)
        let include = try items(
            "include",
            known: [
                "snapshots", "metadata", "uncommittedblobs", "copy", "deleted", "tags", "versions",
                "deletedwithversions", "immutabilitypolicy", "legalhold", "permissions",
            ])
        let prefix = request.query["prefix"] ?? ""
        if let directory = caller.grant?.directory, !directory.isEmpty, !prefix.hasPrefix(directory + "/") {
            throw BlobServiceError.permissionMismatch
        }
        if include.contains("snapshots"), let delimiter = request.query["delimiter"], !delimiter.isEmpty {
            throw BlobServiceError.invalidQuery("delimiter", delimiter, reason: "Snapshots are listed without one.")
        }
        let container = try address.container
        let (names, content) = try await store.sortedNames(in: container)
        let editions = ListedEditions(of: content, including: include)
        let page = ListPage(
            of: names, from: try ListMarker.name(request.query["marker"]) ?? request.query["startFrom"], prefix: prefix,
            delimiter: request.query["delimiter"] ?? "", limit: limit ?? Self.pageSize,
            editions: { editions.ids(of: $0) })
        let times = ListTimes(leases: await store.leaseTime(), date: service.time.now())
        var xml = XMLText()
        xml.open("EnumerationResults", [("ServiceEndpoint", serviceEndpoint), ("ContainerName", container)])
        echoListParameters(in: &xml, limit: limit)
        xml.open("Blobs")
        for entry in page.entries {
            switch entry {
            case .prefix(let prefix):
                xml.open("BlobPrefix")
                Self.append("Name", prefix, to: &xml)
                xml.close("BlobPrefix")
            case .name(let name):
                Self.append(
                    .init(name: name.text, state: editions.whole(name)), include: include, at: times, to: &xml)
            case .edition(let name, let id):
                guard let edition = content.editions[name]?.first(withID: id) else { continue }
                Self.append(
                    .init(name: name.text, state: .edition(edition)), include: include, at: times, to: &xml)
            }
        }
        xml.close("Blobs")
        xml.element("NextMarker", page.next.map(ListMarker.make) ?? "")
        xml.close("EnumerationResults")
        return .emulated(200, headers: [("Content-Type", "application/xml")], body: xml.data)
    }
}
