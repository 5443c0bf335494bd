import AzureCore
import HTTPTypes

extension BlobConnection {
    /// Sends a request that makes a blob.
    ///
    /// When the service says that the blob exists after a try whose outcome is not known, the blob may be what that try
    /// made. It is looked at then, and if it is, the answer of the look counts as that of the call.
    ///
    /// - Parameters:
    ///   - request: The request, with all its header fields.
    ///   - refusingExisting: Whether the package itself asked that there be no blob; it then says so in its own words.
    ///   - content: What the blob holds, where that is sent; the body of the request may be that in another form.
    ///   - blocks: The names of the blocks that the blob is made of, where the request names them.
    func send(
        creating request: BlobRequest, refusingExisting: Bool, content: HTTPBody? = nil, blocks: [BlockID]? = nil
    ) async throws -> ServiceAnswer {
        let start = timeSource.uptime()
        do {
            return try await send(request)
        } catch var error as AzureError where request.isRefusedForExisting(error) {
            if error.earlierTryMayHaveActed {
                let creation = UnansweredCreation(
                    connection: self, request: request, content: content, blocks: blocks, start: start)
                switch try await creation.look() {
                case .own(let response): return response
                case .foreign: break
                case .unknown(let reason, let underlying):
                    error.code = .outcomeUnknown
                    error.message =
                        "The blob exists, and an earlier try of this call, whose answer is missing, may have made it. "
                        + "Whether it did cannot be found out: \(reason)"
                    error.underlying = underlying
                    throw error
                }
            }
            guard refusingExisting, error.code == .conditionNotMet else { throw error }
            error.code = .blobAlreadyExists
            error.message = "The blob exists, and the call was not told to overwrite it."
            throw error
        }
    }
}

extension BlobRequest {
    /// Whether the request asked that there be no blob and failed because there is one.
    func isRefusedForExisting(_ error: AzureError) -> Bool {
        headers[.ifNoneMatch] == "*"
            && [.blobAlreadyExists, .conditionNotMet, .targetConditionNotMet].contains(error.code)
    }
}
