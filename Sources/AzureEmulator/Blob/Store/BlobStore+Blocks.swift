import AzureCore

import struct Foundation.Data

/// Blocks that are staged, and block lists that make blobs of them.
///
/// Nothing here holds a copy of a container while it changes one: the change would then copy all that is in it.
extension BlobStore {
    func stage(
        _ piece: ContentPiece, id: Data, of name: BlobName, in container: String, conditions: BlobConditions
    ) throws {
        let encryption = try checkStaging(name, in: container, conditions: conditions)
        try forgetOrder(unless: name, in: container)
        try containers[container]?.staged[name, default: StagedBlocks()].stage(piece, id: id, encryption: encryption)
    }

    /// Checks whether blocks can be staged.
    ///
    /// - Returns: What they are encrypted with.
    @discardableResult
    func checkStaging(
        _ name: BlobName, in container: String, conditions: BlobConditions
    ) throws -> ContentEncryption {
        let record = try self.container(container)
        let existing = record.blobs[name]
        guard existing?.kind ?? .block == .block else { throw BlobServiceError.invalidBlobType }
        let encryption = try stagedEncryption(of: name, in: record, conditions)
        try conditions.checkLease(of: existing, isRequired: true, at: time.uptime())
        return encryption
    }

    /// What blocks are encrypted with, which is the same for all of a blob.
    private func stagedEncryption(
        of name: BlobName, in record: ContainerRecord, _ conditions: BlobConditions
    ) throws -> ContentEncryption {
        let encryption = try conditions.encryption.resolved(in: record.encryptionScope)
        guard record.staged[name]?.encryption ?? encryption == encryption else {
            throw BlobServiceError.customerKeyMismatch
        }
        return encryption
    }

    func commit(_ list: [BlockReference], _ write: BlobWrite) throws -> BlobRecord {
        try checkWrite(write)
        try checkBlocks(of: write)
        return try put(BlobContent(try blocks(list, for: write)), write)
    }

    private func checkBlocks(of write: BlobWrite) throws {
        let record = try container(write.container)
        guard record.blobs[write.name]?.kind ?? .block == .block else { throw BlobServiceError.invalidBlobType }
        _ = try stagedEncryption(of: write.name, in: record, write.conditions)
    }

    private func blocks(_ list: [BlockReference], for write: BlobWrite) throws -> [BlobContent.Block] {
        let staged = containers[write.container]?.staged[write.name]?.pieces ?? [:]
        var committed: [String: ContentPiece] = [:]
        for run in containers[write.container]?.blobs[write.name]?.content.runs ?? [] {
            for block in run { if let id = block.id { committed[id] = block.piece } }
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
