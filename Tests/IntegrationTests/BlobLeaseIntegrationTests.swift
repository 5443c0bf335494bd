#if Emulator
import AzureCore
import AzureEmulator
import BlobStorage
import Foundation
import Testing

@Suite("Leases of blobs over sockets", .timeLimit(.minutes(2)))
struct BlobLeaseIntegrationTests {
    private func withContainer(_ body: (BlobContainerClient) async throws -> Void) async throws {
        try await withEmulator { emulator in
            let service = try BlobServiceClient(connectionString: emulator.blobConnectionString)
            let container = service.container("pictures")
            try await container.create()
            try await body(container)
        }
    }

    private func code(_ operation: () async throws -> Void) async -> String? {
        let error = await #expect(throws: AzureError.self) { try await operation() }
        return error?.code.rawValue
    }

    @Test("while somebody holds a blob, others read it only")
    func holding() async throws {
        try await withContainer { container in
            let blob = container.blob("a")
            try await blob.upload(Data("one".utf8))
            let id = UUID().uuidString.lowercased()
            let lease = try await blob.lease.acquire(duration: .seconds(60), proposedID: id)
            #expect(lease.id == id)
            #expect(await code { _ = try await blob.lease.acquire() } == "LeaseAlreadyPresent")
            #expect(await code { try await blob.setMetadata(["a": "b"]) } == "LeaseIdMissing")
            #expect(await code { try await blob.delete() } == "LeaseIdMissing")
            #expect(
                await code { try await blob.upload(Data("two".utf8), options: .init(overwrite: true)) }
                    == "LeaseIdMissing")
            #expect(try await blob.download(upTo: 10) == Data("one".utf8))
            let properties = try await blob.properties()
            #expect(properties.lease.state == .leased)
            #expect(properties.lease.status == .locked)
            #expect(properties.lease.duration == .fixed)
            try await blob.upload(
                Data("three".utf8), options: .init(overwrite: true, conditions: .init(leaseID: id)))

            let other = UUID().uuidString.lowercased()
            #expect(try await blob.lease.change(id, to: other).id == other)
            try await blob.lease.renew(other)
            #expect(
                await code { _ = try await blob.properties(options: .init(conditions: .init(leaseID: id))) }
                    == "LeaseIdMismatchWithBlobOperation")
            try await blob.lease.release(other)
            try await blob.setMetadata(["a": "b"])

            let last = try await blob.lease.acquire().id
            #expect(try await blob.lease.breakLease().remaining == .zero)
            #expect(try await blob.properties().lease.state == .broken)
            #expect(await code { try await blob.lease.renew(last) } == "LeaseIsBrokenAndCannotBeRenewed")
            try await blob.delete()
        }
    }
}
#endif
