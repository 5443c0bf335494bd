import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import BlobStorage

/// Whatever answers, what a call throws is an `AzureError`, and no arithmetic, index or depth ends the process.
///
/// `AZURE_SWIFT_FUZZ` multiplies the number of inputs.
@Suite("Damaged answers and texts")
struct AnswerFuzzTests {
    static let rounds = (ProcessInfo.processInfo.environment["AZURE_SWIFT_FUZZ"].flatMap { Int($0) } ?? 1) * 1500

    /// Damages something many times, and makes sure that using it throws nothing but an `AzureError`.
    private func fuzz(
        _ seeds: [[UInt8]], rounds: Int = rounds, _ location: SourceLocation = #_sourceLocation,
        _ use: ([UInt8], inout Mutator) async throws -> Void
    ) async {
        var mutator = Mutator(seed: UInt64(seeds.reduce(0) { $0 &+ $1.count }))
        for _ in 0..<rounds {
            let bytes = mutator.damaged(seeds[mutator.number(below: seeds.count)])
            do {
                try await use(bytes, &mutator)
            } catch is AzureError {
            } catch {
                Issue.record("\(type(of: error)) for \(Data(bytes).base64EncodedString())", sourceLocation: location)
            }
        }
    }

    // MARK: XML

    static let lists = [
        """
        \u{FEFF}<?xml version="1.0" encoding="utf-8"?><EnumerationResults ServiceEndpoint="x"><Blobs><Blob>
        <Name Encoded="true">a%20b</Name><Snapshot>s</Snapshot><Properties><Content-Length>12</Content-Length>
        <Last-Modified>Fri, 02 Jan 2026 03:04:05 GMT</Last-Modified><Etag>0x1</Etag><TagCount>3</TagCount>
        <Content-MD5>AAAAAAAAAAAAAAAAAAAAAA==</Content-MD5><RemainingRetentionDays>7</RemainingRetentionDays></Properties>
        <Metadata Encrypted="false"><a>1</a></Metadata><Tags><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tags>
        <OrMetadata><or-policy_rule>complete</or-policy_rule></OrMetadata></Blob><BlobPrefix><Name>p/</Name></BlobPrefix>
        </Blobs><NextMarker>m</NextMarker></EnumerationResults>
        """,
        """
        <EnumerationResults><Containers><Container><Name>c</Name><Version>1</Version><Deleted>true</Deleted><Properties>
        <Etag>"1"</Etag><RemainingRetentionDays>9</RemainingRetentionDays></Properties><Metadata><a>b</a></Metadata>
        </Container></Containers><NextMarker/></EnumerationResults>
        """,
        "<PageList><PageRange><Start>0</Start><End>511</End></PageRange><ClearRange><Start>512</Start><End>1023</End>"
            + "</ClearRange><NextMarker>x</NextMarker></PageList>",
        "<BlockList><CommittedBlocks><Block><Name>YQ==</Name><Size>5</Size></Block></CommittedBlocks><UncommittedBlocks>"
            + "<Block><Name>/4AB</Name><Size>1</Size></Block></UncommittedBlocks></BlockList>",
        "<Tags><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tags>",
        "<SignedIdentifiers><SignedIdentifier><Id>p</Id><AccessPolicy><Start>2026-01-02T03:04:05Z</Start><Permission>r"
            + "</Permission></AccessPolicy></SignedIdentifier></SignedIdentifiers>",
        """
        <StorageServiceProperties><Logging><Version>1.0</Version><Delete>true</Delete><RetentionPolicy><Enabled>true</Enabled>
        <Days>7</Days></RetentionPolicy></Logging><Cors><CorsRule><AllowedOrigins>*</AllowedOrigins><MaxAgeInSeconds>500
        </MaxAgeInSeconds></CorsRule></Cors></StorageServiceProperties>
        """,
        "<StorageServiceStats><GeoReplication><Status>live</Status><LastSyncTime>Fri, 02 Jan 2026 03:04:05 GMT</LastSyncTime>"
            + "</GeoReplication></StorageServiceStats>",
        """
        <UserDelegationKey><SignedOid>o</SignedOid><SignedTid>t</SignedTid><SignedStart>2026-01-02T03:04:05Z</SignedStart>
        <SignedExpiry>2026-01-02T04:04:05Z</SignedExpiry><SignedService>b</SignedService><SignedVersion>2026-10-06
        </SignedVersion><Value>a2V5</Value></UserDelegationKey>
        """,
    ].map { Array($0.utf8) }

    /// Every operation that reads XML.
    static let readers: [@Sendable (Fixture) async throws -> Void] = [
        { for try await _ in $0.container.listBlobs() {} },
        { for try await _ in $0.container.listBlobsByHierarchy() {} },
        { for try await _ in $0.service.listContainers() {} },
        { for try await _ in $0.service.findBlobs(matching: "a = 'b'") {} },
        { for try await _ in $0.blob.pageBlob.pageRanges() {} },
        { _ = try await $0.blob.blockBlob.blockList() },
        { _ = try await $0.blob.tags() },
        { _ = try await $0.container.accessPolicy() },
        { _ = try await $0.service.properties() },
        { _ = try await $0.service.statistics() },
        { _ = try await $0.service.userDelegationKey(expiresOn: Date(timeIntervalSince1970: 1_767_326_645)) },
    ]

