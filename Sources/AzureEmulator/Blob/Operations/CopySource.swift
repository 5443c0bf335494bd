import AzureCore
import Foundation
import HTTPTypes

/// The blob that a request names as the source of content.
struct CopySource: Sendable {
    let blob: BlobRecord
    let selection: BlobSelection
    let container: String
    let name: BlobName
    /// The URL without any signature, as it is shown later.
    let shownURL: String
}

extension BlobCall {
    /// Finds the source and checks that it may be read: by a shared access signature in its URL, because anyone may, or,
    /// for copies within the account, because the caller has the account's key.
    ///
    /// - Parameter isWithinAccount: Whether the copy can be one within the account, for which the caller's own key
    ///   suffices, and which says what is missing. All others read the source by a request of their own, and tell only
    ///   that it failed.
    func copySource(isWithinAccount: Bool = false) async throws -> CopySource {
        guard let url = request.header("x-ms-copy-source") else {
            throw BlobServiceError.missingHeader("x-ms-copy-source")
        }
        guard
            let (source, address) = Self.sourceRequest(
                url, version: version, authorization: request.header("x-ms-copy-source-authorization"))
        else {
            throw BlobServiceError.invalidHeader("x-ms-copy-source", url)
        }
        guard address.account == service.account, address.level == .blob else {
            // There is no network beyond this account.
            throw BlobServiceError.cannotVerifyCopySource(.blobNotFound)
        }
        let operations: [BlobOperation] = try copiesTags() ? [.getBlob, .getBlobTags] : [.getBlob]
        do {
            try await authorize(operations, source, address, isWithinAccount: isWithinAccount)
            try Self.checkSelection(.getBlob, source.query)
            let selection = BlobSelection(source.query)
            let blob = try await store.blob(try address.blob, selection, in: try address.container)
            guard !blob.isIncrementalCopy else { throw BlobServiceError.notAllowedOnIncrementalCopy }
            if isWithinAccount {
                try checkSourceConditions(blob, at: store.leaseTime())
            } else {
                let conditions = try BlobConditions(request, prefix: "x-ms-source-")
                try conditions.checkRead(blob, at: store.leaseTime())
                try conditions.checkKey(of: blob)
                guard !blob.isArchived(at: service.time.now()) else { throw BlobServiceError.blobArchived }
            }
            return CopySource(
                blob: blob, selection: selection, container: try address.container, name: try address.blob,
                shownURL: String(url.prefix { $0 != "?" }) + selection.query)
        } catch let error as BlobServiceError {
            if isWithinAccount {
                if ["SourceConditionNotMet", "ConditionNotMet"].contains(error.code) { throw error }
                if isOwner, error.status == 404 { throw BlobServiceError.blobNotFound }
            }
            throw BlobServiceError.cannotVerifyCopySource(error)
        }
    }

    /// Checks that the source may be read in all ways that the copy needs.
    private func authorize(
        _ operations: [BlobOperation], _ source: EmulatorRequest, _ address: BlobAddress, isWithinAccount: Bool
    ) async throws {
        let reader = try await service.authenticate(source, address)
        for operation in operations {
            switch reader {
            case .anonymous where isWithinAccount && isOwner: break
            case .anonymous: try await service.checkPublicAccess(operation, source, address)
            default: try reader.authorize(operation)
            }
        }
    }

    /// Whether the tags of the source become those of the copy, instead of those that the request has.
    func copiesTags() throws -> Bool {
        let name = "x-ms-copy-source-tag-option"
        switch request.header(name)?.uppercased() {
        case nil, "REPLACE": return false
        case "COPY":
            guard request.header("x-ms-tags") == nil else { throw BlobServiceError.invalidHeader(name, "COPY") }
            return true
        case let other?: throw BlobServiceError.invalidHeader(name, other)
        }
    }

    private var isOwner: Bool {
        if case .owner = caller { true } else { false }
    }

    /// The request that reads a source.
    ///
    /// - Parameter authorization: Its Authorization header.
    static func sourceRequest(
        _ url: String, version: String, authorization: String? = nil
    ) -> (EmulatorRequest, BlobAddress)? {
        let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "http:" || parts[0] == "https:", parts[1].isEmpty else { return nil }
        var fields = HTTPFields(emulated: [("x-ms-version", version)])
        if let authorization { fields[.authorization] = authorization }
        let head = HTTPRequest(
            method: .get, scheme: String(parts[0].dropLast()), authority: String(parts[2]), path: "/" + parts[3],
            headerFields: fields)
        guard let request = EmulatorRequest(head), let address = try? BlobAddress(request) else { return nil }
        return (request, address)
    }

    private func checkSourceConditions(_ blob: BlobRecord, at now: Duration) throws {
        let conditions = try BlobConditions(request, prefix: "x-ms-source-")
        // What is asked of the tags has the same code for source and destination.
        try conditions.checkTags(of: blob)
        do {
            try conditions.checkRead(blob, at: now)
        } catch let error as BlobServiceError where error.code == BlobServiceError.conditionNotMet.code {
            throw BlobServiceError.sourceConditionNotMet
        }
        try conditions.checkKey(of: blob)
    }

    /// The content that the request brings, or names.
    func transferBody() async throws -> TransferBody {
        guard request.header("x-ms-copy-source") != nil else { return try TransferBody(request) }
        guard (request.contentLength ?? 0) == 0 else { throw BlobServiceError.invalidHeader("Content-Length", "") }
        let content = try await copySource().blob.content
        let range = try BlobRange(writing: request, names: ["x-ms-source-range"])?.resolved(length: content.length)
        let whole = range ?? 0..<content.length
        return TransferBody(
            content.chunks(in: whole), length: whole.upperBound - whole.lowerBound,
            checks: try TransferChecks(request, prefix: "x-ms-source-content-"))
    }
}
