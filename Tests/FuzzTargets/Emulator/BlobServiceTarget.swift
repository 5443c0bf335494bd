#if DEBUG
import AzureCore
import AzureTesting
import Foundation
import HTTPTypes

@testable import AzureEmulator

extension FuzzTarget {
    /// Requests to both emulated services.
    static let services: [FuzzTarget] = [blobService, batchService]

    /// Requests to the Blob service, one after another, with a container and blobs of each kind to begin with.
    private static let blobService = FuzzTarget.asynchronous(
        "blob-service", words: BlobRequestSeeds.words, seeds: BlobRequestSeeds.all
    ) { input in
        let clock = ManualClock(advancesBySleeping: true)
        let service = try BlobEmulator(
            account: "a", key: "a2V5", time: clock.timeSource, containerRetention: .seconds(60), keepsVersions: true,
            tokens: ["t"])
        for request in BlobRequestSeeds.beginning { try await send(request, to: service) }
        for part in input.parts.prefix(8) { try await send(part, to: service) }
    }

    private static func send(_ text: [UInt8], to service: BlobEmulator) async throws {
        guard var request = RequestText(text) else { return }
        request.setDefault("Authorization", "Bearer t")
        request.setDefault("x-ms-version", BlobServiceVersion.latest)
        request.setDefault("Content-Length", String(request.body.count))
        let response = await service.respond(to: request.head, body: request.chunks)
        _ = try await checkAnswer(response, to: request.head)
        if response.head.status.code >= 400 {
            try require(
                response.head.headerFields[HTTPField.Name("x-ms-error-code") ?? .server] != nil,
                "\(request.head.method.rawValue) \(request.head.path ?? "") has an error without a code.")
        }
    }
}
#endif
