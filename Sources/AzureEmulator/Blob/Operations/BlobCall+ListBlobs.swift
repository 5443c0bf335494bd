#if Emulator
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
        let container = try address.container
        let (names, content) = try await store.sortedNames(in: container)
        let page = ListPage(
            of: names, from: try ListMarker.name(request.query["marker"]) ?? request.query["startFrom"], prefix: prefix,
            delimiter: request.query["delimiter"] ?? "", limit: limit ?? Self.pageSize
        ) { include.contains("uncommittedblobs") || content.blobs[$0] != nil }
        let now = await store.leaseTime()
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
                    content.blobs[name], name: name.text, include: include, at: now, to: &xml)
            }
        }
        xml.close("Blobs")
        xml.element("NextMarker", page.next.map(ListMarker.make) ?? "")
        xml.close("EnumerationResults")
        return .emulated(200, headers: [("Content-Type", "application/xml")], body: xml.data)
    }

    /// Writes an entry.
    ///
    /// - Parameters:
    ///   - blob: Nil for a name that has uncommitted blocks only.
    ///   - now: What time it is for leases.
    private static func append(
        _ blob: BlobRecord?, name: String, include: Set<String>, at now: Duration, to xml: inout XMLText
    ) {
        xml.open("Blob")
        append("Name", name, to: &xml)
        xml.open("Properties")
        if let blob {
            xml.element("Creation-Time", RFC1123Date.format(blob.createdOn))
            xml.element("Last-Modified", RFC1123Date.format(blob.version.lastModified))
            // Here the tag stands without its quotation marks.
            xml.element("Etag", String(blob.version.etag.dropFirst().dropLast()))
        }
        xml.element("Content-Length", String(blob?.content.length ?? 0))
        append(blob?.headers ?? BlobHTTPHeaders(), to: &xml)
        if case .page(let number)? = blob?.kind { xml.element("x-ms-blob-sequence-number", String(number)) }
        xml.element("BlobType", (blob?.kind ?? .block).name)
        xml.element("AccessTier", blob?.accessTier ?? "Hot")
        if blob?.accessTier == nil { xml.element("AccessTierInferred", "true") }
        if let blob, !blob.tags.isEmpty { xml.element("TagCount", String(blob.tags.count)) }
        if include.contains("copy"), let copy = blob?.copy {
            xml.element("CopyId", copy.id)
            append("CopySource", copy.source, to: &xml)
            xml.element("CopyStatus", "success")
            xml.element("CopyProgress", "\(copy.length)/\(copy.length)")
            xml.element("CopyCompletionTime", RFC1123Date.format(copy.completedOn))
        }
        BlobEmulator.append(blob?.lease ?? Lease(), at: now, to: &xml)
        xml.element("ServerEncrypted", "true")
        if case .append(isSealed: true)? = blob?.kind { xml.element("Sealed", "true") }
        xml.close("Properties")
        if include.contains("metadata"), let blob { append(blob.metadata, to: &xml) }
        if include.contains("tags"), let blob, !blob.tags.isEmpty {
            xml.open("Tags")
            append(tags: blob.tags, to: &xml)
            xml.close("Tags")
        }
        xml.element("OrMetadata", "")
        xml.close("Blob")
    }

    private static func append(_ headers: BlobHTTPHeaders, to xml: inout XMLText) {
        append("Content-Type", headers.contentType ?? "application/octet-stream", to: &xml)
        append("Content-Encoding", headers.contentEncoding ?? "", to: &xml)
        append("Content-Language", headers.contentLanguage ?? "", to: &xml)
        xml.element("Content-CRC64", "")
        append("Content-MD5", headers.contentMD5?.base64EncodedString() ?? "", to: &xml)
        append("Cache-Control", headers.cacheControl ?? "", to: &xml)
        append("Content-Disposition", headers.contentDisposition ?? "", to: &xml)
    }
}
#endif
