import AzureCore
import Foundation

/// Lists of blobs in the columnar format of Apache Arrow, for callers that take it. The columns have the names of the
/// elements of the list in XML.
extension BlobCall {
    /// Whether the caller takes a list in Arrow.
    var acceptsArrow: Bool {
        (request.header("Accept") ?? "").lowercased().split(separator: ",").contains { type in
            type.split(separator: ";").first?.trimmingCharacters(in: .whitespaces) == ArrowStream.mediaType
        }
    }

    static func arrowAnswer(
        _ page: BlobListPage, include: Set<String>, at times: ListTimes
    ) -> HTTPTransportResponse {
        let columns = ListColumn.all.filter { $0.option.map(include.contains) ?? true }
        let stream = ArrowStream(columns.map(\.field))
        let rows = page.entries.map { ListRow(entry: $0, include: include, times: times) }
        let marker = page.next.map { [("NextMarker", ListMarker.make($0))] } ?? []
        let bytes =
            stream.schema(metadata: marker)
            + (rows.isEmpty ? [] : stream.batch(columns.map { $0.values(rows) }, count: rows.count)) + ArrowStream.end
        return .emulated(200, headers: [("Content-Type", ArrowStream.mediaType)], body: Data(bytes))
    }
}

/// An entry of a list as a row.
private struct ListRow {
    let name: String
    let isPrefix: Bool
    let entry: BlobListEntry?
    let include: Set<String>
    let times: ListTimes

    init(entry: BlobListPage.Entry, include: Set<String>, times: ListTimes) {
        switch entry {
        case .prefix(let prefix): (name, isPrefix, self.entry) = (prefix, true, nil)
        case .blob(let blob): (name, isPrefix, self.entry) = (blob.name, false, blob)
        }
        self.include = include
        self.times = times
    }

    var blob: BlobRecord? { entry?.blob }
    var tier: BlobTier? { entry?.tier(at: times.date) }
    /// The lease of the blob itself.
    var lease: Lease? { isPrefix || !(blob?.isCurrent ?? true) ? nil : blob?.lease ?? Lease() }
    /// The copy, if copies are asked for.
    var copy: CopyRecord? { include.contains("copy") ? blob?.copy : nil }
    var policy: BlobProtection.Policy? { include.contains("immutabilitypolicy") ? blob?.protection.policy : nil }

    /// The time that names an edition of a kind.
    func id(of kind: BlobEdition.Kind) -> String? {
        guard case .edition(let edition)? = entry?.state, edition.kind == kind else { return nil }
        return edition.id
    }

    /// The version of the blob as it is now, if versions are asked for.
    var currentVersion: String? {
        guard case .blob(let blob)? = entry?.state, include.contains("versions") else { return nil }
        return blob.version.id
    }

    var sequenceNumber: Int64? {
        if case .page(let number)? = blob?.kind { number } else { nil }
    }

    var isSealed: Bool? {
        if case .append(isSealed: true)? = blob?.kind { true } else { nil }
    }

    var hasVersionsOnly: Bool? {
        if case .versionsOnly? = entry?.state { true } else { nil }
    }
}

/// A column of a list.
private struct ListColumn: Sendable {
    let field: ArrowField
    /// What has to be asked for to have it.
    var option: String?
    let values: @Sendable ([ListRow]) -> ArrowColumn

    static func text(_ name: String, _ value: @escaping @Sendable (ListRow) -> String?) -> ListColumn {
        ListColumn(field: ArrowField(name: name, kind: .string)) { rows in ArrowColumn(.string(rows.map(value))) }
    }

    static func flag(_ name: String, _ value: @escaping @Sendable (ListRow) -> Bool?) -> ListColumn {
        ListColumn(field: ArrowField(name: name, kind: .bool)) { rows in ArrowColumn(.bool(rows.map(value))) }
    }

    static func number(_ name: String, _ value: @escaping @Sendable (ListRow) -> Int64?) -> ListColumn {
        ListColumn(field: ArrowField(name: name, kind: .int64)) { rows in ArrowColumn(.int64(rows.map(value))) }
    }

    static func time(_ name: String, _ value: @escaping @Sendable (ListRow) -> Date?) -> ListColumn {
        ListColumn(field: ArrowField(name: name, kind: .timestamp(.seconds, zone: nil))) { rows in
            ArrowColumn(.int64(rows.map { value($0).map { Int64($0.timeIntervalSince1970) } }))
        }
    }

