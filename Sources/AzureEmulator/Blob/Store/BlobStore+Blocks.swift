import AzureCore

import struct Foundation.Data

/// Blocks that are staged, and block lists that make blobs of them.
extension BlobStore {
    func stage(
        _ piece: ContentPiece, id: Data, of name: BlobName, in container: String, conditions: BlobConditions
    ) throws {
        try transaction {
            let container = try self.container(container)
            let encryption = try checkStaging(name, in: container, conditions: conditions)
            let key = id.base64EncodedString()
            if let staging = try tables.staging(of: name, in: container.id) {
                // All ids of a blob stand for as many bytes.
                guard staging.idLength == id.count else { throw BlobServiceError.invalidBlobOrBlock }
                guard
                    try staging.count < StagedBlocks.maxUncommitted
                        || tables.hasStagedBlock(key, of: name, in: container.id)
                else { throw BlobServiceError.blockCountExceedsLimit }
            }
            try tables.stage(
                piece, as: key, BlockStaging(encryption: encryption, idLength: id.count), of: name, in: container.id)
        }
    }

    /// Checks whether blocks can be staged.
    func checkStaging(_ name: BlobName, in container: String, conditions: BlobConditions) throws {
        _ = try checkStaging(name, in: try self.container(container), conditions: conditions)
    }

    /// - Returns: What the blocks are encrypted with.
    private func checkStaging(
        _ name: BlobName, in container: ContainerRecord, conditions: BlobConditions
    ) throws -> ContentEncryption {
        let existing = try tables.blob(name, in: container.id)
        guard existing?.kind ?? .block == .block else { throw BlobServiceError.invalidBlobType }
        let encryption = try stagedEncryption(of: name, in: container, conditions)
        try conditions.checkLease(of: existing, isRequired: true, at: time.uptime())
        return encryption
    }

    /// What blocks are encrypted with, which is the same for all of a blob.
    private func stagedEncryption(
        of name: BlobName, in container: ContainerRecord, _ conditions: BlobConditions
    ) throws -> ContentEncryption {
        let encryption = try conditions.encryption.resolved(in: container.encryptionScope)
        guard try tables.staging(of: name, in: container.id)?.encryption ?? encryption == encryption else {
            throw BlobServiceError.customerKeyMismatch
        }
        return encryption
    }

    func commit(_ list: [BlockReference], _ write: BlobWrite) throws -> BlobRecord {
        try transaction {
            try checkWrite(write)
            let container = try container(write.container)
            let existing = try tables.blob(write.name, in: container.id)
            guard existing?.kind ?? .block == .block else { throw BlobServiceError.invalidBlobType }
            _ = try stagedEncryption(of: write.name, in: container, write.conditions)
            let staged = try tables.stagedBlocks(of: write.name, in: container.id)
            return try put(BlobContent(Self.blocks(list, staged: staged, committed: existing?.content)), write)
        }
    }

    private static func blocks(
        _ list: [BlockReference], staged: StagedBlocks?, committed content: BlobContent?
    ) throws -> [BlobContent.Block] {
        let staged = staged?.pieces ?? [:]
        var committed: [String: ContentPiece] = [:]
        for run in content?.runs ?? [] {
            for block in try run.blocks() { if let id = block.id { committed[id] = block.piece } }
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

    /// The committed blob, if any, and the staged blocks, if any.
    func blocks(
        of name: BlobName, _ selection: BlobSelection, in container: String
    ) throws -> (committed: BlobRecord?, staged: StagedBlocks?) {
        let container = try self.container(container)
        if selection != .current {
            let blob = try blob(name, selection, in: container)
            guard blob.kind == .block else { throw BlobServiceError.invalidBlobType }
            return (blob, nil)
        }
        let committed = try tables.blob(name, in: container.id)
        guard committed?.kind ?? .block == .block else { throw BlobServiceError.invalidBlobType }
        let staged = try tables.stagedBlocks(of: name, in: container.id)
        guard committed != nil || staged != nil else { throw BlobServiceError.blobNotFound }
        return (committed, staged)
    }
}
