import AzureTesting
import BlobStorage
import Foundation
import HTTPTypes

extension OperationCase {
    static let containerLists: [OperationCase] = [
        OperationCase(
            "container.list_blob_flat_segment", .get, "/pictures",
            query: listQuery.merging(["marker": "m"]) { $1 }, answerHeaders: ["Content-Type": "application/xml"],
            answer: listDocument, result: listResult
        ) { fixture in
            try await Listed {
                fixture.container.listBlobs(
                    prefix: "p q",
                    options: .init(include: listInclude, pageSize: 9, continuationToken: "m", call: $0))
            }
        },
        OperationCase(
            "container.list_blob_flat_segment", variant: "from a name", .get, "/pictures",
            query: ["restype": "container", "comp": "list", "startFrom": "s"], answer: listDocument
        ) { fixture in
            try await Listed { fixture.container.listBlobs(options: .init(startFrom: "s", call: $0)) }
        },
        OperationCase(
            "container.list_blob_hierarchy_segment", .get, "/pictures",
            query: listQuery.merging(["marker": "m", "delimiter": "/"]) { $1 },
            answerHeaders: ["Content-Type": "application/xml"],
            answer: """
                <?xml version="1.0" encoding="utf-8"?><EnumerationResults><Blobs><BlobPrefix><Name>a/</Name></BlobPrefix>
                <Blob><Name>b</Name></Blob></Blobs><NextMarker/></EnumerationResults>
                """,
            result: commonResult("info.").merging([
                "items[0].prefix": "a/", "items[1].blob.name": "b", "info.contentType": "application/xml",
            ]) { $1 }
        ) { fixture in
            try await Listed {
                fixture.container.listBlobsByHierarchy(
                    prefix: "p q",
                    options: .init(include: listInclude, pageSize: 9, continuationToken: "m", call: $0))
            }
        },
        OperationCase(
            "container.list_blob_hierarchy_segment", variant: "from a name", .get, "/pictures",
            query: ["restype": "container", "comp": "list", "startFrom": "s", "delimiter": "|"], answer: listDocument
        ) { fixture in
            try await Listed {
                fixture.container.listBlobsByHierarchy(delimiter: "|", options: .init(startFrom: "s", call: $0))
            }
        },
        OperationCase(
            "container.list_blob_flat_segment_apache_arrow", .get, "/pictures",
            query: listQuery.merging(["marker": "m", "startFrom": "s", "endBefore": "e"]) { $1 },
            answerHeaders: ["Content-Type": "application/vnd.apache.arrow.stream"], answer: "bytes",
            result: arrowResult
        ) { try await ArrowPage($0.container.listBlobsAsArrow(prefix: "p q", options: arrowOptions)) },
        OperationCase(
            "container.list_blob_hierarchy_segment_apache_arrow", .get, "/pictures",
            query: listQuery.merging(["marker": "m", "startFrom": "s", "endBefore": "e", "delimiter": "/"]) { $1 },
            answerHeaders: ["Content-Type": "application/vnd.apache.arrow.stream"], answer: "bytes",
            result: arrowResult
        ) { try await ArrowPage($0.container.listBlobsAsArrow(prefix: "p q", delimiter: "/", options: arrowOptions)) },
        OperationCase(
            "container.filter_blobs", .get, "/pictures",
            query: [
                "restype": "container", "comp": "blobs", "where": "\"a\" = 'b'", "marker": "m", "maxresults": "9",
                "include": "versions",
            ],
            answer: foundDocument, result: foundResult
        ) { fixture in
            try await Listed {
                fixture.container.findBlobs(
                    matching: "\"a\" = 'b'",
                    options: .init(includesVersions: true, pageSize: 9, continuationToken: "m", call: $0))
            }
        },
    ]

    private static let listInclude: BlobListInclude = [
        .copy, .deleted, .deletedWithVersions, .immutabilityPolicy, .legalHold, .metadata, .snapshots, .tags,
        .uncommittedBlobs, .versions,
    ]

    private static let arrowOptions = BlobArrowListOptions(
        include: listInclude, pageSize: 9, startFrom: "s", endBefore: "e", continuationToken: "m", call: call)

    private static let arrowResult = commonResult("response.").merging([
        "text": "bytes", "isArrow": "true", "response.contentType": "application/vnd.apache.arrow.stream",
    ]) { $1 }

    private static let listQuery = [
        "restype": "container", "comp": "list", "prefix": "p q", "maxresults": "9",
        "include":
            "copy,deleted,deletedwithversions,immutabilitypolicy,legalhold,metadata,snapshots,tags,uncommittedblobs,"
            + "versions",
    ]

    private static let listDocument = """
        <?xml version="1.0" encoding="utf-8"?><EnumerationResults><Blobs><Blob><Name Encoded="true">a%01</Name>
        <Snapshot>s1</Snapshot><VersionId>v1</VersionId><IsCurrentVersion>true</IsCurrentVersion><Deleted>true</Deleted>
        <Properties><Content-Length>9</Content-Length></Properties><Tags><TagSet><Tag><Key>k</Key><Value>v</Value></Tag>
        </TagSet></Tags></Blob></Blobs><NextMarker/></EnumerationResults>
        """

    private static let listResult = commonResult("info.").merging([
        "items[0].name": "a\u{1}", "items[0].snapshot": "s1", "items[0].properties.versionID": "v1",
        "items[0].properties.isCurrentVersion": "true", "items[0].isDeleted": "true", "items[0].tags[k]": "v",
        "items[0].properties.contentLength": "9", "info.contentType": "application/xml",
    ]) { $1 }
}

/// A page of a list in the format of Arrow, read to its end.
struct ArrowPage: Sendable {
    var response: ResponseInfo
    var isArrow: Bool
    var text: String

    init(_ listing: BlobArrowListing) async throws {
        response = listing.response
        isArrow = listing.isArrow
        text = String(decoding: try await listing.collect(upTo: 1000), as: UTF8.self)
    }
}
