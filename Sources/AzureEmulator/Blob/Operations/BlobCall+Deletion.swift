import AzureCore

extension BlobCall {
    /// Snapshot Blob.
    func makeSnapshot() async throws -> HTTPTransportResponse {
        let (id, snapshot, versionID) = try await store.makeSnapshot(
            of: try address.blob, in: try address.container, metadata: try metadata(),
            conditions: try BlobConditions(request))
        var fields = Self.fields(ofWritten: snapshot) + [("x-ms-snapshot", id)]
        if let versionID { fields.append(("x-ms-version-id", versionID)) }
        return .emulated(201, headers: fields)
    }

    /// Delete Blob, of the blob itself or of a snapshot.
    func deleteBlob() async throws -> HTTPTransportResponse {
        let option = try request.header("x-ms-delete-snapshots").map { text in
            guard let option = SnapshotDeletion(rawValue: text), selection == .current else {
                throw BlobServiceError.invalidHeader("x-ms-delete-snapshots", text)
            }
            return option
        }
        guard selection == .current else { return try await deleteEdition(isPermanent: false) }
        let isGone = try await store.deleteBlob(
            try address.blob, in: try address.container, snapshots: option, conditions: try BlobConditions(request))
        return .emulated(202, headers: [("x-ms-delete-type-permanent", String(isGone))])
    }

    /// Delete Blob, of a snapshot or a version.
    ///
    /// - Parameter isPermanent: Whether one that was deleted before is given up for good.
    func deleteEdition(isPermanent: Bool) async throws -> HTTPTransportResponse {
        if let option = request.header("x-ms-delete-snapshots") {
            throw BlobServiceError.invalidHeader("x-ms-delete-snapshots", option)
        }
        if isPermanent, let type = request.query["deletetype"],
            type.lowercased() != "permanent" || selection == .current
        {
            throw BlobServiceError.invalidQuery(
                "deletetype", type, reason: "Only snapshots and versions are deleted permanently.")
        }
        let isGone = try await store.deleteEdition(
            selection, of: try address.blob, in: try address.container, isPermanent: isPermanent,
            conditions: try BlobConditions(request))
        return .emulated(202, headers: [("x-ms-delete-type-permanent", String(isGone))])
    }

    /// Undelete Blob.
    func undeleteBlob() async throws -> HTTPTransportResponse {
        try await store.undelete(try address.blob, in: try address.container)
        return .emulated(200)
    }
}
