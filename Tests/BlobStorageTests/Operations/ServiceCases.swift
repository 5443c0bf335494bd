import AzureAuth
import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import HTTPTypes
import Synchronization

extension OperationCase {
    static let service: [OperationCase] = [
        OperationCase(
            "service.set_properties", .put, "/", query: ["restype": "service", "comp": "properties"],
            headers: ["Content-Type": "application/xml"], body: propertiesDocument, status: 202,
            result: commonResult("")
        ) { try await $0.service.setProperties(properties, options: call) },
        OperationCase(
            "service.get_properties", .get, "/", query: ["restype": "service", "comp": "properties"],
            answer: propertiesDocument,
            result: commonResult("response.").merging([
                "logging.version": "1.0", "logging.logsDelete": "true", "logging.logsRead": "false",
                "logging.logsWrite": "true", "logging.retention.isEnabled": "true", "logging.retention.days": "7",
                "hourMetrics.version": "1.0", "hourMetrics.isEnabled": "true",
                "hourMetrics.includesOperations": "false", "hourMetrics.retention.isEnabled": "false",
                "minuteMetrics.isEnabled": "false", "cors[0].allowedOrigins[1]": "https://b.example",
                "cors[0].allowedMethods[0]": "GET", "cors[0].allowedHeaders[0]": "x-ms-meta-*",
                "cors[0].exposedHeaders[0]": "*", "cors[0].maxAge": "60.0 seconds",
                "defaultServiceVersion": "2021-12-02", "deleteRetention.days": "14",
                "deleteRetention.allowsPermanentDelete": "true", "staticWebsite.isEnabled": "true",
                "staticWebsite.indexDocument": "index.html", "staticWebsite.errorDocument404Path": "404.html",
            ]) { $1 }
        ) { try await $0.service.properties(options: call) },
        OperationCase(
            "service.get_statistics", .get, "/", query: ["restype": "service", "comp": "stats"],
            answer: """
                <?xml version="1.0" encoding="utf-8"?><StorageServiceStats><GeoReplication><Status>live</Status>
                <LastSyncTime>Fri, 02 Jan 2026 03:04:05 GMT</LastSyncTime></GeoReplication></StorageServiceStats>
                """,
            result: commonResult("response.").merging([
                "replicationStatus": "live", "lastSyncedOn": "2026-01-02T03:04:05Z",
            ]) { $1 }
        ) { try await $0.service.statistics(options: call) },
        OperationCase(
            "service.list_containers_segment", .get, "/",
            query: [
                "comp": "list", "prefix": "p q", "marker": "m", "maxresults": "9", "include": "metadata,deleted,system",
            ],
            answer: """
                <?xml version="1.0" encoding="utf-8"?><EnumerationResults><Containers><Container><Name>pictures</Name>
                <Deleted>true</Deleted><Version>v1</Version><Properties><Etag>"1"</Etag></Properties>
                <Metadata><Owner>me</Owner></Metadata></Container></Containers><NextMarker/></EnumerationResults>
                """,
            result: commonResult("info.").merging([
                "items[0].name": "pictures", "items[0].isDeleted": "true", "items[0].version": "v1",
                "items[0].properties.metadata[Owner]": "me",
            ]) { $1 }
        ) { fixture in
            try await Listed {
                fixture.service.listContainers(
                    prefix: "p q",
                    options: .init(
                        include: [.metadata, .deleted, .system], pageSize: 9, continuationToken: "m", call: $0))
            }
        },
        OperationCase(
            "service.get_user_delegation_key", .post, "/", query: ["restype": "service", "comp": "userdelegationkey"],
            headers: ["Content-Type": "application/xml"],
            body: """
                <?xml version="1.0" encoding="utf-8"?><KeyInfo><Start>2026-01-02T03:04:05Z</Start>\
                <Expiry>2026-01-03T03:04:05Z</Expiry><DelegatedUserTid>other</DelegatedUserTid></KeyInfo>
                """,
            answer: """
                <?xml version="1.0" encoding="utf-8"?><UserDelegationKey><SignedOid>oid</SignedOid>
                <SignedTid>tid</SignedTid><SignedStart>2026-01-02T03:04:05Z</SignedStart>
                <SignedExpiry>2026-01-03T03:04:05Z</SignedExpiry><SignedService>b</SignedService>
                <SignedVersion>2026-10-06</SignedVersion><SignedDelegatedUserTid>other</SignedDelegatedUserTid>
                <Value>a2V5</Value></UserDelegationKey>
                """,
            result: commonResult("info.").merging([
                "items[0]": "oid tid 1767323045.0 1767409445.0 b 2026-10-06 other"
            ]) { $1 }
        ) { fixture in
            try await Heard { call in
                let key = try await fixture.service.userDelegationKey(
                    startsOn: date, expiresOn: date.addingTimeInterval(86_400), delegatedUserTenantID: "other",
                    options: call)
                return [
                    key.objectID, key.tenantID, "\(key.startsOn.date?.timeIntervalSince1970 ?? 0)",
                    "\(key.expiresOn.date?.timeIntervalSince1970 ?? 0)", key.service, key.version,
                    key.delegatedUserTenantID ?? "",
                ].joined(separator: " ")
            }
        },
        OperationCase(
            "service.get_account_info", .get, "/", query: ["restype": "account", "comp": "properties"],
            answerHeaders: accountHeaders, result: accountResult
        ) { try await $0.service.accountInformation(options: call) },
        OperationCase(
            "service.filter_blobs", .get, "/",
            query: [
                "comp": "blobs", "where": "\"a\" = 'b'", "marker": "m", "maxresults": "9", "include": "versions",
            ],
            answer: foundDocument, result: foundResult
        ) { fixture in
            try await Listed {
                fixture.service.findBlobs(
                    matching: "\"a\" = 'b'",
                    options: .init(includesVersions: true, pageSize: 9, continuationToken: "m", call: $0))
            }
        },
    ]

