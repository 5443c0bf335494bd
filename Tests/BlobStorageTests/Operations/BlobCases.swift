import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import HTTPTypes

extension OperationCase {
    static let blob: [OperationCase] =
        [
            OperationCase(
                "blob.get_properties", .head, blobPath, headers: all(blobConditionHeaders, customerKeyHeaders),
                answerHeaders: propertiesAnswerHeaders, result: propertiesResult("")
            ) {
                try await $0.blob.properties(
                    options: .init(conditions: blobConditions, customerKey: customerKey(), call: call))
            },
            OperationCase(
                "blob.get_properties", variant: "snapshot", .head, blobPath, query: ["snapshot": "s1"],
                result: ["contentLength": "0"]
            ) { try await $0.blob.snapshot("s1").properties(options: .init(call: call)) },
            OperationCase(
                "blob.get_properties", variant: "version", .head, blobPath, query: ["versionid": "v1"],
                result: ["contentLength": "0"]
            ) { try await $0.blob.version("v1").properties(options: .init(call: call)) },
            OperationCase(
                "blob.undelete", .put, blobPath, query: ["comp": "undelete"], result: commonResult("")
            ) { try await $0.blob.undelete(options: call) },
            OperationCase(
                "blob.set_http_headers", .put, blobPath, query: ["comp": "properties"],
                headers: all(httpHeaderFields, blobConditionHeaders),
                answerHeaders: ["x-ms-blob-sequence-number": "9"],
                result: all(containerInfo, ["sequenceNumber": "9"])
            ) {
                try await $0.blob.setHTTPHeaders(httpHeaders, options: .init(conditions: blobConditions, call: call))
            },
            OperationCase(
                "blob.set_metadata", variant: "key", .put, blobPath, query: ["comp": "metadata"],
                headers: all(["x-ms-meta-Owner": "me"], blobConditionHeaders, customerKeyHeaders),
                answerHeaders: writeAnswerHeaders, result: writeResult()
            ) {
                try await $0.blob.setMetadata(
                    ["Owner": "me"],
                    options: .init(
                        conditions: blobConditions, encryption: .init(customerKey: customerKey()), call: call))
            },
            OperationCase(
                "blob.set_metadata", variant: "scope", .put, blobPath, query: ["comp": "metadata"],
                headers: scopeHeaders
            ) { try await $0.blob.setMetadata([:], options: .init(encryption: .init(scope: "scope"), call: call)) },
            OperationCase(
                "blob.create_snapshot", variant: "key", .put, blobPath, query: ["comp": "snapshot"],
                headers: all(["x-ms-meta-Owner": "me"], blobConditionHeaders, customerKeyHeaders), status: 201,
                answerHeaders: [
                    "x-ms-snapshot": "s1", "x-ms-version-id": "v2", "x-ms-request-server-encrypted": "true",
                ],
                result: all(containerInfo, ["snapshot": "s1", "versionID": "v2", "isServerEncrypted": "true"])
            ) {
                try await $0.blob.createSnapshot(
                    metadata: ["Owner": "me"],
                    options: .init(
                        conditions: blobConditions, encryption: .init(customerKey: customerKey()), call: call))
            },
            OperationCase(
                "blob.create_snapshot", variant: "scope", .put, blobPath, query: ["comp": "snapshot"],
                headers: scopeHeaders, status: 201, answerHeaders: ["x-ms-snapshot": "s1"], result: ["snapshot": "s1"]
            ) { try await $0.blob.createSnapshot(options: .init(encryption: .init(scope: "scope"), call: call)) },
            OperationCase(
                "blob.get_account_info", .get, blobPath, query: ["restype": "account", "comp": "properties"],
                answerHeaders: [
                    "x-ms-sku-name": "Standard_LRS", "x-ms-account-kind": "StorageV2", "x-ms-is-hns-enabled": "true",
                ],
                result: all(
                    commonResult("response."),
                    ["sku": "Standard_LRS", "kind": "StorageV2", "isHierarchicalNamespaceEnabled": "true"])
            ) { try await $0.blob.accountInformation(options: call) },
        ] + expiryCases + tagCases + immutabilityCases
}

extension OperationCase {
    private static func expiry(
        _ variant: String, _ expiry: BlobExpiry, option: String, time: String?
    ) -> OperationCase {
        OperationCase(
            "blob.set_expiry", variant: variant, .put, blobPath, query: ["comp": "expiry"],
            headers: all(["x-ms-expiry-option": option], time.map { ["x-ms-expiry-time": $0] } ?? [:]),
            result: containerInfo
        ) { try await $0.blob.setExpiry(expiry, options: call) }
    }

    private static let expiryCases: [OperationCase] = [
        expiry("never", .never, option: "NeverExpire", time: nil),
        expiry("date", .at(date), option: "Absolute", time: dateText),
        expiry("from now", .afterNow(.milliseconds(1500)), option: "RelativeToNow", time: "1500"),
        expiry(
            "from creation", .afterCreation(.seconds(86_400)), option: "RelativeToCreation", time: "86400000"),
    ]

