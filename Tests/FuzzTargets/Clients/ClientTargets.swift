#if DEBUG
import AzureAuth
import AzureCore
import AzureTesting
import BatchService
import BlobStorage
import Foundation
import HTTPTypes

extension FuzzTarget {
    /// Answers to every operation of both clients.
    static let clients: [FuzzTarget] = [blobClient, batchClient, answerLength]

    private static let answerWords = [
        "\u{1E}", "\n", "\n\n", "200\n", "206\n", "404\n", "412\n", "429\n", "503\n", "Content-Length: ",
        "Content-Range: bytes 0-4/5", "Content-Range: bytes ", "ETag: \"0x2\"", "Retry-After: ",
        "x-ms-retry-after-ms: ",
        "x-ms-error-code: ", "x-ms-copy-status: pending", "x-ms-copy-progress: ", "x-ms-lease-time: ",
        "x-ms-structured-body: XSM/1.0; properties=crc64", "x-ms-structured-content-length: ", "Content-MD5: ",
        "x-ms-content-crc64: ", "x-ms-blob-append-offset: ", "x-ms-blob-committed-block-count: ",
        "x-ms-blob-content-length: ", "x-ms-blob-type: PageBlob", "x-ms-meta-encryptiondata: ",
        "Content-Encoding: gzip",
        "break\n",
    ]

    private static let blobClient = FuzzTarget.asynchronous(
        "blob-client", words: answerWords + BlobCalls.all.map(\.name), seeds: BlobCalls.seeds
    ) { input in
        let script = AnswerScript(input)
        guard let call = BlobCalls.named(script.name) else { return }
        let key = try StorageSharedKey(accountName: "example", key: "a2V5")
        let service = try BlobServiceClient(
            endpoint: "https://example.blob.core.windows.net", credential: .sharedKey(key),
            options: BlobClientOptions(pipeline: script.pipeline))
        try await accepting { try await call.run(BlobCalls.Clients(service: service, clock: script.clock)) }
    }

    private static let batchClient = FuzzTarget.asynchronous(
        "batch-client", words: answerWords + BatchCalls.all.map(\.name), seeds: BatchCalls.seeds
    ) { input in
        let script = AnswerScript(input)
        guard let call = BatchCalls.named(script.name) else { return }
        let key = try BatchSharedKey(accountName: "account", key: "a2V5")
        let client = try BatchClient(
            endpoint: "https://account.region.batch.azure.com", credential: .sharedKey(key),
            options: BatchClientOptions(pipeline: script.pipeline))
        let options = WaitOptions(
            timeout: .seconds(30), pollInterval: .seconds(5), timeSource: script.clock.timeSource)
        try await accepting { try await call.run(client, options) }
    }
}
#endif
