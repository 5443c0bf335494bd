import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import HTTPTypes
import Synchronization

extension OperationCase {
    static let pageBlob: [OperationCase] = pageWrites + pageProperties + pageRanges

    private static let page = String(repeating: "p", count: 512)
    private static let sequenceNumbers = SequenceNumberConditions(ifLessThanOrEqual: 5, ifLessThan: 6, ifEqual: 4)
    private static let sequenceNumberHeaders = [
        "x-ms-if-sequence-number-le": "5", "x-ms-if-sequence-number-lt": "6", "x-ms-if-sequence-number-eq": "4",
    ]

    private static func write(_ checksum: ContentChecksum?) -> PageBlobWriteOptions {
        PageBlobWriteOptions(
            checksum: checksum, sequenceNumber: sequenceNumbers, conditions: blobConditions,
            encryption: BlobEncryption(customerKey: customerKey()), call: call)
    }

    private static let scopeOptions = PageBlobWriteOptions(encryption: BlobEncryption(scope: "scope"), call: call)

    private static let pageWrites: [OperationCase] = [
        OperationCase(
            "pageBlob.create", .put, blobPath,
            headers: all(
                createHeaders,
                [
                    "x-ms-blob-type": "PageBlob", "x-ms-blob-content-length": "1024",
                    "x-ms-blob-sequence-number": "3", "x-ms-access-tier": "P10",
                ]),
            status: 201, answerHeaders: writeAnswerHeaders, result: writeResult()
        ) {
            try await $0.blob.pageBlob.create(size: 1024, sequenceNumber: 3, accessTier: .p10, options: createOptions)
        },
        OperationCase(
            "pageBlob.create", variant: "scope", .put, blobPath,
            headers: all(scopeHeaders, ["x-ms-blob-type": "PageBlob", "x-ms-blob-content-length": "512"]), status: 201
        ) {
            try await $0.blob.pageBlob.create(
                size: 512, options: .init(overwrite: true, encryption: .init(scope: "scope"), call: call))
        },
        OperationCase(
            "pageBlob.upload_pages", variant: "structured body", .put, blobPath, query: ["comp": "page"],
            headers: all(
                structuredHeaders(512), ["x-ms-page-write": "update", "x-ms-range": "bytes=0-511"]),
            body: text(
                base64: "AScCAAAAAAAAAQABAAEAAAIAAAAAAAA=", content: page, trailer: "kL1ArDYOX+eQvUCsNg5f5w=="),
            status: 201, answerHeaders: structuredAnswerHeaders
        ) {
            try await $0.blob.pageBlob.upload(
                HTTPBody(page), at: 0, options: .init(checksum: .structuredBody, call: call))
        },
        OperationCase(
            "pageBlob.upload_pages", .put, blobPath, query: ["comp": "page"],
            headers: all(
                blobConditionHeaders, customerKeyHeaders, sequenceNumberHeaders, bytesHeaders,
                ["x-ms-page-write": "update", "x-ms-range": "bytes=512-1023", "Content-MD5": md5Text]),
            body: page, status: 201, answerHeaders: writeAnswerHeaders, result: writeResult()
        ) { try await $0.blob.pageBlob.upload(HTTPBody(Data(page.utf8)), at: 512, options: write(.md5(md5))) },
        OperationCase(
            "pageBlob.upload_pages", variant: "CRC-64 and scope", .put, blobPath, query: ["comp": "page"],
            headers: all(
                scopeHeaders, bytesHeaders,
                ["x-ms-page-write": "update", "x-ms-range": "bytes=0-511", "x-ms-content-crc64": crc64Text]),
            body: page, status: 201
        ) {
            var options = scopeOptions
            options.checksum = .crc64(crc64)
            return try await $0.blob.pageBlob.upload(HTTPBody(Data(page.utf8)), at: 0, options: options)
        },
        OperationCase(
            "pageBlob.clear_pages", .put, blobPath, query: ["comp": "page"],
            headers: all(
                blobConditionHeaders, customerKeyHeaders, sequenceNumberHeaders,
                ["x-ms-page-write": "clear", "x-ms-range": "bytes=512-10751"]),
            status: 201, answerHeaders: writeAnswerHeaders, result: writeResult()
        ) { try await $0.blob.pageBlob.clear(BlobRange(offset: 512, length: 10240), options: write(nil)) },
        OperationCase(
            "pageBlob.clear_pages", variant: "scope", .put, blobPath, query: ["comp": "page"],
            headers: all(scopeHeaders, ["x-ms-page-write": "clear", "x-ms-range": "bytes=0-511"]), status: 201
        ) { try await $0.blob.pageBlob.clear(BlobRange(offset: 0, length: 512), options: scopeOptions) },
        OperationCase(
            "pageBlob.upload_pages_from_url", .put, blobPath, query: ["comp": "page"],
            headers: all(
                blobConditionHeaders, customerKeyHeaders, sequenceNumberHeaders, sourceHeaders, tokenHeaders,
                sourceKeyHeaders,
                [
                    "x-ms-page-write": "update", "x-ms-range": "bytes=512-1023", "x-ms-source-range": "bytes=7-518",
                    "x-ms-source-content-md5": md5Text,
                ]),
            status: 201, answerHeaders: writeAnswerHeaders, result: writeResult()
        ) {
            try await $0.blob.pageBlob.upload(
                from: rangedSource(BlobRange(offset: 7, length: 512), .md5(md5)), at: 512, options: write(nil))
        },
        OperationCase(
            "pageBlob.upload_pages_from_url", variant: "CRC-64 and scope", .put, blobPath, query: ["comp": "page"],
            headers: all(
                scopeHeaders,
                [
                    "x-ms-page-write": "update", "x-ms-range": "bytes=0-511", "x-ms-source-range": "bytes=0-511",
                    "x-ms-copy-source": "https://x.example/y", "x-ms-source-content-crc64": crc64Text,
                ]),
            status: 201
        ) {
            try await $0.blob.pageBlob.upload(
                from: BlobCopySource(
                    url: "https://x.example/y", range: BlobRange(offset: 0, length: 512), checksum: .crc64(crc64)),
                at: 0, options: scopeOptions)
        },
    ]

