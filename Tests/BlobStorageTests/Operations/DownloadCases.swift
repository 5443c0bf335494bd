import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import HTTPTypes

extension OperationCase {
    static let downloads: [OperationCase] = [
        OperationCase(
            "blob.download", .get, blobPath,
            headers: all(
                blobConditionHeaders, customerKeyHeaders,
                ["x-ms-range": "bytes=7-11", "x-ms-structured-body": "XSM/1.0; properties=crc64"]),
            status: 206,
            answerHeaders: all(
                downloadAnswerHeaders,
                [
                    "Content-Range": "bytes 7-11/20", "Content-Length": "44",
                    "x-ms-blob-content-md5": "AwMDAwMDAwMDAwMDAwMDAw==",
                    "x-ms-structured-body": "XSM/1.0; properties=crc64", "x-ms-structured-content-length": "5",
                ]),
            answerData: structuredHello,
            result: all(
                downloadResult,
                [
                    "validation.kind": "crc64", "length": "5", "properties.contentLength": "20",
                    "properties.httpHeaders.contentMD5": "AwMDAwMDAwMDAwMDAwMDAw==",
                ])
        ) { try await download($0.blob, .crc64) },
        OperationCase(
            "blob.download", variant: "MD5 of a range of a snapshot", .get, blobPath, query: ["snapshot": "s1"],
            headers: ["x-ms-range": "bytes=7-11", "x-ms-range-get-content-md5": "true"], status: 206,
            answerHeaders: ["Content-Range": "bytes 7-11/20", "Content-MD5": "XUFAKrxLKna5cZ2REBfFkg=="],
            answer: "hello", result: ["validation.kind": "md5"]
        ) { try await download($0.blob.snapshot("s1"), .md5, all: false) },
        OperationCase(
            "blob.download", variant: "CRC-64 of a range of a version", .get, blobPath, query: ["versionid": "v1"],
            headers: ["x-ms-range": "bytes=7-11", "x-ms-range-get-content-crc64": "true"], status: 206,
            answerHeaders: ["Content-Range": "bytes 7-11/20", "x-ms-content-crc64": helloCRC64],
            answer: "hello", result: ["validation.kind": "rangeCRC64"]
        ) { try await download($0.blob.version("v1"), .rangeCRC64, all: false) },
    ]

    private static func download(
        _ blob: BlobClient, _ validation: TransferValidation, all: Bool = true
    ) async throws -> DownloadOutcome {
        var options = BlobDownloadOptions(
            range: BlobRange(offset: 7, length: 5), transfer: .init(validation: validation), call: call)
        if all {
            options.conditions = blobConditions
            options.customerKey = customerKey()
        }
        let stream = try await blob.downloadStream(options: options)
        var content = ""
        for try await chunk in stream { content += String(decoding: chunk, as: UTF8.self) }
        guard content == "hello" else { throw AzureError.invalidArgument("'\(content)' was downloaded.") }
        return DownloadOutcome(properties: stream.properties, length: stream.length, validation: stream.validation)
    }

    /// `hello` as a structured body.
    private static let structuredHello = Data(
        base64Encoded: "ASwAAAAAAAAAAQABAAEABQAAAAAAAABoZWxsb1dCUgZwhXczV0JSBnCFdzM=")!
    private static let helloCRC64 = "V0JSBnCFdzM="

    private static let downloadAnswerHeaders = all(
        contentAnswerHeaders, copyStateAnswerHeaders, tierAnswerHeaders)

    /// What has to be read of them, whatever the part.
    private static let downloadResult = propertiesResult("properties.").filter { name, _ in
        ![
            "contentLength", "httpHeaders.contentMD5", "expiresOn", "copy.isIncremental", "copy.destinationSnapshot",
            "tier.archiveStatus", "tier.rehydratePriority",
        ].contains(String(name.dropFirst("properties.".count)))
    }
}

/// What a download says besides its content.
private struct DownloadOutcome: Sendable {
    var properties: BlobProperties
    var length: Int64
    var validation: TransferValidation
}
