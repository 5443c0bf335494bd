import AzureCore

import struct Foundation.Date

/// The conditional header fields of a request and the lease that it names, and the rules by which they hold.
struct BlobConditions: Sendable {
    private enum Tags: Sendable {
        case any
        case list([String])

        init(_ text: String) {
            let tags = text.split(separator: ",").map { tag in
                String(tag.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            }
            // Tags may come without their quotation marks.
            self =
                tags == ["*"]
                ? .any : .list(tags.map { $0.hasPrefix("\"") || $0.hasPrefix("W/") ? $0 : "\"\($0)\"" })
        }

        func matches(_ tag: String) -> Bool {
            switch self {
            case .any: true
            case .list(let tags): tags.contains(tag)
            }
        }
    }

    /// No conditions.
    static let none = BlobConditions()

    private var ifMatch: Tags?
    private var ifNoneMatch: Tags?
    private var ifModifiedSince: Date?
    private var ifUnmodifiedSince: Date?
    private var ifTags: TagExpression?
    private var ifTierModifiedSince: Date?
    private var ifTierUnmodifiedSince: Date?
    /// The lease that the request names.
    private(set) var leaseID: String?
    /// What the request says about encryption.
    private(set) var encryption = ContentEncryption()

    private init() {}

    /// Reads the conditions of a request.
    ///
    /// - Parameter prefix: What stands in front of the names: `x-ms-source-` for those about the source of a copy,
    ///   `x-ms-blob-` for those of operations on tags.
    init(_ request: EmulatorRequest, prefix: String = "") throws {
        ifMatch = request.header(prefix + "If-Match").map(Tags.init)
        ifNoneMatch = request.header(prefix + "If-None-Match").map(Tags.init)
        func date(_ name: String) throws -> Date? {
            try request.header(name).map { text in
                guard let date = RFC1123Date.parse(text) else { throw BlobServiceError.invalidHeader(name, text) }
                return date
            }
        }
        ifModifiedSince = try date(prefix + "If-Modified-Since")
        ifUnmodifiedSince = try date(prefix + "If-Unmodified-Since")
        if prefix.isEmpty {
            ifTierModifiedSince = try date("x-ms-access-tier-if-modified-since")
            ifTierUnmodifiedSince = try date("x-ms-access-tier-if-unmodified-since")
        }
        let tagsName = prefix.isEmpty ? "x-ms-if-tags" : prefix + "if-tags"
        ifTags = try request.header(tagsName).map { text in
            guard let expression = TagExpression(text) else { throw BlobServiceError.invalidHeader(tagsName, text) }
            return expression
        }
        let leaseName = prefix.isEmpty ? "x-ms-lease-id" : prefix + "lease-id"
        leaseID = try request.header(leaseName).map { text in
            guard let id = LeaseRequest.id(text) else { throw BlobServiceError.invalidHeader(leaseName, text) }
            return id
        }
        encryption = try ContentEncryption(request, prefix: prefix == "x-ms-source-" ? "source-" : "")
    }

    /// What a condition on tags asks of a blob. One that does not exist has none.
    func checkTags(of blob: BlobRecord?) throws {
        guard ifTags?.holds(for: blob?.tags ?? []) ?? true else { throw BlobServiceError.tagConditionNotMet }
    }

    /// What a deletion asks of the time at which the tier was set; without one it is that of the blob.
    func checkTier(of blob: BlobRecord) throws {
        let date = blob.tierSetOn ?? blob.createdOn
        guard ifTierModifiedSince.map({ date > $0 }) ?? true, ifTierUnmodifiedSince.map({ date <= $0 }) ?? true else {
            throw BlobServiceError.conditionNotMet
        }
    }

    /// For reads: If-Match && If-Unmodified-Since && (If-None-Match || If-Modified-Since).
    func checkRead(_ version: ResourceVersion) throws {
        if case .any = ifNoneMatch { throw BlobServiceError.unsatisfiableCondition }
        if let ifMatch, !ifMatch.matches(version.etag) { throw BlobServiceError.conditionNotMet }
        if let ifUnmodifiedSince, version.lastModified > ifUnmodifiedSince {
            throw BlobServiceError.conditionNotMet
        }
        guard ifNoneMatch != nil || ifModifiedSince != nil else { return }
        let differs = ifNoneMatch.map { !$0.matches(version.etag) } ?? false
        let isNewer = ifModifiedSince.map { version.lastModified > $0 } ?? false
        guard differs || isNewer else {
            throw BlobServiceError.notModified.withHeader("ETag", version.etag)
                .withHeader("Last-Modified", RFC1123Date.format(version.lastModified))
        }
    }

    /// For writes to what exists. Only two pairs may come together, and then the tag decides.
    func checkWrite(_ version: ResourceVersion) throws {
        try checkCombination()
        let holds: Bool =
            if let ifMatch {
                ifMatch.matches(version.etag)
            } else if let ifNoneMatch {
                !ifNoneMatch.matches(version.etag)
            } else if let ifModifiedSince {
                version.lastModified > ifModifiedSince
            } else if let ifUnmodifiedSince {
                version.lastModified <= ifUnmodifiedSince
            } else {
                true
            }
        guard holds else { throw BlobServiceError.conditionNotMet }
    }

    /// For writes that make what they write to, if need be.
    func checkCreation(_ existing: ResourceVersion?) throws {
        try checkCombination()
        guard let existing else {
            if ifMatch != nil { throw BlobServiceError.conditionNotMet }
            return
        }
        if case .any = ifNoneMatch {
            // Who holds the lease on a blob knows that there is one.
            guard leaseID != nil else { throw BlobServiceError.blobAlreadyExists }
            return
        }
        try checkWrite(existing)
    }

    private func checkCombination() throws {
        let given = [
            ifMatch != nil, ifUnmodifiedSince != nil, ifNoneMatch != nil, ifModifiedSince != nil,
        ]
        switch given.filter({ $0 }).count {
        case 0, 1: return
        case 2 where given == [true, true, false, false] || given == [false, false, true, true]: return
        default: throw BlobServiceError.multipleConditions
        }
    }
}
