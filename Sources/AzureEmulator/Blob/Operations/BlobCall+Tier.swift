import AzureCore

extension BlobCall {
    private static let tiers: Set<String> = ["Hot", "Cool", "Cold", "Archive"]

    /// Set Blob Tier. A blob comes back from the archive at once.
    func setBlobTier() async throws -> HTTPTransportResponse {
        guard let tier = request.header("x-ms-access-tier") else {
            throw BlobServiceError.missingHeader("x-ms-access-tier")
        }
        guard Self.tiers.contains(tier) else { throw BlobServiceError.invalidHeader("x-ms-access-tier", tier) }
        let priority = request.header("x-ms-rehydrate-priority")
        guard [nil, "High", "Standard"].contains(priority) else {
            throw BlobServiceError.invalidHeader("x-ms-rehydrate-priority", priority ?? "")
        }
        if case .snapshot = selection {
            _ = try await selectedBlob()
            throw BlobServiceError.snapshotsPresent
        }
        let old = try await store.setTier(
            tier, of: try address.blob, selection, in: try address.container,
            conditions: try BlobConditions(request))
        return .emulated(old == "Archive" && tier != "Archive" ? 202 : 200)
    }
}