    @Test("of XML are read, or are an AzureError", arguments: readers.indices)
    func xml(reader: Int) async {
        await fuzz(Self.lists, rounds: Self.rounds / 3) { bytes, mutator in
            let status = [200, 200, 200, 400, 404][mutator.number(below: 5)]
            var answers = [MockResponse(status, body: Data(bytes))]
            if mutator.number(below: 4) == 0 { answers.append(MockResponse(200, body: Data(bytes))) }
            let transport = MockTransport(answers + Array(repeating: MockResponse(403), count: 3))
            try await Self.readers[reader](try Fixture(transport))
        }
    }

    // MARK: Binary forms

    @Test("of Avro are read, or are an AzureError, in whatever chunks they come")
    func avro() async {
        let more = """
            ,{"type":"record","name":"X","fields":[{"name":"a","type":{"type":"array","items":"long"}},{"name":"m","type":\
            {"type":"map","values":["null","double"]}},{"name":"f","type":{"type":"fixed","name":"F","size":4}},{"name":"e",\
            "type":{"type":"enum","name":"E","symbols":["A","B"]}}]}
            """
        // Rows, an error, and a record X: an array of 1 and 2, a map with nothing for "k", four bytes, and B.
        let record: [Data] = [
            AvroBytes.long(4), AvroBytes.long(2), AvroBytes.long(1), AvroBytes.long(2), AvroBytes.long(0),
            AvroBytes.long(-1), AvroBytes.long(3), AvroBytes.string("k"), AvroBytes.long(0), AvroBytes.long(0),
            Data([1, 2, 3, 4]), AvroBytes.long(1),
        ]
        var content = AvroBytes.rows("a,b\n")
        content += AvroBytes.error(isFatal: false)
        for piece in record { content += piece }
        var container = AvroBytes.head(AvroBytes.schema(more))
        container += AvroBytes.block(count: 3, content)
        container += AvroBytes.block(AvroBytes.end())
        let seeds: [[UInt8]] = [Array(QueryAnswer.avro), Array(container)]
        await fuzz(seeds) { bytes, mutator in
            var decoder = BlobQueryDecoder()
            var rest = Data(bytes)
            while !rest.isEmpty {
                let chunk = rest.prefix(1 + mutator.number(below: rest.count))
                _ = try decoder.append(chunk)
                rest = rest.dropFirst(chunk.count)
            }
            try decoder.finish()
        }
    }

    @Test("of structured bodies are read, or are an AzureError, in whatever chunks they come")
    func structuredBody() async throws {
        let content = Data((0..<300).map { UInt8(truncatingIfNeeded: $0) })
        var encoder = try StructuredBodyEncoder(length: 300, segmentSize: 100)
        let message = try (encoder.encode(content) + encoder.finish()).reduce(Data(), +)
        await fuzz([Array(message)], rounds: Self.rounds * 2) { bytes, mutator in
            var decoder = StructuredBodyDecoder(messageLength: mutator.number(below: 2) == 0 ? nil : Int64(bytes.count))
            var (rest, output) = (Data(bytes), Data())
            while !rest.isEmpty {
                let chunk = rest.prefix(1 + mutator.number(below: rest.count))
                try decoder.decode(chunk) { output += $0 }
                rest = rest.dropFirst(chunk.count)
            }
            try decoder.finish()
            // What has all its checksums is what was sent.
            #expect(output == content)
        }
    }

    @Test("of batches are read, or are an AzureError")
    func multipart() async {
        let part =
            "--b\r\nContent-Type: application/http\r\nContent-ID: 0\r\n\r\nHTTP/1.1 404 Not Found\r\n"
            + "x-ms-error-code: BlobNotFound\r\nContent-Length: 5\r\n\r\nabcde\r\n"
        let other = part.replacing("ID: 0", with: "ID: 1").replacing("404 Not Found", with: "202 Accepted")
        await fuzz([Array((part + other + "--b--").utf8)], rounds: Self.rounds * 2) { bytes, mutator in
            let type =
                mutator.number(below: 4) > 0
                ? "multipart/mixed; boundary=b" : mutator.damaged("multipart/mixed; boundary=\"b\"")
            _ = try BlobBatchDecoder.answers(
                in: Data(bytes), contentType: type, count: 2, whole: { _ in .invalidArgument("refused") })
        }
    }

    // MARK: Texts

    @Test("such as journals are taken, or taken for none")
    func journals() async throws {
        let subject = TransferJournal.Subject(kind: .upload, blob: "https://a/b/c", size: 1003, source: "1003-1-2-3.4")
        var journal = try TransferJournal(subject, partSize: 100).header()
        for index in 0..<11 { journal += TransferJournal.line(index, checksum: .max - UInt64(index)) }
        await fuzz([Array(journal)]) { bytes, _ in
            guard let journal = TransferJournal(Data(bytes)) else { return }
            let plan = journal.plan
            for index in journal.parts.keys {
                let (offset, length) = plan[index]
                #expect(offset >= 0 && length > 0 && length <= journal.partSize)
                #expect((1...64).contains(journal.blockID(index).bytes.count))
            }
            #expect(plan.count >= 0)
        }
    }

