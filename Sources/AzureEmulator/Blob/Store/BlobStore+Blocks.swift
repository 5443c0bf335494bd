#if Emulator
import AzureCore

/// Blocks that are staged, and block lists that make blobs of them.
extension BlobStore {
    func stage(
        _ piece: ContentPiece, id: String, of name: BlobName, in container: String, conditions: BlobConditions
    ) throws {
        let record = try self.container(container)
        let isNew = record.staged[name] == nil
        try checkStaging(name, in: container, conditions: conditions)
        let encryption = try conditions.encryption.resolved(in: record.encryptionScope)
        try containers[container]?.staged[name, default: StagedBlocks()].stage(piece, id: id)
        containers[container]?.staged[name]?.encryption = encryption
        if isNew { containers[container]?.sortedNames = nil }
    }

    /// Checks whether blocks can be staged.
    func checkStaging(_ name: BlobName, in container: String, conditions: BlobConditions) throws {
        let record = try self.container(container)
        let existing = record.blobs[name]
        guard existing?.kind ?? .block == .block else { throw BlobServiceError.invalidBlobType }
        let encryption = try conditions.encryption.resolved(in: record.encryptionScope)
        guard record.staged[name]?.encryption ?? encryption == encryption else {
            throw BlobServiceError.customerKeyMismatch
        }
        try conditions.checkLease(of: existing, isRequired: true, at: time.uptime())
    }

    func commit(_ list: [BlockReference], _ write: BlobWrite) throws -> BlobRecord {
        try checkWrite(write)
        let record = try container(write.container)
        guard record.blobs[write.name]?.kind ?? .block == .block else { throw BlobServiceError.invalidBlobType }
        let encryption = try write.conditions.encryption.resolved(in: record.encryptionScope)
        guard record.staged[write.name]?.encryption ?? encryption == encryption else {
            throw BlobServiceError.customerKeyMismatch
        }
        return try put(BlobContent(try blocks(list, for: write)), write)
    }

    private func blocks(_ list: [BlockReference], for write: BlobWrite) throws -> [BlobContent.Block] {
        let staged = containers[write.container]?.staged[write.name]?.pieces ?? [:]
        var committed: [String: ContentPiece] = [:]
        for block in containers[write.container]?.blobs[write.name]?.content.blocks ?? [] {
            if let id = block.id { committed[id] = block.piece }
        }
        return try list.map { reference in
            let piece =
                switch reference.source {
                case .latest: staged[reference.id] ?? committed[reference.id]
                case .committed: committed[reference.id]
                case .uncommitted: staged[reference.id]
                }
            guard let piece else { throw BlobServiceError.invalidBlockList }
            return BlobContent.Block(id: reference.id, piece: piece)
        }
    }

    /// The committed blob, if any, and the staged blocks.
    func blocks(
        of name: BlobName, _ selection: BlobSelection, in container: String
    ) throws -> (committed: BlobRecord?, staged: StagedBlocks) {
        if selection != .current {
            let blob = try blob(name, selection, in: container)
            guard blob.kind == .block else { throw BlobServiceError.invalidBlobType }
            return (blob, StagedBlocks())
        }
        let container = try self.container(container)
        let (committed, staged) = (container.blobs[name], container.staged[name])
        guard committed?.kind ?? .block == .block else { throw BlobServiceError.invalidBlobType }
        guard committed != nil || staged != nil else { throw BlobServiceError.blobNotFound }
        return (committed, staged ?? StagedBlocks())
    }
}
#endif
