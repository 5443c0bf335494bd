import AzureCore
import AzureTesting
import Foundation
import Testing

@testable import BlobStorage

@Suite("Lists")
struct ListTests {
    static func page(_ content: String, next: String = "") -> MockResponse {
        MockResponse(
            200,
            body: "\u{FEFF}<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults ServiceEndpoint=\"x\">"
                + "<Prefix>p</Prefix><Blobs>\(content)</Blobs><NextMarker>\(next)</NextMarker></EnumerationResults>")
    }

    @Test("blobs come page by page, and only as far as they are read")
    func pages() async throws {
        let fixture = try Fixture(
            Self.page("<Blob><Name>a</Name></Blob>", next: "t/1"), Self.page(""),
            Self.page("<Blob><Name>z</Name></Blob>"))
        var names: [String] = []
        for try await blob in fixture.container.listBlobs(prefix: "a b", options: .init(pageSize: 1)) {
            names.append(blob.name)
        }
        #expect(names == ["a"])
        #expect(
            fixture.transport.requests.map(\.path) == [
                "/pictures?restype=container&comp=list&prefix=a%20b&maxresults=1",
                "/pictures?restype=container&comp=list&prefix=a%20b&marker=t%2F1&maxresults=1",
            ])
    }

    @Test("everything that a list says of a blob is read")
    func everything() async throws {
        let fixture = try Fixture(
            Self.page(
                """
                <Blob><Name>a&amp;b</Name><Deleted>true</Deleted><Snapshot>s</Snapshot><VersionId>v</VersionId>
                <IsCurrentVersion>true</IsCurrentVersion><Unknown><Deep>x</Deep></Unknown><Properties>
                <Creation-Time>Fri, 02 Jan 2026 03:04:05 GMT</Creation-Time><Etag>0x1</Etag>
                <Content-Length>12</Content-Length><Content-Type>text/plain</Content-Type><Content-Encoding/>
                <BlobType>BlockBlob</BlobType><AccessTier>Cold</AccessTier><LeaseStatus>unlocked</LeaseStatus>
                <LeaseState>available</LeaseState><ServerEncrypted>true</ServerEncrypted><New>1</New></Properties>
                <Metadata><Owner>me</Owner><Empty/></Metadata>
                <Tags><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tags></Blob>
                """))
        var blobs: [BlobItem] = []
        for try await blob in fixture.container.listBlobs(options: .init(include: [.metadata, .tags, .snapshots])) {
            blobs.append(blob)
        }
        let blob = try #require(blobs.first)
        #expect(blob.name == "a&b")
        #expect(blob.isDeleted)
        #expect(blob.snapshot == "s")
        #expect(blob.versionID == "v")
        #expect(blob.properties.etag == "0x1")
        #expect(blob.properties.contentLength == 12)
        #expect(blob.properties.createdOn?.date == OperationTests.date)
        #expect(blob.properties.httpHeaders.contentType == "text/plain")
        #expect(blob.properties.tier.accessTier == .cold)
        #expect(blob.properties.lease.state == .available)
        #expect(blob.properties.encryption.isServerEncrypted == true)
        #expect(blob.properties.metadata == ["Owner": "me", "Empty": ""])
        #expect(blob.tags == ["k": "v"])
        #expect(try fixture.request().path.contains("include=metadata%2Csnapshots%2Ctags"))
    }

    @Test("a name that XML cannot hold comes percent-encoded and is decoded")
    func encodedName() async throws {
        let fixture = try Fixture(Self.page("<Blob><Name Encoded=\"true\">a%01%25</Name></Blob>"))
        for try await blob in fixture.container.listBlobs() { #expect(blob.name == "a\u{01}%") }
        #expect(fixture.transport.requests.count == 1)
    }

    @Test("by hierarchy, what lies behind the delimiter is one entry")
    func hierarchy() async throws {
        let fixture = try Fixture(
            Self.page("<BlobPrefix><Name>a/</Name></BlobPrefix><Blob><Name>b</Name></Blob>"))
        var items: [BlobHierarchyItem] = []
        for try await item in fixture.container.listBlobsByHierarchy() { items.append(item) }
        #expect(items == [.prefix("a/"), .blob(BlobItem(name: "b"))])
        #expect(try fixture.request().path.contains("delimiter=%2F"))
    }

    @Test("containers are listed with their properties")
    func containers() async throws {
        let fixture = try Fixture(
            MockResponse(
                200,
                body: """
                    <EnumerationResults><Containers><Container><Name>a</Name><Properties><Etag>1</Etag>
                    <PublicAccess>blob</PublicAccess></Properties><Metadata><x>y</x></Metadata></Container></Containers>
                    <NextMarker/></EnumerationResults>
                    """))
        var items: [ContainerItem] = []
        for try await item in fixture.service.listContainers(options: .init(include: .metadata)) { items.append(item) }
        #expect(items.map(\.name) == ["a"])
        #expect(items[0].properties.publicAccess == .blob)
        #expect(items[0].properties.metadata == ["x": "y"])
        #expect(try fixture.request().path == "/?comp=list&include=metadata")
    }

    @Test(
        "an answer that is no list is an error, never a short list",
        arguments: [
            "<EnumerationResults><Blobs><Blob><Name>a</Name></Blob>", "", "<html></html>", "{}",
            "<!DOCTYPE a [<!ENTITY b \"c\">]><EnumerationResults><Blobs/></EnumerationResults>",
            "<EnumerationResults><Blobs><Blob><Name>&b;</Name></Blob></Blobs></EnumerationResults>",
        ])
    func broken(body: String) async throws {
        let fixture = try Fixture(MockResponse(200, body: body))
        let error = try await failure { for try await _ in fixture.container.listBlobs() {} }
        #expect(error.code == .invalidResponse)
    }

    @Test("a page has 1 to 5,000 entries", arguments: [0, -1, 5001])
    func pageSize(size: Int) async throws {
        let fixture = try Fixture()
        let error = try await failure {
            for try await _ in fixture.container.listBlobs(options: .init(pageSize: size)) {}
        }
        #expect(error.code == .invalidArgument)
        #expect(fixture.transport.requests.isEmpty)
    }
}

@Suite("The marker at the end of a page")
struct ListMarkerTests {
    @Test(
        "is found only where it is plain",
        arguments: [
            ("<NextMarker>2!68!MDAw</NextMarker></EnumerationResults>", "2!68!MDAw"),
            ("<NextMarker>ä</NextMarker>", "ä"), ("<NextMarker/></E>", nil), ("<NextMarker></NextMarker></E>", nil),
            ("<NextMarker>a&amp;b</NextMarker>", nil), ("", nil),
            ("<NextMarker>a</NextMarker>" + String(repeating: " ", count: 5000), nil),
        ] as [(String, String?)])
    func plain(page: String, marker: String?) {
        #expect(ListPage.marker(endOf: Data(page.utf8)) == marker)
        #expect(ListPage.marker(endOf: Data(("<E>" + page).utf8).dropFirst(3)) == marker)
    }
}
