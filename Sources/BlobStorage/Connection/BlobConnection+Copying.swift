import AzureCore
import HTTPTypes
import StorageCore

extension BlobConnection {
    /// Sends a request that starts a copy and returns the head that describes it.
    ///
    /// When the service says that a copy is under way, or that the blob exists, after a try whose outcome is not known,
    /// the copy may be what that try started. The blob is looked at then, and tells by its copy whether it is.
    func send(copying request: BlobRequest) async throws -> HTTPResponse {
        let start = timeSource.uptime()
        do {
            return try await send(request).head
        } catch var error as AzureError where error.earlierTryMayHaveActed && request.meetsCopy(error) {
            do {
                let look = BlobRequest(
                    "Blob.GetProperties", .head, container: request.container, blob: request.blob, success: [200],
                    call: request.call.forLooking)
                let head = try await send(look).head
                if Self.isCopy(head.headerFields, of: request, notBefore: time(of: head, since: start)) { return head }
            } catch let failure as AzureError {
                error.code = .outcomeUnknown
                error.message =
                    "An earlier try of this call, whose answer is missing, may have started the copy. Whether it did "
                    + "cannot be found out: \(failure.message)"
                error.underlying = failure
            }
            throw error
        }
    }

    /// Whether the last copy into a blob is from the source of a request, and not from before it.
    private static func isCopy(
        _ found: HTTPFields, of request: BlobRequest, notBefore time: CreatedBlobTrace.Time
    ) -> Bool {
        guard let wanted = request.headers[.copySource], let source = found[.copySource],
            let changed = found.timestamp(.lastModified)?.date
        else { return false }
        return changed >= time.earliest && CopySourceIdentity(wanted) == CopySourceIdentity(source)
    }
}

extension BlobRequest {
    /// Whether an error can be about a copy that the request has started itself.
    fileprivate func meetsCopy(_ error: AzureError) -> Bool {
        if error.code == .pendingCopyOperation { return true }
        // A snapshot that an earlier try has copied may count as an old one now.
        if error.code == .incrementalCopyOfEarlierSnapshotNotAllowed { return true }
        return isRefusedForExisting(error)
    }
}

/// The URL of a copy's source as far as it names what is copied. The service leaves the signature out where it shows
/// the URL, and may percent-encode otherwise.
struct CopySourceIdentity: Hashable {
    private let path: String
    private let state: [String]

    init(_ url: String) {
        let path = url.prefix { $0 != "?" }
        self.path = PercentEncoding.decode(path) ?? String(path)
        state = url[path.endIndex...].dropFirst().split(separator: "&")
            .filter { item in
                ["snapshot=", "versionid=", "sharesnapshot="].contains { item.lowercased().hasPrefix($0) }
            }
            .map { PercentEncoding.decode($0) ?? String($0) }.sorted()
    }
}
