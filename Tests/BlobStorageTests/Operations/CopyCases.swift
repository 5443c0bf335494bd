import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import HTTPTypes

extension OperationCase {
    /// Copies, and writing with content that the service fetches.
    static let copies: [OperationCase] = [
        OperationCase(
            "blob.start_copy_from_url", .put, blobPath,
            headers: all(
                destinationHeaders, sourceHeaders,
                [
                    "x-ms-source-if-tags": "\"s\" = 't'", "x-ms-rehydrate-priority": "High",
                    "x-ms-seal-blob": "true",
                ]),
            status: 202, answerHeaders: copyAnswerHeaders, result: copyResult
        ) {
            var source = Self.source
            source.conditions.ifTags = "\"s\" = 't'"
            return try await $0.blob.startCopy(
                from: source,
                options: BlobStartCopyOptions(
                    destination: destination, rehydratePriority: .high, sealsDestination: true, call: call))
        },
        OperationCase(
            "blob.copy_from_url", .put, blobPath,
            headers: all(
                destinationHeaders, sourceHeaders, tokenHeaders, scopeHeaders,
                [
                    "x-ms-requires-sync": "true", "x-ms-source-content-md5": md5Text,
                    "x-ms-copy-source-tag-option": "REPLACE",
                ]),
            status: 202,
            answerHeaders: all(
                copyAnswerHeaders,
                [
                    "Content-MD5": md5Text, "x-ms-content-crc64": crc64Text, "x-ms-encryption-scope": "scope",
                ]),
            result: all(
                copyResult, ["contentMD5": md5Text, "contentCRC64": crc64Text, "encryptionScope": "scope"])
        ) {
            var source = Self.source
            source.bearerToken = "token"
            source.fileRequestIntent = .backup
            source.checksum = .md5(md5)
            return try await $0.blob.copy(
                from: source,
                options: BlobCopyOptions(
                    destination: destination, tagSource: .request, encryptionScope: "scope", call: call))
        },
        OperationCase(
            "blob.abort_copy_from_url", .put, blobPath, query: ["comp": "copy", "copyid": "c-1"],
            headers: ["x-ms-copy-action": "abort", "x-ms-lease-id": "lease"], status: 204,
            result: commonResult("info.")
        ) { fixture in
            try await Heard { call in
                try await fixture.blob.abortCopy(
                    "c-1",
                    options: BlobPropertiesOptions(conditions: BlobAccessConditions(leaseID: "lease"), call: call))
            }
        },
        OperationCase(
            "blockBlob.put_blob_from_url", .put, blobPath,
            headers: all(
                httpHeaderFields, blobConditionHeaders, customerKeyHeaders, sourceHeaders, tokenHeaders,
                sourceKeyHeaders,
                [
                    "x-ms-blob-type": "BlockBlob", "x-ms-meta-Owner": "me", "x-ms-tags": "a%20b=c",
                    "x-ms-access-tier": "Cool", "x-ms-source-if-tags": "\"s\" = 't'",
                    "x-ms-source-content-md5": md5Text, "x-ms-copy-source-blob-properties": "false",
                    "x-ms-copy-source-tag-option": "COPY",
                ]),
            status: 201, answerHeaders: writeAnswerHeaders, result: writeResult()
        ) {
            var source = Self.source
            source.conditions.ifTags = "\"s\" = 't'"
            source.bearerToken = "token"
            source.fileRequestIntent = .backup
            source.customerKey = customerKey(1)
            source.checksum = .md5(md5)
            return try await $0.blob.blockBlob.put(
                from: source,
                copiesProperties: false,
                tagSource: .source,
                options: BlobUploadOptions(
                    httpHeaders: httpHeaders, metadata: ["Owner": "me"], tags: ["a b": "c"], accessTier: .cool,
                    conditions: blobConditions, encryption: BlobEncryption(customerKey: customerKey()), call: call))
        },
        OperationCase(
            "blockBlob.put_blob_from_url", variant: "scope", .put, blobPath,
            headers: all(
                scopeHeaders,
                [
                    "x-ms-blob-type": "BlockBlob", "x-ms-copy-source": "https://x.example/y", "If-None-Match": "*",
                    "Content-MD5": md5Text,
                ]),
            status: 201
        ) {
            try await $0.blob.blockBlob.put(
                from: BlobCopySource(url: "https://x.example/y"),
                contentMD5: md5, options: BlobUploadOptions(encryption: BlobEncryption(scope: "scope"), call: call))
        },
        OperationCase(
            "blockBlob.stage_block_from_url", .put, blobPath, query: ["comp": "block", "blockid": "YjAx"],
            headers: all(
                customerKeyHeaders, sourceHeaders, tokenHeaders, sourceKeyHeaders,
                [
                    "x-ms-lease-id": "lease", "x-ms-source-range": "bytes=0-", "x-ms-source-content-md5": md5Text,
                ]),
            status: 201, answerHeaders: writeAnswerHeaders,
            result: writeResult().filter { !$0.key.hasSuffix("versionID") }
        ) {
            try await $0.blob.blockBlob.stageBlock(
                id: "b01", from: rangedSource(BlobRange(offset: 0), .md5(md5)),
                options: BlobUpdateOptions(
                    conditions: BlobAccessConditions(leaseID: "lease"),
                    encryption: BlobEncryption(customerKey: customerKey()), call: call))
        },
        OperationCase(
            "blockBlob.stage_block_from_url", variant: "CRC-64 and scope", .put, blobPath,
            query: ["comp": "block", "blockid": "YjAx"],
            headers: all(
                scopeHeaders,
                ["x-ms-copy-source": "https://x.example/y", "x-ms-source-content-crc64": crc64Text]), status: 201
        ) {
            try await $0.blob.blockBlob.stageBlock(
                id: "b01", from: BlobCopySource(url: "https://x.example/y", checksum: .crc64(crc64)),
                options: BlobUpdateOptions(encryption: BlobEncryption(scope: "scope"), call: call))
        },
    ]

    private static let destination = BlobCopyDestination(
        metadata: ["Owner": "me"], tags: ["a b": "c"], accessTier: .cool, immutability: immutability,
        conditions: blobConditions)
    private static let destinationHeaders = all(
        blobConditionHeaders, immutabilityHeaders,
        ["x-ms-meta-Owner": "me", "x-ms-tags": "a%20b=c", "x-ms-access-tier": "Cool"])
    private static let copyAnswerHeaders = [
        "x-ms-version-id": "v2", "x-ms-copy-id": "c-1", "x-ms-copy-status": "success",
    ]
    private static let copyResult = all(
        containerInfo, ["versionID": "v2", "id": "c-1", "status": "success"])
}
