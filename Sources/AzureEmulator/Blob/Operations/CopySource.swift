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
    ///   suffices, and which says what is missing.
    func copySource(isWithinAccount: Bool = false) async throws -> CopySource {
        guard let url = request.header("x-ms-copy-source") else {
            throw BlobServiceError.missingHeader("x-ms-copy-source")
        }
        guard let (source, address) = Self.sourceRequest(url) else {
            throw BlobServiceError.invalidHeader("x-ms-copy-source", url)
        }
        guard address.account == service.account, address.level == .blob else {
            // There is no network beyond this account.
            throw BlobServiceError.cannotVerifyCopySource(404)
        }
        do {
            let reader = try await service.authenticate(source, address)
            switch reader {
            case .anonymous where isWithinAccount && isOwner: break
            case .anonymous: try await service.checkPublicAccess(.getBlob, source, address)
            default: try reader.authorize(.getBlob)
            }
            try Self.checkSelection(.getBlob, source.query)
            let selection = BlobSelection(source.query)
            let blob = try await store.blob(try address.blob, selection, in: try address.container)
            guard !blob.isIncrementalCopy else { throw BlobServiceError.notAllowedOnIncrementalCopy }
            try checkSourceConditions(blob, at: store.leaseTime())
            return CopySource(
                blob: blob, selection: selection, container: try address.container, name: try address.blob,
                shownURL: String(url.prefix { $0 != "?" }) + selection.query)
        } catch let error as BlobServiceError where error.code != "SourceConditionNotMet" {
            if isWithinAccount, isOwner, error.status == 404 { throw BlobServiceError.blobNotFound }
            throw BlobServiceError.cannotVerifyCopySource(error.status)
        }
    }

    private var isOwner: Bool {
        if case .owner = caller { true } else { false }
    }

    static func sourceRequest(_ url: String) -> (EmulatorRequest, BlobAddress)? {
        let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "http:" || parts[0] == "https:", parts[1].isEmpty else { return nil }
        let head = HTTPRequest(
            method: .get, scheme: String(parts[0].dropLast()), authority: String(parts[2]), path: "/" + parts[3])
        guard let request = EmulatorRequest(head), let address = try? BlobAddress(request) else { return nil }
        return (request, address)
    }

    private func checkSourceConditions(_ blob: BlobRecord, at now: Duration) throws {
        do {
            let conditions = try BlobConditions(request, prefix: "x-ms-source-")
            try conditions.checkRead(blob, at: now)
            try conditions.checkKey(of: blob)
        } catch let error as BlobServiceError where error.code == "ConditionNotMet" {
            throw BlobServiceError.sourceConditionNotMet
        }
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