    static let properties = BlobServiceProperties(
        logging: .init(logsDelete: true, logsWrite: true, retention: .days(7)),
        hourMetrics: .init(isEnabled: true, includesOperations: false),
        minuteMetrics: .init(isEnabled: false),
        cors: [
            CORSRule(
                allowedOrigins: ["https://a.example", "https://b.example"], allowedMethods: ["GET"],
                allowedHeaders: ["x-ms-meta-*"], exposedHeaders: ["*"], maxAge: .seconds(60))
        ],
        defaultServiceVersion: BlobServiceVersion(rawValue: "2021-12-02"),
        deleteRetention: .init(isEnabled: true, days: 14, allowsPermanentDelete: true),
        staticWebsite: .init(isEnabled: true, indexDocument: "index.html", errorDocument404Path: "404.html"))

    static let propertiesDocument = """
        <?xml version="1.0" encoding="utf-8"?><StorageServiceProperties><Logging><Version>1.0</Version>\
        <Delete>true</Delete><Read>false</Read><Write>true</Write><RetentionPolicy><Enabled>true</Enabled>\
        <Days>7</Days></RetentionPolicy></Logging><HourMetrics><Version>1.0</Version><Enabled>true</Enabled>\
        <IncludeAPIs>false</IncludeAPIs><RetentionPolicy><Enabled>false</Enabled></RetentionPolicy></HourMetrics>\
        <MinuteMetrics><Version>1.0</Version><Enabled>false</Enabled><RetentionPolicy><Enabled>false</Enabled>\
        </RetentionPolicy></MinuteMetrics><Cors><CorsRule><AllowedOrigins>https://a.example,https://b.example\
        </AllowedOrigins><AllowedMethods>GET</AllowedMethods><AllowedHeaders>x-ms-meta-*</AllowedHeaders>\
        <ExposedHeaders>*</ExposedHeaders><MaxAgeInSeconds>60</MaxAgeInSeconds></CorsRule></Cors>\
        <DefaultServiceVersion>2021-12-02</DefaultServiceVersion><DeleteRetentionPolicy><Enabled>true</Enabled>\
        <Days>14</Days><AllowPermanentDelete>true</AllowPermanentDelete></DeleteRetentionPolicy><StaticWebsite>\
        <Enabled>true</Enabled><IndexDocument>index.html</IndexDocument><ErrorDocument404Path>404.html\
        </ErrorDocument404Path></StaticWebsite></StorageServiceProperties>
        """

    static let accountHeaders = [
        "x-ms-sku-name": "Standard_RAGRS", "x-ms-account-kind": "StorageV2", "x-ms-is-hns-enabled": "true",
    ]
    static let accountResult = commonResult("response.").merging([
        "sku": "Standard_RAGRS", "kind": "StorageV2", "isHierarchicalNamespaceEnabled": "true",
    ]) { $1 }

    static let foundDocument = """
        <?xml version="1.0" encoding="utf-8"?><EnumerationResults ServiceEndpoint="https://e/"><Where>x</Where><Blobs>
        <Blob><Name Encoded="true">a%2Fb</Name><ContainerName>pictures</ContainerName><Tags><TagSet><Tag><Key>a</Key>
        <Value>b</Value></Tag></TagSet></Tags><VersionId>v1</VersionId><IsCurrentVersion>true</IsCurrentVersion></Blob>
        </Blobs><NextMarker/></EnumerationResults>
        """
    static let foundResult = commonResult("info.").merging([
        "items[0].name": "a/b", "items[0].containerName": "pictures", "items[0].tags[a]": "b",
        "items[0].versionID": "v1", "items[0].isCurrentVersion": "true",
    ]) { $1 }

    /// What ``commonAnswerHeaders`` come to in a `ResponseInfo`.
    static func commonResult(_ path: String) -> [String: String] {
        [
            "\(path)requestID": "s-1", "\(path)clientRequestID": "my-id", "\(path)serviceVersion": "2026-10-06",
            "\(path)date": "2026-01-02T00:00:00Z",
        ]
    }
}

/// What came of a call, and what `onResponse` was told.
struct Heard<Item: Sendable>: Sendable {
    var items: [Item]
    var info: ResponseInfo?

    init(_ run: (CallOptions) async throws -> Item) async throws {
        let heard = Mutex<ResponseInfo?>(nil)
        var call = OperationCase.call
        call.onResponse = { head in heard.withLock { $0 = ResponseInfo(head) } }
        items = [try await run(call)]
        info = heard.withLock { $0 }
    }
}

/// All entries of a list, and what `onResponse` was told.
struct Listed<Item: Sendable>: Sendable {
    var items: [Item] = []
    var info: ResponseInfo?

    init<List: AsyncSequence>(_ list: (CallOptions) -> List) async throws where List.Element == Item {
        let heard = Mutex<ResponseInfo?>(nil)
        var call = OperationCase.call
        call.onResponse = { head in heard.withLock { $0 = ResponseInfo(head) } }
        for try await item in list(call) { items.append(item) }
        info = heard.withLock { $0 }
    }
}
