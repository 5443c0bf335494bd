#if Emulator
import AzureCore
import AzureEmulator
import BlobStorage
import Foundation
import Testing

@Suite("Lists over sockets", .timeLimit(.minutes(2)))
struct ListIntegrationTests {
    @Test("containers are listed with metadata, and those of the service if they are asked for")
    func containers() async throws {
        try await withEmulator { emulator in
            let service = try BlobServiceClient(connectionString: emulator.blobConnectionString)
            for name in ["$logs", "one", "two"] {
                try await service.container(name).create(options: .init(metadata: ["name": name]))
            }
            // URLSession may send the names of metadata with capitals.
            func names(_ include: ContainerListInclude) async throws -> [String: String] {
                var names: [String: String] = [:]
                for try await item in service.listContainers(options: .init(include: include, pageSize: 1)) {
                    names[item.name] = item.properties.metadata.map { "\($0.lowercased())=\($1)" }.joined()
                }
                return names
            }
            #expect(try await names([]) == ["one": "", "two": ""])
            #expect(try await names(.metadata) == ["one": "name=one", "two": "name=two"])
            #expect(
                try await names([.system, .metadata, .deleted]) == [
                    "$logs": "name=$logs", "one": "name=one", "two": "name=two",
                ])
        }
    }

    @Test("a list of blobs starts where it is told to, and comes in pages from there")
    func start() async throws {
        try await withEmulator { emulator in
            let container = try BlobServiceClient(connectionString: emulator.blobConnectionString).container("box")
            try await container.create()
            for index in 0..<9 { try await container.blob("n\(index)").upload(Data()) }
            var names: [String] = []
            for try await item in container.listBlobs(options: .init(pageSize: 2, startFrom: "n3x")) {
                names.append(item.name)
            }
            #expect(names == ["n4", "n5", "n6", "n7", "n8"])
        }
    }
}
#endif
