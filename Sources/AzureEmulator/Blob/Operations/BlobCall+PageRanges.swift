import AzureCore
import Foundation

extension BlobCall {
    /// Get Page Ranges, of all pages or of those changed since a snapshot.
    func pageRanges() async throws -> HTTPTransportResponse {
        let limit = try number("maxresults", in: 1...10_000) ?? 10_000
        let blob = try await selectedBlob()
        guard case .page = blob.kind else { throw BlobServiceError.invalidBlobType }
        let conditions = try BlobConditions(request)
        try conditions.checkRead(blob.version)
        try conditions.checkTags(of: blob)
        if blob.isCurrent { try conditions.checkLease(of: blob, isRequired: false, at: store.leaseTime()) }
        let asked = try BlobRange(reading: request)?.resolved(length: blob.content.length) ?? 0..<blob.content.length
        let first = try request.query["marker"].map { text in
            guard let offset = Int64(digits: text) ?? (text.isEmpty ? 0 : nil) else {
                throw BlobServiceError.invalidQuery("marker", text, reason: "It is none.")
            }
            return offset
        }
        // A marker is where a part begins.
        let rest = asked.clamped(to: (first ?? 0)..<Int64.max)
        let earlier = try await previousSnapshot(of: blob)
        try await blob.content.load(rest)
        try await earlier?.content.load(rest)
        let ranges =
            if let earlier {
                try blob.content.changes(since: earlier.content, in: rest, limit: limit)
            } else {
                try blob.content.writtenRanges(in: rest, limit: limit)
            }
        var xml = XMLText()
        xml.open("PageList")
        for change in ranges.prefix(limit) {
            let name = change.isCleared ? "ClearRange" : "PageRange"
            xml.open(name)
            xml.element("Start", String(change.range.lowerBound))
            xml.element("End", String(change.range.upperBound - 1))
            xml.close(name)
        }
        xml.element("NextMarker", ranges.count > limit ? String(ranges[limit].range.lowerBound) : "")
        xml.close("PageList")
        return .emulated(
            200,
            headers: Self.fields(of: blob.version) + [
                ("Content-Type", "application/xml"), ("x-ms-blob-content-length", String(blob.content.length)),
            ], body: xml.data)
    }

    /// The snapshot that the blob is compared with; nil when the request names none.
    private func previousSnapshot(of blob: BlobRecord) async throws -> BlobRecord? {
        guard let id = try previousSnapshotID() else { return nil }
        guard ServiceTime.parse(id) != nil else {
            throw BlobServiceError.invalidQuery("prevsnapshot", id, reason: "It is not a time.")
        }
        if case .snapshot(let own) = selection, own < id { throw BlobServiceError.previousSnapshotCannotBeNewer }
        do {
            let earlier = try await store.blob(try address.blob, .snapshot(id), in: try address.container)
            guard earlier.identity == blob.identity else { throw BlobServiceError.blobOverwritten }
            return earlier
        } catch let error as BlobServiceError where error == .blobNotFound {
            throw BlobServiceError.previousSnapshotNotFound
        }
    }

    private func previousSnapshotID() throws -> String? {
        let name = "x-ms-previous-snapshot-url"
        guard let url = request.header(name) else { return request.query["prevsnapshot"] }
        guard let (source, other) = Self.sourceRequest(url, version: version), let id = source.query["snapshot"],
            try other.container == address.container, try other.blob == address.blob,
            request.query["prevsnapshot"] == nil
        else { throw BlobServiceError.invalidHeader(name, url) }
        return id
    }
}
