import struct Foundation.Data

/// A blob as bytes, without its content. Field numbers are never given to anything else.
enum BlobRow {
    /// - Parameter offset: What has to be added to this process's readings of the clock for leases to make them readings
    ///   of the clock on the wall.
    static func data(of blob: BlobRecord, offset: Duration) -> Data {
        var row = FieldWriter()
        row.put(1) { put(blob.kind, to: &$0) }
        row.put(2) { put(blob.headers, to: &$0) }
        row.put(3, blob.metadata)
        row.put(4) { $0.put(blob.version) }
        row.put(5, blob.createdOn)
        row.put(6, blob.accessTier)
        row.put(7, blob.tierSetOn)
        row.put(8, blob.tags)
        if let copy = blob.copy { row.put(9) { put(copy, to: &$0) } }
        if blob.lease != Lease() { row.put(10) { $0.put(blob.lease, offset: offset) } }
        row.put(11, blob.encryption.keyHash)
        row.put(12, blob.encryption.scope)
        row.put(13, blob.protection.policy?.until)
        row.put(14, blob.protection.policy?.mode.rawValue)
        row.put(15, blob.protection.hasLegalHold)
        row.put(16, blob.identity)
        row.put(17, !blob.isCurrent)
        if let rehydration = blob.rehydration {
            row.put(18) { row in
                row.put(1, rehydration.tier)
                row.put(2, rehydration.priority)
                row.put(3, rehydration.end)
            }
        }
        return row.data
    }

    static func blob(_ data: Data, _ content: BlobContent, offset: Duration) throws -> BlobRecord {
        let row = try FieldReader(data)
        guard let version = try row.row(4), let identity = try row.id(16) else { throw FieldReader.damaged }
        var blob = BlobRecord(
            kind: try kind(row.row(1)), content: content, headers: try headers(row.row(2)),
            metadata: try row.entries(3), version: try version.version(), createdOn: try row.wholeDate(5),
            identity: identity)
        blob.accessTier = try row.text(6)
        blob.tierSetOn = try row.date(7)
        blob.tags = try row.entries(8)
        blob.copy = try row.row(9).map(copy)
        blob.lease = try row.row(10)?.lease(offset: offset) ?? Lease()
        blob.encryption = ContentEncryption(keyHash: try row.text(11), scope: try row.text(12))
        let mode = try row.text(14).map(BlobProtection.Mode.init)
        let policy: BlobProtection.Policy? =
            if let until = try row.date(13), let mode = mode ?? nil { .init(until: until, mode: mode) } else { nil }
        blob.protection = BlobProtection(policy: policy, hasLegalHold: row.isTrue(15))
        blob.isCurrent = !row.isTrue(17)
        blob.rehydration = try row.row(18).map { row in
            Rehydration(tier: try row.wholeText(1), priority: try row.wholeText(2), end: try row.wholeDate(3))
        }
        return blob
    }

    private static func put(_ kind: BlobKind, to row: inout FieldWriter) {
        switch kind {
        case .block: break
        case .append(let isSealed):
            row.put(1, true)
            row.put(2, isSealed)
        case .page(let number): row.put(3, number)
        }
    }

    private static func kind(_ row: FieldReader?) throws -> BlobKind {
        guard let row else { throw FieldReader.damaged }
        if let number = try row.number(3) { return .page(sequenceNumber: number) }
        return row.isTrue(1) ? .append(isSealed: row.isTrue(2)) : .block
    }

    private static func put(_ headers: BlobHTTPHeaders, to row: inout FieldWriter) {
        row.put(1, headers.contentType)
        row.put(2, headers.contentEncoding)
        row.put(3, headers.contentLanguage)
        row.put(4, headers.contentDisposition)
        row.put(5, headers.cacheControl)
        row.put(6, headers.contentMD5)
    }

    private static func headers(_ row: FieldReader?) throws -> BlobHTTPHeaders {
        guard let row else { throw FieldReader.damaged }
        return BlobHTTPHeaders(
            contentType: try row.text(1), contentEncoding: try row.text(2), contentLanguage: try row.text(3),
            contentDisposition: try row.text(4), cacheControl: try row.text(5),
            contentMD5: row.bytes(6).map { Data($0) })
    }

    private static func put(_ copy: CopyRecord, to row: inout FieldWriter) {
        row.put(1, copy.id)
        row.put(2, copy.source)
        row.put(3, copy.completedOn)
        row.put(4, copy.length)
        row.put(5, copy.destinationSnapshot)
    }

    private static func copy(_ row: FieldReader) throws -> CopyRecord {
        guard let length = try row.number(4) else { throw FieldReader.damaged }
        return CopyRecord(
            id: try row.wholeText(1), source: try row.wholeText(2), completedOn: try row.wholeDate(3), length: length,
            destinationSnapshot: try row.text(5))
    }
}

// MARK: What several rows have

extension FieldWriter {
    mutating func put(_ field: UInt8, _ entries: [BlobMetadataEntry]) {
        for entry in entries {
            put(field) { row in
                row.put(1, entry.name)
                row.put(2, entry.value)
            }
        }
    }

    mutating func put(_ version: ResourceVersion) {
        put(1, version.etag)
        put(2, version.lastModified)
        put(3, version.id)
    }

    mutating func put(_ lease: Lease, offset: Duration) {
        switch lease.phase {
        case .free: break
        case .held(let id, let length, let until):
            put(1, id)
            put(2, length)
            put(3, until.map { $0 + offset })
        case .ending(let id, let end):
            put(1, id)
            put(4, end + offset)
        }
    }
}

extension FieldReader {
    func entries(_ field: UInt8) throws -> [BlobMetadataEntry] {
        try rows(field).map { BlobMetadataEntry(name: try $0.wholeText(1), value: try $0.wholeText(2)) }
    }

    func version() throws -> ResourceVersion {
        ResourceVersion(etag: try wholeText(1), lastModified: try wholeDate(2), id: try text(3))
    }

    func lease(offset: Duration) throws -> Lease {
        guard let id = try text(1) else { return Lease() }
        if let end = try duration(4) { return Lease(.ending(id: id, at: end - offset)) }
        return Lease(.held(id: id, length: try duration(2), until: try duration(3).map { $0 - offset }))
    }
}
