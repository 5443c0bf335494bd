#if Emulator
import AzureAuth
import AzureCore
import AzureEmulator
import BlobStorage
import Foundation
import Testing

@Suite("Batches and searches by tags over sockets", .timeLimit(.minutes(2)))
struct BlobBatchIntegrationTests {
    private func withContainer(
        _ body: (BlobServiceClient, BlobContainerClient) async throws -> Void
    ) async throws {
        try await withEmulator { emulator in
            let service = try BlobServiceClient(connectionString: emulator.blobConnectionString)
            let container = service.container("pictures")
            try await container.create()
            try await body(service, container)
        }
    }

    @Test("more blobs than one batch takes are deleted, and each has a result of its own")
    func deletions() async throws {
        try await withContainer { service, container in
            let names = (0..<300).map { "a folder/n\($0) ü+%?" }
            for name in names.dropLast() { try await container.blob(name).upload(Data()) }
            let results = try await service.batch.delete(names.map { container.blob($0) })
            #expect(results.count == 300)
            #expect(results.failures.map(\.blob.name) == [names[299]])
            #expect(results.failures.first?.error?.code == .blobNotFound)
            #expect(results[0].response?.requestID?.isEmpty == false)
            for try await item in container.listBlobs() { Issue.record("'\(item.name)' is still there.") }
        }
    }

    @Test("a batch of a container changes tiers; conditions hold for each blob of it")
    func tiers() async throws {
        try await withContainer { _, container in
            for name in ["a", "b"] { try await container.blob(name).upload(Data("x".utf8)) }
            let tag = try await container.blob("a").properties().etag
            let moved = try await container.setAccessTier(.cool, ofBlobs: ["a", "b"])
            try moved.throwIfAnyFailed()
            #expect(try await container.blob("b").properties().tier.accessTier == .cool)
            let deleted = try await container.deleteBlobs(
                ["a", "b"], each: BlobDeleteOptions(conditions: .init(ifMatch: tag)))
            #expect(deleted.map(\.error?.code) == [nil, .conditionNotMet])
        }
    }

    @Test("a signature for the container is enough, as far as its permissions go")
    func signatures() async throws {
        try await withEmulator { emulator in
            let service = try BlobServiceClient(connectionString: emulator.blobConnectionString)
            let container = service.container("pictures")
            try await container.create()
            try await container.blob("a").upload(Data("x".utf8))
            for (permissions, code) in [
                (ContainerSASPermissions.read, "AuthorizationPermissionMismatch"), (.delete, nil),
            ] {
                let url = try container.signedURL(permissions: permissions, expiresOn: Date(timeIntervalSinceNow: 600))
                let results = try await BlobContainerClient(url: url).deleteBlobs(["a"])
                #expect(results.map(\.error?.code.rawValue) == [code])
            }
        }
    }

    @Test("blobs are found by their tags, page by page, in all containers or in one")
    func finding() async throws {
        try await withContainer { service, container in
            let other = service.container("other")
            try await other.create()
            for index in 0..<7 {
                let tags = ["state": index < 5 ? "done" : "new", "more": "x"]
                try await container.blob("b/\(index)").upload(Data(), options: .init(tags: tags))
            }
            try await other.blob("c").upload(Data(), options: .init(tags: ["state": "done"]))
            var found: [String] = []
            let done = #""state" = 'done'"#
            for try await blob in service.findBlobs(matching: done, options: .init(pageSize: 2)) {
                #expect(blob.tags == ["state": "done"])
                found.append("\(blob.containerName)/\(blob.name)")
            }
            #expect(found == ["other/c"] + (0..<5).map { "pictures/b/\($0)" })
            found = []
            for try await blob in container.findBlobs(matching: done) { found.append(blob.name) }
            #expect(found == (0..<5).map { "b/\($0)" })
            let error = await #expect(throws: AzureError.self) {
                for try await _ in service.findBlobs(matching: "state <> 'a'") {}
            }
            #expect(error?.code.rawValue == "InvalidQueryParameterValue")
        }
    }
}
#endif