    @Test("such as connection strings and addresses are taken, or are an AzureError that shows no key")
    func addresses() async {
        let secret = "c2VjcmV0a2V5c2VjcmV0a2V5"
        let seeds = [
            "DefaultEndpointsProtocol=https;AccountName=example;AccountKey=\(secret);EndpointSuffix=core.windows.net",
            "BlobEndpoint=http://127.0.0.1:10000/example;SharedAccessSignature=sv=1&sig=\(secret);AccountName=example",
            "UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://127.0.0.1",
            "https://example.blob.core.windows.net/pictures/a%20b?snapshot=2026&versionid=3&sv=1&sp=r&sig=\(secret)",
            "http://[::1]:10000/example/pictures/d/e.jpg?sv=1&sig=\(secret)",
        ].map { Array($0.utf8) }
        await fuzz(seeds, rounds: Self.rounds * 2) { bytes, _ in
            let text = String(decoding: bytes, as: UTF8.self)
            // A key can be hidden only where its name is left; copies of parts of it are none.
            var rest = text
            for name in ["sig=", "AccountKey="] { rest = rest.replacing(name + secret, with: "") }
            let isRecognisable = !rest.contains(secret)
            for use in [
                { _ = try BlobServiceClient(connectionString: text).url },
                { _ = try BlobServiceClient(endpoint: text).accountName },
                { _ = try BlobContainerClient(url: text).url }, { _ = try BlobClient(url: text).url },
                { _ = try BlobClient(url: text, isPathStyle: true).blockBlob.blob.url },
            ] as [() throws -> Void] {
                do {
                    try use()
                } catch let error as AzureError {
                    #expect(!isRecognisable || !"\(error)".contains(secret), "\(error)")
                }
            }
        }
    }

    @Test("in the header fields of an answer are taken, or are an AzureError")
    func headers() async throws {
        let fields = [
            "Content-Range": "bytes 0-2/3", "ETag": "\"1\"", "Content-Length": "3", "x-ms-blob-type": "BlockBlob",
            "x-ms-structured-content-length": "3", "x-ms-tag-count": "3", "x-ms-copy-progress": "1/3",
            "Last-Modified": "Fri, 02 Jan 2026 03:04:05 GMT", "x-ms-blob-sequence-number": "7",
            "Content-MD5": "AAAAAAAAAAAAAAAAAAAAAA==", "x-ms-blob-committed-block-count": "2", "Retry-After": "1",
        ].sorted { $0.key < $1.key }
        await fuzz(fields.map { Array($0.value.utf8) }, rounds: Self.rounds / 2) { bytes, mutator in
            var headers = Dictionary(uniqueKeysWithValues: fields)
            let name = fields[mutator.number(below: fields.count)].key
            headers[name] = String(decoding: bytes, as: UTF8.self)
            let status = [206, 200, 206, 416, 503][mutator.number(below: 5)]
            let validation = [TransferValidation.none, .crc64, .md5, .rangeCRC64][mutator.number(below: 4)]
            let options = BlobDownloadOptions(transfer: .init(partSize: 2, concurrency: 1, validation: validation))
            let transport = MockTransport { [headers] request in
                request.method == .head
                    ? MockResponse(200, headers: headers)
                    : MockResponse(status, headers: headers, body: Data("abc".utf8))
            }
            let fixture = try Fixture(transport)
            _ = try? await fixture.blob.properties()
            _ = try await fixture.blob.download(upTo: 100, options: options)
        }
    }

    @Test("of encryption metadata are taken, or are an AzureError")
    func encryptionMetadata() async throws {
        let key = try LocalKeyEncryptionKey(id: "k", key: Data(count: 32))
        let stored = StoredBlob()
        let (blob, _) = try ResumableTransferTests.blob(stored)
        let content = Data((0..<100).map { UInt8($0) })
        try await blob.encrypted(with: key).upload(content)
        let metadata = try #require(stored.metadata["encryptiondata"])
        let sealed = Array(stored.content)
        await fuzz([Array(metadata.utf8), sealed], rounds: Self.rounds / 2) { bytes, mutator in
            let isMetadata = bytes.first == UInt8(ascii: "{")
            let text = String(decoding: bytes, as: UTF8.self).filter { $0.isASCII && !$0.isNewline && $0 != "\0" }
            stored.write(
                isMetadata ? Data(sealed) : Data(bytes), metadata: ["encryptiondata": isMetadata ? text : metadata])
            let range =
                mutator.number(below: 2) == 0 ? nil : BlobRange(offset: Int64(mutator.number(below: 120)), length: 7)
            let read = try await blob.encrypted(with: key).download(upTo: 1000, options: .init(range: range))
            let start = Int(range?.offset ?? 0)
            #expect(read == content[start..<min(100, start + Int(range?.length ?? 100))])
        }
    }
}
