#if Curl && Emulator
import AzureAuth
import AzureCore
import AzureEmulator
import BatchModels
import BatchService
import BlobStorage
import Foundation
import TestSupport
import Testing

/// The witness of the encryption is libcurl over OpenSSL, which verifies certificates by its own rules; the server's side is
/// BoringSSL.
@Suite("The emulator over TLS", .timeLimit(.minutes(2)))
struct TLSIntegrationTests {
    private static let poll = WaitOptions(timeout: .seconds(60), pollInterval: .milliseconds(50))

    private func options(_ emulator: RunningEmulator) throws -> PipelineOptions {
        let authority = try #require(emulator.certificateAuthorityFile)
        return PipelineOptions(transport: CurlTransport(options: .init(certificateAuthoritiesFile: authority)))
    }

    private func configuration(_ tls: EmulatorTLS) -> EmulatorConfiguration {
        var configuration = EmulatorConfiguration()
        configuration.tls = tls
        return configuration
    }

    @Test("customer keys, signatures for HTTPS only, and tasks with files of its blobs work as on Azure")
    func services() async throws {
        try await withEmulator(configuration(.generated())) { emulator in
            let pipeline = try options(emulator)
            let service = try BlobServiceClient(
                connectionString: emulator.blobConnectionString, options: BlobClientOptions(pipeline: pipeline))
            let container = service.container("pictures")
            try await container.create()
            let blob = container.blob("a")
            let key = try CustomerProvidedKey(aes256: Data(repeating: 1, count: 32))
            let content = Data(repeating: 7, count: 300_000)
            try await blob.upload(content, options: .init(encryption: .init(customerKey: key)))
            #expect(try await blob.download(upTo: 1 << 20, options: .init(customerKey: key)) == content)

            let text = container.blob("text")
            try await text.upload(Data("from a blob".utf8))
            let url = try text.signedURL(permissions: .read, expiresOn: Date(timeIntervalSinceNow: 3600))
            #expect(url.scheme == "https")

            let batchKey = try BatchSharedKey(accountName: emulator.batchAccount, key: emulator.batchKey)
            let batch = try BatchClient(
                endpoint: emulator.batchEndpoint, credential: .sharedKey(batchKey), options: .init(pipeline: pipeline))
            let image = try await batch.account.newestVerifiedImage(
                publisher: "canonical", offer: "ubuntu-24_04-lts", skuPrefix: "server")
            let machine = VirtualMachineConfiguration(
                imageReference: image.imageReference, nodeAgentSKUID: image.nodeAgentSKUID)
            try await batch.pools.create(
                BatchPoolCreateOptions(
                    id: "pool", vmSize: "standard_d2s_v3", virtualMachineConfiguration: machine,
                    targetDedicatedNodes: 1))
            try await batch.jobs.create(BatchJobCreateOptions(id: "job", poolInfo: BatchPoolInfo(poolID: "pool")))
            try await batch.tasks.create(
                [
                    .init(
                        id: "task", commandLine: "cat text",
                        resourceFiles: [ResourceFile(httpURL: url.absoluteString, filePath: "text")])
                ], inJob: "job")
            try await batch.jobs.waitUntilTasksCompleted("job", options: Self.poll)
            let output = try await batch.files.readTaskFile("stdout.txt", ofTask: "task", inJob: "job")
            #expect(String(decoding: output, as: UTF8.self) == "from a blob")
        }
    }

    @Test("Who does not trust the authority is told so, and plain HTTP gets no answer")
    func strangers() async throws {
        try await withEmulator(configuration(.generated())) { emulator in
            func failure(_ endpoint: String) async throws -> AzureError? {
                let key = try StorageSharedKey(accountName: emulator.blobAccount, key: emulator.blobKey)
                var pipeline = PipelineOptions(transport: CurlTransport())
                pipeline.retry.maxRetries = 0
                let service = try BlobServiceClient(
                    endpoint: endpoint, credential: .sharedKey(key), options: .init(pipeline: pipeline))
                return await #expect(throws: AzureError.self) { _ = try await service.properties() }
            }
            let untrusted = try await failure(emulator.blobEndpoint)
            #expect(
                untrusted?.code == .insecureConnection
                    && untrusted?.message.contains("certificateAuthoritiesFile") == true,
                "\(untrusted as Any)")
            let plain = try await failure(
                emulator.blobEndpoint.replacingOccurrences(of: "https://", with: "http://"))
            #expect(plain.map { AzureErrorCode.connection ~= $0.code } == true, "\(plain as Any)")
        }
    }

    @Test("A directory keeps the certificate for the next start")
    func directory() async throws {
        try await withTemporaryDirectory { directory in
            let kept = directory.appendingPathComponent("tls").path
            var seen: [String] = []
            for _ in 0..<2 {
                try await withEmulator(configuration(.generated(in: kept))) { emulator in
                    #expect(emulator.certificateAuthorityFile == kept + "/authority.pem")
                    seen.append(try String(contentsOfFile: kept + "/certificate.pem", encoding: .utf8))
                    let service = try BlobServiceClient(
                        connectionString: emulator.blobConnectionString,
                        options: BlobClientOptions(pipeline: try options(emulator)))
                    _ = try await service.properties()
                }
            }
            #expect(seen.count == 2 && seen[0] == seen[1])
            var own = configuration(.files(certificate: kept + "/certificate.pem", key: kept + "/key.pem"))
            try await withEmulator(own) { emulator in
                #expect(emulator.certificateAuthorityFile == nil)
                #expect(emulator.batchEndpoint.hasPrefix("https://127.0.0.1:"))
            }
            own.tls = .files(certificate: kept + "/certificate.pem", key: kept + "/none.pem")
            let error = await #expect(throws: AzureError.self) { try await withEmulator(own) { _ in } }
            #expect(error?.code == .invalidArgument)
            #expect(error?.message.contains("none.pem' is not the file of a private key") == true)
        }
    }
}
#endif