    /// Conditions under the names that are about the blob, not about its tags.
    private static let tagConditionHeaders = [
        "x-ms-blob-if-match": "\"0x1\"", "x-ms-blob-if-none-match": "\"0x2\"",
        "x-ms-blob-if-modified-since": dateText, "x-ms-blob-if-unmodified-since": dateText,
        "x-ms-if-tags": "\"a\" = 'b'", "x-ms-lease-id": "lease",
    ]

    private static let tagsAnswer = """
        <?xml version="1.0" encoding="utf-8"?><Tags><TagSet><Tag><Key>a b</Key><Value>c</Value></Tag>
        <Tag><Key>empty</Key><Value/></Tag></TagSet></Tags>
        """

    private static let tagCases: [OperationCase] = [
        OperationCase(
            "blob.get_tags", .get, blobPath, query: ["comp": "tags"], headers: tagConditionHeaders,
            answer: tagsAnswer,
            result: all(commonResult("info."), ["items[0][a b]": "c", "items[0][empty]": ""])
        ) { fixture in
            try await Heard { try await fixture.blob.tags(options: .init(conditions: blobConditions, call: $0)) }
        },
        OperationCase(
            "blob.get_tags", variant: "snapshot", .get, blobPath, query: ["comp": "tags", "snapshot": "s1"],
            answer: "<Tags><TagSet /></Tags>"
        ) { try await $0.blob.snapshot("s1").tags(options: .init(call: call)) },
        OperationCase(
            "blob.get_tags", variant: "version", .get, blobPath, query: ["comp": "tags", "versionid": "v1"],
            answer: tagsAnswer, result: ["[a b]": "c"]
        ) { try await $0.blob.version("v1").tags(options: .init(call: call)) },
        OperationCase(
            "blob.set_tags", .put, blobPath, query: ["comp": "tags"],
            headers: all(
                tagConditionHeaders, ["Content-Type": "application/xml", "x-ms-content-crc64": "14MoK6cXb/M="]),
            body: """
                <?xml version="1.0" encoding="utf-8"?><Tags><TagSet><Tag><Key>a b</Key><Value>c+d</Value></Tag>\
                <Tag><Key>e</Key><Value></Value></Tag></TagSet></Tags>
                """,
            status: 204, result: commonResult("")
        ) {
            try await $0.blob.setTags(
                ["e": "", "a b": "c+d"], options: .init(conditions: blobConditions, call: call))
        },
        OperationCase(
            "blob.set_tags", variant: "version", .put, blobPath, query: ["comp": "tags", "versionid": "v1"],
            headers: ["Content-Type": "application/xml", "Content-MD5": "iZCHBrKUC5oiZnOVYCuf/Q=="],
            body: "<?xml version=\"1.0\" encoding=\"utf-8\"?><Tags><TagSet></TagSet></Tags>", status: 204
        ) { try await $0.blob.version("v1").setTags([:], options: .init(validation: .md5, call: call)) },
    ]

    private static let immutabilityCases: [OperationCase] =
        immutability("blob", query: [:]) { $0.blob }
        + immutability("snapshot", query: ["snapshot": "s1"]) { $0.blob.snapshot("s1") }
        + immutability("version", query: ["versionid": "v1"]) { $0.blob.version("v1") }

    private static func immutability(
        _ variant: String, query: [String: String], _ blob: @escaping @Sendable (Fixture) -> BlobClient
    ) -> [OperationCase] {
        let policy = ["comp": "immutabilityPolicies"].merging(query) { $1 }
        return [
            OperationCase(
                "blob.set_immutability_policy", variant: variant, .put, blobPath, query: policy,
                headers: [
                    "If-Unmodified-Since": dateText, "x-ms-immutability-policy-until-date": dateText,
                    "x-ms-immutability-policy-mode": "Locked",
                ],
                answerHeaders: [
                    "x-ms-immutability-policy-until-date": "Sat, 03 Jan 2026 03:04:05 GMT",
                    "x-ms-immutability-policy-mode": "Unlocked",
                ],
                result: all(
                    commonResult("info."),
                    ["items[0].expiresOn": "2026-01-03T03:04:05Z", "items[0].mode": "Unlocked"])
            ) { fixture in
                try await Heard {
                    try await blob(fixture).setImmutabilityPolicy(
                        .init(expiresOn: date, mode: .locked), options: .init(ifUnmodifiedSince: .init(date), call: $0))
                }
            },
            OperationCase(
                "blob.delete_immutability_policy", variant: variant, .delete, blobPath, query: policy,
                result: commonResult("")
            ) { try await blob($0).deleteImmutabilityPolicy(options: call) },
            OperationCase(
                "blob.set_legal_hold", variant: variant, .put, blobPath,
                query: ["comp": "legalhold"].merging(query) { $1 }, headers: ["x-ms-legal-hold": "true"],
                answerHeaders: ["x-ms-legal-hold": "false"],
                result: all(commonResult("info."), ["items[0]": "false"])
            ) { fixture in
                try await Heard { try await blob(fixture).setLegalHold(true, options: $0) }
            },
        ]
    }
}
