import AzureCore

extension BlobCall {
    private static let untilDate = "x-ms-immutability-policy-until-date"
    private static let mode = "x-ms-immutability-policy-mode"
    private static let legalHold = "x-ms-legal-hold"

    func setImmutabilityPolicy() async throws -> HTTPTransportResponse {
        guard let policy = try immutabilityPolicy() else { throw BlobServiceError.missingHeader(Self.untilDate) }
        let conditions = try BlobConditions(request)
        let protection = try await store.change(try address.blob, selection, in: try address.container) { blob in
            try conditions.checkWrite(blob.version)
            try blob.protection.set(policy)
            return blob.protection
        }
        return .emulated(200, headers: protection.policyFields)
    }

    func deleteImmutabilityPolicy() async throws -> HTTPTransportResponse {
        try await store.change(try address.blob, selection, in: try address.container) { blob in
            try blob.protection.removePolicy()
        }
        return .emulated(200)
    }

    func setLegalHold() async throws -> HTTPTransportResponse {
        guard let isHeld = try isHeld() else { throw BlobServiceError.missingHeader(Self.legalHold) }
        try await store.change(try address.blob, selection, in: try address.container) { blob in
            blob.protection.hasLegalHold = isHeld
        }
        return .emulated(200, headers: [(Self.legalHold, String(isHeld))])
    }

    /// What a write says about changing and deleting what it makes.
    func protectionOfWrite() throws -> BlobProtection {
        BlobProtection(policy: try immutabilityPolicy(), hasLegalHold: try isHeld() ?? false)
    }

    private func immutabilityPolicy() throws -> BlobProtection.Policy? {
        guard let text = request.header(Self.untilDate) else {
            guard request.header(Self.mode) == nil else { throw BlobServiceError.missingHeader(Self.untilDate) }
            return nil
        }
        guard let until = RFC1123Date.parse(text), until > service.time.now() else {
            throw BlobServiceError.invalidHeader(Self.untilDate, text)
        }
        let mode = request.header(Self.mode) ?? BlobProtection.Mode.unlocked.rawValue
        guard let mode = BlobProtection.Mode(rawValue: mode.lowercased()) else {
            throw BlobServiceError.invalidHeader(Self.mode, mode)
        }
        return BlobProtection.Policy(until: until, mode: mode)
    }

    private func isHeld() throws -> Bool? {
        try request.header(Self.legalHold).map { text in
            guard let isHeld = Bool(text.lowercased()) else {
                throw BlobServiceError.invalidHeader(Self.legalHold, text)
            }
            return isHeld
        }
    }
}
