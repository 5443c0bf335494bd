import AzureAuth
import AzureCore
import AzureEmulator
import BlobStorage
import Foundation
import Testing

@Suite("Keys of the client, in the process of the service")
struct CustomerKeyTests {
    private func container() async throws -> BlobContainerClient {
        let configuration = EmulatorConfiguration()
        let key = try StorageSharedKey(accountName: configuration.storageAccount, key: configuration.storageKey)
        let service = try BlobServiceClient(
            endpoint: "https://127.0.0.1/\(configuration.storageAccount)", credential: .sharedKey(key),
            options: BlobClientOptions(pipeline: PipelineOptions(transport: try InProcessTransport.blob())))
        let container = service.container("pictures")
        try await container.create()
        return container
    }

    private func code(_ operation: () async throws -> Void) async -> String? {
        let error = await #expect(throws: AzureError.self) { try await operation() }
        return error?.code.rawValue
    }

    private let first: CustomerProvidedKey
    private let second: CustomerProvidedKey

    init() throws {
        first = try CustomerProvidedKey(aes256: Data(repeating: 1, count: 32))
        second = try CustomerProvidedKey(aes256: Data(repeating: 2, count: 32))
    }

    @Test("what was uploaded with a key, whole or in blocks, is downloaded with it only", arguments: [10, 300_000])
    func transfers(_ size: Int) async throws {
        let blob = try await container().blob("a")
        let content = Data((0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7) })
        try await blob.upload(
            content,
            options: .init(
                encryption: .init(customerKey: first), transfer: .init(singleShotLimit: 100_000, partSize: 100_000)))
        #expect(try await blob.download(upTo: size, options: .init(customerKey: first)) == content)
        #expect(
            await code { _ = try await blob.download(upTo: size) } == "BlobUsesCustomerSpecifiedEncryption")
        #expect(
            await code { _ = try await blob.download(upTo: size, options: .init(customerKey: second)) }
                == "BlobCustomerSpecifiedEncryptionMismatch")
        let properties = try await blob.properties(options: .init(customerKey: first))
        #expect(properties.encryption.keySHA256 != nil)
        let snapshot = try await blob.createSnapshot(options: .init(encryption: .init(customerKey: first))).snapshot
        #expect(
            try await blob.snapshot(snapshot).download(upTo: size, options: .init(customerKey: first)) == content)
    }

    @Test("appended blocks and pages need the key of the blob")
    func appendsAndPages() async throws {
        let container = try await container()
        let log = container.blob("log").appendBlob
        try await log.create(options: .init(encryption: .init(customerKey: first)))
        try await log.append(HTTPBody("x"), options: .init(encryption: .init(customerKey: first)))
        #expect(
            await code { try await log.append(HTTPBody("x"), options: .init(encryption: .init(customerKey: second))) }
                == "BlobCustomerSpecifiedEncryptionMismatch")
        let disk = container.blob("disk").pageBlob
        try await disk.create(size: 512, options: .init(encryption: .init(customerKey: first)))
        #expect(
            await code { try await disk.upload(HTTPBody(Data(count: 512)), at: 0) }
                == "BlobUsesCustomerSpecifiedEncryption")
    }
}
