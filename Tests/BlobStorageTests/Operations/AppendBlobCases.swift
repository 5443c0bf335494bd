import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import HTTPTypes

extension OperationCase {
    static let appendBlob: [OperationCase] = [
        OperationCase(
            "appendBlob.create", .put, blobPath, headers: all(createHeaders, ["x-ms-blob-type": "AppendBlob"]),
            status: 201, answerHeaders: writeAnswerHeaders, result: writeResult()
        ) { try await $0.blob.appendBlob.create(options: createOptions) },
        OperationCase(
            "appendBlob.create", variant: "scope", .put, blobPath,
            headers: all(scopeHeaders, ["x-ms-blob-type": "AppendBlob"]), status: 201
        ) {
            try await $0.blob.appendBlob.create(
                options: .init(overwrite: true, encryption: .init(scope: "scope"), call: call))
        },
        OperationCase(
            "appendBlob.append_block", variant: "structured body", .put, blobPath, query: ["comp": "appendblock"],
            headers: structuredHeaders(5),
            body: text(base64: "ASwAAAAAAAAAAQABAAEABQAAAAAAAABoZWxsb1dCUgZwhXczV0JSBnCFdzM="), status: 201,
            answerHeaders: structuredAnswerHeaders
        ) {
            try await $0.blob.appendBlob.append(
                HTTPBody("hello"), options: .init(checksum: .structuredBody, call: call))
        },
        OperationCase(
            "appendBlob.append_block", .put, blobPath, query: ["comp": "appendblock"],
            headers: all(
                blobConditionHeaders, customerKeyHeaders, bytesHeaders,
                [
                    "x-ms-blob-condition-appendpos": "100", "x-ms-blob-condition-maxsize": "200",
                    "Content-MD5": md5Text,
                ]),
            body: "hello", status: 201, answerHeaders: all(writeAnswerHeaders, appendAnswerHeaders),
            result: appendResult
        ) {
            try await $0.blob.appendBlob.append(
                HTTPBody(Data("hello".utf8)),
                options: AppendBlobOptions(
                    position: 100, maxSize: 200, checksum: .md5(md5), conditions: blobConditions,
                    encryption: BlobEncryption(customerKey: customerKey()), call: call))
        },
        OperationCase(
            "appendBlob.append_block", variant: "scope and CRC-64", .put, blobPath, query: ["comp": "appendblock"],
            headers: all(scopeHeaders, bytesHeaders, ["x-ms-content-crc64": crc64Text]), body: "hello", status: 201
        ) {
            try await $0.blob.appendBlob.append(
                HTTPBody(Data("hello".utf8)),
                options: AppendBlobOptions(
                    checksum: .crc64(crc64), encryption: BlobEncryption(scope: "scope"), call: call))
        },
        OperationCase(
            "appendBlob.append_block_from_url", .put, blobPath, query: ["comp": "appendblock"],
            headers: all(
                blobConditionHeaders, customerKeyHeaders, sourceHeaders, tokenHeaders, sourceKeyHeaders,
                [
                    "x-ms-blob-condition-appendpos": "0", "x-ms-blob-condition-maxsize": "200",
                    "Content-MD5": md5Text, "x-ms-source-range": "bytes=5-104",
                    "x-ms-source-content-md5": md5Text,
                ]),
            status: 201, answerHeaders: all(writeAnswerHeaders, appendAnswerHeaders), result: appendResult
        ) {
            try await $0.blob.appendBlob.append(
                from: rangedSource(BlobRange(offset: 5, length: 100), .md5(md5)),
                options: AppendBlobOptions(
                    position: 0, maxSize: 200, checksum: .md5(md5), conditions: blobConditions,
                    encryption: BlobEncryption(customerKey: customerKey()), call: call))
        },
        OperationCase(
            "appendBlob.append_block_from_url", variant: "CRC-64 and scope", .put, blobPath,
            query: ["comp": "appendblock"],
            headers: all(
                scopeHeaders,
                ["x-ms-copy-source": "https://x.example/y", "x-ms-source-content-crc64": crc64Text]), status: 201
        ) {
            try await $0.blob.appendBlob.append(
                from: BlobCopySource(url: "https://x.example/y", checksum: .crc64(crc64)),
                options: AppendBlobOptions(encryption: BlobEncryption(scope: "scope"), call: call))
        },
        OperationCase(
            "appendBlob.seal", .put, blobPath, query: ["comp": "seal"],
            headers: all(
                blobConditionHeaders.filter { $0.key != "x-ms-if-tags" }, ["x-ms-blob-condition-appendpos": "7"]),
            answerHeaders: ["x-ms-blob-sealed": "true"],
            result: all(
                containerInfo, ["isSealed": "true"])
        ) {
            var conditions = blobConditions
            conditions.ifTags = nil
            return try await $0.blob.appendBlob.seal(
                at: 7, options: BlobPropertiesOptions(conditions: conditions, call: call))
        },
    ]

    private static let appendAnswerHeaders = [
        "x-ms-blob-append-offset": "100", "x-ms-blob-committed-block-count": "3",
    ]
    private static let appendResult = all(writeResult("blob."), ["offset": "100", "committedBlockCount": "3"])
}
