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
        let page = try await store.list(
            BlobListQuery(
                container: container,
                start: try ListMarker.name(request.query["marker"]) ?? request.query["startFrom"] ?? "",
                end: request.query["endBefore"] ?? "", prefix: prefix, delimiter: request.query["delimiter"] ?? "",
                limit: limit ?? Self.pageSize,
                include: include))
        let times = ListTimes(leases: store.leaseTime(), date: service.time.now())
        if acceptsArrow { return Self.arrowAnswer(page, include: include, at: times) }
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
            case .blob(let blob): Self.append(blob, include: include, at: times, to: &xml)
            }
        }
        xml.close("Blobs")
        xml.element("NextMarker", page.next.map(ListMarker.make) ?? "")
        xml.close("EnumerationResults")
        return .emulated(200, headers: [("Content-Type", "application/xml")], body: xml.data)
    }
}