    private static let pageProperties: [OperationCase] = [
        OperationCase(
            "pageBlob.resize", .put, blobPath, query: ["comp": "properties"],
            headers: all(blobConditionHeaders, customerKeyHeaders, ["x-ms-blob-content-length": "2048"]),
            answerHeaders: ["x-ms-blob-sequence-number": "9"],
            result: all(containerInfo, ["sequenceNumber": "9"])
        ) {
            try await $0.blob.pageBlob.resize(
                to: 2048,
                options: BlobUpdateOptions(
                    conditions: blobConditions, encryption: BlobEncryption(customerKey: customerKey()), call: call))
        },
        OperationCase(
            "pageBlob.resize", variant: "scope", .put, blobPath, query: ["comp": "properties"],
            headers: all(scopeHeaders, ["x-ms-blob-content-length": "0"])
        ) {
            try await $0.blob.pageBlob.resize(
                to: 0, options: BlobUpdateOptions(encryption: BlobEncryption(scope: "scope"), call: call))
        },
        OperationCase(
            "pageBlob.update_sequence_number", .put, blobPath, query: ["comp": "properties"],
            headers: all(
                blobConditionHeaders, ["x-ms-sequence-number-action": "max", "x-ms-blob-sequence-number": "8"]),
            answerHeaders: ["x-ms-blob-sequence-number": "9"], result: all(containerInfo, ["sequenceNumber": "9"])
        ) {
            try await $0.blob.pageBlob.setSequenceNumber(
                .max(8), options: BlobUpdateOptions(conditions: blobConditions, call: call))
        },
        OperationCase(
            "pageBlob.update_sequence_number", variant: "increment", .put, blobPath, query: ["comp": "properties"],
            headers: ["x-ms-sequence-number-action": "increment"]
        ) { try await $0.blob.pageBlob.setSequenceNumber(.increment, options: BlobUpdateOptions(call: call)) },
        OperationCase(
            "pageBlob.copy_incremental", .put, blobPath, query: ["comp": "incrementalcopy"],
            headers: all(
                blobConditionHeaders.filter { $0.key != "x-ms-lease-id" },
                ["x-ms-copy-source": "https://x.example/y?snapshot=2026"]),
            status: 202, answerHeaders: ["x-ms-copy-id": "c-1", "x-ms-copy-status": "pending"],
            result: all(containerInfo, ["id": "c-1", "status": "pending"])
        ) {
            var conditions = blobConditions
            conditions.leaseID = nil
            return try await $0.blob.pageBlob.startIncrementalCopy(
                from: BlobCopySource(url: "https://x.example/y?snapshot=2026"),
                options: BlobPropertiesOptions(conditions: conditions, call: call))
        },
    ]

