import AzureCore

extension BlobCall {
    func leaseBlob() async throws -> HTTPTransportResponse {
        let asked = try LeaseRequest(request)
        let (blob, remaining) = try await store.lease(
            of: try address.blob, in: try address.container, asked, conditions: try BlobConditions(request))
        return .emulated(
            asked.status,
            headers: Self.fields(of: blob.version) + asked.fields(of: blob.lease, remaining: remaining))
    }
}
