#if Emulator
import AzureCore
import AzureEmulator
import BlobStorage
import Foundation
import Testing

@Suite("Tags and tiers over sockets", .timeLimit(.minutes(2)))
struct TagIntegrationTests {
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

    @Test("tags go up with a blob or later, come back, and are conditions")
    func tags() async throws {
        try await withContainer { container in
            let blob = container.blob("a")
            let tags = ["state": "new", "a b": "c/d:e", "size": "5"]
            try await blob.upload(Data("x".utf8), options: .init(tags: tags))
            #expect(try await blob.tags() == tags)
            #expect(try await blob.properties().tagCount == 3)
            let etag = try await blob.properties().etag
            try await blob.setTags(["state": "done"])
            #expect(try await blob.tags() == ["state": "done"])
            #expect(try await blob.properties().etag == etag)

            let holds = ["\"state\" = 'done'", "state <> 'new' AND \"state\" >= 'a'", "\"x\" = 'y' OR state > 'a'"]
            for condition in holds {
                _ = try await blob.properties(options: .init(conditions: .init(ifTags: condition)))
            }
            for condition in ["\"state\" = 'new'", "\"x\" = 'y'", "state = 'done' AND state = 'new'"] {
                #expect(
                    await code {
                        _ = try await blob.download(upTo: 1, options: .init(conditions: .init(ifTags: condition)))
                    }
                        == "ConditionNotMet")
                #expect(
                    await code { try await blob.delete(options: .init(conditions: .init(ifTags: condition))) }
                        == "ConditionNotMet")
                #expect(
                    await code {
                        try await blob.upload(
                            Data(), options: .init(overwrite: true, conditions: .init(ifTags: condition)))
                    } == "ConditionNotMet")
            }
            #expect(
                await code { _ = try await blob.properties(options: .init(conditions: .init(ifTags: "nonsense"))) }
                    != nil)
            var listed: [[String: String]] = []
            for try await item in container.listBlobs(options: .init(include: .tags)) { listed.append(item.tags) }
            #expect(listed == [["state": "done"]])
            try await blob.setTags([:])
            #expect(try await blob.tags() == [:])
        }
    }

    @Test("a blob in the archive cannot be read until it is back")
    func tiers() async throws {
        try await withContainer { container in
            let blob = container.blob("a")
            try await blob.upload(Data("x".utf8))
            try await blob.setAccessTier(.cool)
            #expect(try await blob.properties().tier.accessTier == .cool)
            try await blob.setAccessTier(.archive)
            #expect(await code { _ = try await blob.download(upTo: 1) } == "BlobArchived")
            #expect(try await blob.properties().tier.accessTier == .archive)
            try await blob.setAccessTier(.hot, options: .init(rehydratePriority: .high))
            let tier = try await blob.properties().tier
            #expect(tier.accessTier == .archive)
            #expect(tier.archiveStatus?.rawValue == "rehydrate-pending-to-hot")
            #expect(tier.rehydratePriority == .high)
            #expect(await code { _ = try await blob.download(upTo: 1) } == "BlobArchived")
        }
    }
}
#endif