    static func map(
        _ name: String, _ option: String, _ value: @escaping @Sendable (ListRow) -> BlobMetadata
    ) -> ListColumn {
        ListColumn(field: ArrowField(name: name, kind: .map), option: option) { rows in
            ArrowColumn(.map(rows.map { row in value(row).map { ($0.name, $0.value) } }))
        }
    }

    static let all: [ListColumn] =
        identity + properties + content + states + [
            map("Metadata", "metadata") { $0.blob?.metadata ?? [] }, map("Tags", "tags") { $0.blob?.tags ?? [] },
        ]

    private static let identity = [
        text("Name") { $0.name }, text("ResourceType") { $0.isPrefix ? "blobprefix" : "blob" },
        text("Snapshot") { $0.id(of: .snapshot) }, text("VersionId") { $0.id(of: .version) ?? $0.currentVersion },
        flag("IsCurrentVersion") { $0.currentVersion == nil ? nil : true },
        flag("Deleted") { $0.entry?.deletion == nil ? nil : true }, flag("HasVersionsOnly") { $0.hasVersionsOnly },
    ]

    private static let properties = [
        time("Creation-Time") { $0.blob?.createdOn }, time("Last-Modified") { $0.blob?.version.lastModified },
        text("Etag") { row in row.blob.map { String($0.version.etag.dropFirst().dropLast()) } },
        number("Content-Length") { row in row.isPrefix ? nil : row.blob?.content.length ?? 0 },
        text("BlobType") { $0.isPrefix ? nil : ($0.blob?.kind ?? .block).name },
        number("x-ms-blob-sequence-number") { $0.sequenceNumber }, flag("Sealed") { $0.isSealed },
        number("TagCount") { row in
            row.blob.flatMap { $0.tags.isEmpty ? nil : Int64($0.tags.count) }
        },
        flag("ServerEncrypted") { $0.isPrefix ? nil : true },
        text("CustomerProvidedKeySha256") { $0.blob?.encryption.keyHash },
        text("EncryptionScope") { $0.blob?.encryption.scope },
    ]

    private static let content = [
        text("Content-Type") { $0.isPrefix ? nil : $0.blob?.headers.contentType ?? "application/octet-stream" },
        text("Content-Encoding") { $0.blob?.headers.contentEncoding },
        text("Content-Language") { $0.blob?.headers.contentLanguage },
        text("Content-MD5") { $0.blob?.headers.contentMD5?.base64EncodedString() },
        text("Content-Disposition") { $0.blob?.headers.contentDisposition },
        text("Cache-Control") { $0.blob?.headers.cacheControl },
    ]

    private static let states = [
        text("AccessTier") { $0.tier?.name }, text("SmartAccessTier") { $0.tier?.underlying },
        flag("AccessTierInferred") { $0.tier?.isInferred == true ? true : nil },
        time("AccessTierChangeTime") { $0.tier?.changedOn }, text("ArchiveStatus") { $0.tier?.archiveStatus },
        text("RehydratePriority") { $0.tier?.rehydration?.priority },
        text("LeaseStatus") { row in row.lease.map { $0.isActive(at: row.times.leases) ? "locked" : "unlocked" } },
        text("LeaseState") { row in row.lease.map { $0.state(at: row.times.leases).rawValue } },
        text("LeaseDuration") { row in row.lease?.durationName(at: row.times.leases) },
        text("CopyId") { $0.copy?.id }, text("CopySource") { $0.copy?.source },
        text("CopyStatus") { $0.copy == nil ? nil : "success" },
        text("CopyProgress") { row in row.copy.map { "\($0.length)/\($0.length)" } },
        time("CopyCompletionTime") { $0.copy?.completedOn },
        flag("IncrementalCopy") { $0.blob?.copy?.destinationSnapshot == nil ? nil : true },
        text("CopyDestinationSnapshot") { $0.copy?.destinationSnapshot },
        time("ImmutabilityPolicyUntilDate") { $0.policy?.until },
        text("ImmutabilityPolicyMode") { $0.policy?.mode.rawValue },
        flag("LegalHold") { $0.include.contains("legalhold") && $0.blob?.protection.hasLegalHold == true ? true : nil },
        time("DeletedTime") { $0.entry?.deletion?.on },
        number("RemainingRetentionDays") { row in
            row.entry?.deletion.map { Int64($0.remainingDays(at: row.times.date)) }
        },
    ]
}
