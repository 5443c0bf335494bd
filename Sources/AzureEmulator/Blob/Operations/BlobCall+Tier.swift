import AzureCore
import Foundation

extension BlobCall {
    private static let tiers: Set<String> = ["Hot", "Cool", "Cold", BlobTier.archive, BlobTier.smart]

    /// The tier that a request has for a block blob.
    func accessTier() throws -> String? {
        try request.header("x-ms-access-tier").map { tier in
            guard Self.tiers.contains(tier) else { throw BlobServiceError.invalidHeader("x-ms-access-tier", tier) }
            return tier
        }
    }

    private func rehydratePriority() throws -> String? {
        let name = "x-ms-rehydrate-priority"
        return try request.header(name).map { priority in
            guard ["High", "Standard"].contains(priority) else { throw BlobServiceError.invalidHeader(name, priority) }
            return priority
        }
    }

    /// Set Blob Tier.
    func setBlobTier() async throws -> HTTPTransportResponse {
        guard let tier = try accessTier() else { throw BlobServiceError.missingHeader("x-ms-access-tier") }
        let priority = try rehydratePriority()
        if case .snapshot = selection {
            _ = try await selectedBlob()
            throw BlobServiceError.snapshotsPresent
        }
        let isPending = try await store.setTier(
            tier, priority: priority, of: try address.blob, selection, in: try address.container,
            conditions: try BlobConditions(request))
        return .emulated(isPending ? 202 : 200)
    }

    /// Makes the copy of a blob in the archive one that is on its way to the tier that the request names.
    func rehydrate(_ source: BlobRecord, in write: inout BlobWrite) throws {
        let now = service.time.now()
        guard source.isArchived(at: now) else { return }
        guard let tier = write.accessTier, tier != BlobTier.archive else { throw BlobServiceError.blobArchived }
        write.rehydration = Rehydration(
            tier: tier, priority: try rehydratePriority() ?? "Standard",
            end: now.addingTimeInterval(Double(store.rehydrationTime.components.seconds)))
        write.accessTier = BlobTier.archive
    }
}
