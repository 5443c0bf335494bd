import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import HTTPTypes

extension OperationCase {
    static let blockBlob: [OperationCase] =
        [
            OperationCase(
                "blockBlob.upload", variant: "key", .put, blobPath,
                headers: all(createHeaders, bytesHeaders, ["x-ms-blob-type": "BlockBlob", "x-ms-access-tier": "Cool"]),
                body: "tom",
                status: 201, answerHeaders: writeAnswerHeaders, result: writeResult()
            ) { try await $0.blob.blockBlob.put(HTTPBody("tom"), options: uploadOptions) },
            OperationCase(
                "blockBlob.upload", variant: "scope", .put, blobPath,
                headers: all(scopeHeaders, bytesHeaders, ["x-ms-blob-type": "BlockBlob"]), body: "tom", status: 201
            ) {
                try await $0.blob.blockBlob.put(
                    HTTPBody(Data("tom".utf8)),
                    options: .init(overwrite: true, encryption: .init(scope: "scope"), call: call))
            },
            OperationCase(
                "blockBlob.stage_block", variant: "key", .put, blobPath, query: ["comp": "block", "blockid": "b25l"],
                headers: all(customerKeyHeaders, bytesHeaders, ["x-ms-lease-id": "lease"]), body: "tom", status: 201,
                answerHeaders: writeAnswerHeaders, result: writeResult()
            ) {
                try await $0.blob.blockBlob.stageBlock(
                    id: "one", HTTPBody(Data("tom".utf8)),
                    options: .init(
                        conditions: .init(leaseID: "lease"), encryption: .init(customerKey: customerKey()), call: call))
            },
            OperationCase(
                "blockBlob.stage_block", variant: "scope", .put, blobPath,
                query: ["comp": "block", "blockid": "b25l"], headers: all(scopeHeaders, bytesHeaders), body: "tom",
                status: 201
            ) {
                try await $0.blob.blockBlob.stageBlock(
                    id: "one", HTTPBody(Data("tom".utf8)), options: .init(encryption: .init(scope: "scope"), call: call)
                )
            },
        ]
        + checksums.flatMap { name, checksum, headers in
            let body =
                checksum == .structuredBody
                ? text(base64: "ASoAAAAAAAAAAQABAAEAAwAAAAAAAAB0b20lhhwxdqrOOiWGHDF2qs46") : "tom"
            return [
                OperationCase(
                    "blockBlob.upload", variant: name, .put, blobPath,
                    headers: all(headers, ["x-ms-blob-type": "BlockBlob"]),
                    body: body, status: 201, answerHeaders: structuredAnswerHeaders
                ) {
                    try await $0.blob.blockBlob.put(
                        HTTPBody("tom"), checksum: checksum, options: .init(overwrite: true, call: call))
                },
                OperationCase(
                    "blockBlob.stage_block", variant: name, .put, blobPath,
                    query: ["comp": "block", "blockid": "b25l"],
                    headers: headers, body: body, status: 201, answerHeaders: structuredAnswerHeaders
                ) {
                    try await $0.blob.blockBlob.stageBlock(
                        id: "one", HTTPBody("tom"), checksum: checksum, options: .init(call: call))
                },
            ]
        }

    static let blockLists: [OperationCase] = [
        OperationCase(
            "blockBlob.commit_block_list", variant: "key", .put, blobPath, query: ["comp": "blocklist"],
            headers: all(
                createHeaders,
                [
                    "x-ms-access-tier": "Cool", "Content-Type": "application/xml; charset=UTF-8",
                    "x-ms-content-crc64": "doutvhxtm0o=",
                ]),
            body: """
                <?xml version="1.0" encoding="utf-8"?><BlockList><Latest>b25l</Latest><Latest>dHdv</Latest></BlockList>
                """,
            status: 201, answerHeaders: writeAnswerHeaders, result: writeResult()
        ) { try await $0.blob.blockBlob.commitBlockList(["one", "two"], options: uploadOptions) },
        OperationCase(
            "blockBlob.commit_block_list", variant: "scope", .put, blobPath, query: ["comp": "blocklist"],
            headers: all(
                scopeHeaders,
                ["Content-Type": "application/xml; charset=UTF-8", "Content-MD5": "orYHSmdogAa2WLBK0DtUyA=="]),
            body: "<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList></BlockList>", status: 201
        ) {
            try await $0.blob.blockBlob.commitBlockList(
                [],
                options: .init(
                    overwrite: true, encryption: .init(scope: "scope"), transfer: .init(validation: .md5), call: call))
        },
        OperationCase(
            "blockBlob.get_block_list", .get, blobPath, query: ["comp": "blocklist", "blocklisttype": "committed"],
            headers: ["x-ms-lease-id": "lease", "x-ms-if-tags": "\"a\" = 'b'"],
            answerHeaders: ["x-ms-blob-content-length": "7", "Content-Type": "application/xml"],
            answer: """
                <?xml version="1.0"?><BlockList><CommittedBlocks><Block><Name>b25l</Name><Size>7</Size></Block>
                </CommittedBlocks><UncommittedBlocks/></BlockList>
                """,
            result: all(
                containerInfo,
                [
                    "committed[0].id": "b25l", "committed[0].size": "7", "contentLength": "7",
                    "response.contentType": "application/xml",
                ])
        ) {
            try await $0.blob.blockBlob.blockList(
                .committed,
                options: .init(conditions: .init(ifTags: "\"a\" = 'b'", leaseID: "lease"), call: call))
        },
        OperationCase(
            "blockBlob.get_block_list", variant: "snapshot", .get, blobPath,
            query: ["comp": "blocklist", "blocklisttype": "all", "snapshot": "s1"], answer: "<BlockList />"
        ) { try await $0.blob.snapshot("s1").blockBlob.blockList(options: .init(call: call)) },
    ]

    private static let checksums: [(String, ContentChecksum, [String: String])] = [
        ("MD5", .md5(md5), all(bytesHeaders, ["Content-MD5": md5Text])),
        ("CRC-64", .crc64(crc64), all(bytesHeaders, ["x-ms-content-crc64": crc64Text])),
        ("structured body", .structuredBody, structuredHeaders(3)),
    ]

    private static let uploadOptions = BlobUploadOptions(
        httpHeaders: httpHeaders, metadata: ["Owner": "me"], tags: ["a b": "c", "d": "e/f"],
        immutability: immutability, accessTier: .cool, conditions: blobConditions,
        encryption: BlobEncryption(customerKey: customerKey()), call: call)
}
