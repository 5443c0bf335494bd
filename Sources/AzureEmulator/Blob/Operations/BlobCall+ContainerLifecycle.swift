import AzureCore

extension BlobCall {
    /// The lease that the request names.
    func leaseID() throws -> String? {
        try request.header("x-ms-lease-id").map { text in
            guard let id = LeaseRequest.id(text) else { throw BlobServiceError.invalidHeader("x-ms-lease-id", text) }
            return id
        }
    }

    func encryptionScope() throws -> ContainerEncryptionScope {
        guard let name = request.header("x-ms-default-encryption-scope") else { return .accountKey }
        let text = request.header("x-ms-deny-encryption-scope-override") ?? "false"
        guard let denies = Bool(text.lowercased()) else {
            throw BlobServiceError.invalidHeader("x-ms-deny-encryption-scope-override", text)
        }
        return ContainerEncryptionScope(name: name, deniesOverride: denies)
    }

    func leaseContainer() async throws -> HTTPTransportResponse {
        let asked = try LeaseRequest(request)
        let (record, remaining) = try await store.lease(
            ofContainer: try address.container, asked, conditions: try BlobConditions(request))
        return .emulated(
            asked.status,
            headers: Self.fields(of: record.version) + asked.fields(of: record.lease, remaining: remaining))
    }

    func restoreContainer() async throws -> HTTPTransportResponse {
        guard let name = request.header("x-ms-deleted-container-name") else {
            throw BlobServiceError.missingHeader("x-ms-deleted-container-name")
        }
        guard let version = request.header("x-ms-deleted-container-version") else {
            throw BlobServiceError.missingHeader("x-ms-deleted-container-version")
        }
        let restored = try await store.restoreContainer(name, version: version, as: try address.container)
        return .emulated(201, headers: Self.fields(of: restored))
    }

    func renameContainer() async throws -> HTTPTransportResponse {
        guard let source = request.header("x-ms-source-container-name") else {
            throw BlobServiceError.missingHeader("x-ms-source-container-name")
        }
        let lease = try request.header("x-ms-source-lease-id").map { text in
            guard let id = LeaseRequest.id(text) else {
                throw BlobServiceError.invalidHeader("x-ms-source-lease-id", text)
            }
            return id
        }
        let renamed = try await store.renameContainer(source, to: try address.container, sourceLeaseID: lease)
        return .emulated(200, headers: Self.fields(of: renamed))
    }
}