    private static let rangeList = """
        <?xml version="1.0" encoding="utf-8"?><PageList><PageRange><Start>0</Start><End>511</End></PageRange>
        <ClearRange><Start>512</Start><End>1023</End></ClearRange><NextMarker/></PageList>
        """
    private static let rangeResult = all(
        commonResult("pages[0].response."),
        [
            "items[0].offset": "0", "items[0].length": "512", "items[0].isCleared": "false", "items[1].offset": "512",
            "items[1].length": "512", "items[1].isCleared": "true", "pages[0].etag": "\"0x8D\"",
            "pages[0].lastModified": "2026-01-02T03:04:05Z", "pages[0].blobContentLength": "8192",
        ])
    private static let rangeAnswerHeaders = ["x-ms-blob-content-length": "8192"]

    private static let ranges = PageRangesOptions(
        range: BlobRange(offset: 0, length: 4096), pageSize: 3, continuationToken: "m",
        conditions: blobConditions, call: call)

    private static let rangeHeaders = all(blobConditionHeaders, ["x-ms-range": "bytes=0-4095"])

    private static let pageRanges: [OperationCase] = [
        OperationCase(
            "pageBlob.get_page_ranges", .get, blobPath,
            query: ["comp": "pagelist", "snapshot": "2026-01-01", "marker": "m", "maxresults": "3"],
            headers: rangeHeaders, answerHeaders: rangeAnswerHeaders, answer: rangeList, result: rangeResult
        ) { fixture in
            try await ListedRanges(ranges) { fixture.blob.snapshot("2026-01-01").pageBlob.pageRanges(options: $0) }
        },
        OperationCase(
            "pageBlob.get_page_ranges_diff", .get, blobPath,
            query: [
                "comp": "pagelist", "snapshot": "2026-02-01", "prevsnapshot": "2026-01-01", "marker": "m",
                "maxresults": "3",
            ],
            headers: rangeHeaders, answerHeaders: rangeAnswerHeaders, answer: rangeList, result: rangeResult
        ) { fixture in
            try await ListedRanges(ranges) {
                fixture.blob.snapshot("2026-02-01").pageBlob.pageRanges(changedSince: "2026-01-01", options: $0)
            }
        },
        OperationCase(
            "pageBlob.get_page_ranges_diff", variant: "managed disk", .get, blobPath, query: ["comp": "pagelist"],
            headers: ["x-ms-previous-snapshot-url": "https://md.example/c/d?snapshot=1"], answer: rangeList
        ) { fixture in
            try await ListedRanges(PageRangesOptions(call: call)) {
                fixture.blob.pageBlob.pageRanges(
                    changedSinceSnapshotAt: "https://md.example/c/d?snapshot=1", options: $0)
            }
        },
    ]
}

/// All ranges of a list, and what its pages said of the blob.
struct ListedRanges: Sendable {
    var items: [PageRange] = []
    var pages: [PageRangesInfo] = []

    init(_ options: PageRangesOptions, _ list: (PageRangesOptions) -> PagedSequence<PageRange>) async throws {
        let heard = Mutex<[PageRangesInfo]>([])
        var options = options
        options.onPage = { page in heard.withLock { $0.append(page) } }
        for try await item in list(options) { items.append(item) }
        pages = heard.withLock { $0 }
    }
}
