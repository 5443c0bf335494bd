import AzureAuth
import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import Testing

/// "Naming and Referencing Containers, Blobs, and Metadata": no path segment should end with a dot, names have at most
/// 1,024 characters and 254 path segments. Reports of users of the official clients show what becomes of such names: the
/// service takes `\` for `/`, drops dots at the end of segments, and resolves `.` and `..`.
@Suite("Names that the service would change")
struct BlobNameTests {
    static let changed = [
        "a\\b", "\\", "foo.", "foo..", "a./b", "d/../e", "../e", "..", ".", "./a", "a/.", "a/..", "a/...", "a .",
    ]
    static let kept = [
        "a.b", ".hidden", "a/.b", "..a", "a..b/c", "a/", "/a", "a//b", " ", "a b", "\u{2026}", "a\u{FF3C}b",
        String(repeating: "a", count: 1024), Array(repeating: "a", count: 254).joined(separator: "/"),
    ]

    @Test("are refused before anything is sent", arguments: changed)
    func refused(name: String) async throws {
        let fixture = try Fixture()
        let blob = fixture.container.blob(name)
        for operation in [
            { _ = try await blob.properties() }, { try await blob.upload(Data()) },
            { _ = try await blob.download(upTo: 1) }, { try await blob.delete() },
            { _ = try blob.signedURL(permissions: .read, expiresOn: Date(timeIntervalSinceNow: 60)) },
            { _ = try blob.signedURL(storedPolicyID: "p") },
            { _ = try await fixture.service.batch.delete([blob]) },
        ] as [() async throws -> Void] {
            let error = try await failure(of: operation)
            #expect(error.code == .invalidArgument)
            #expect(error.message.contains("the service"))
        }
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test("are not those that it keeps", arguments: kept)
    func sent(name: String) async throws {
        let fixture = try Fixture(MockResponse(200))
        _ = try await fixture.container.blob(name).properties()
        #expect(try fixture.request().path == "/pictures/" + PercentEncoding.encodePath(name))
    }

    @Test(
        "that are too long, or have too many parts, are refused",
        arguments: [String(repeating: "a", count: 1025), Array(repeating: "a", count: 255).joined(separator: "/")])
    func tooLong(name: String) async throws {
        let fixture = try Fixture()
        #expect(try await failure { _ = try await fixture.container.blob(name).properties() }.code == .invalidArgument)
    }

    @Test("of files are reported for those files, and nothing is overwritten by them")
    func directory() async throws {
        try await withTemporaryDirectory { directory in
            for name in ["foo", "foo.", "a\\b", "sub./x", "good"] {
                let path = URL(fileURLWithPath: directory).appendingPathComponent(name)
                try FileManager.default.createDirectory(
                    at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(name.utf8).write(to: path)
            }
            let fixture = try Fixture(MockTransport { _ in MockResponse(201, headers: ["ETag": "\"1\""]) })
            let report = try await fixture.container.uploadDirectory(directory, options: .init(overwrite: .always))
            #expect(report.done.map(\.name).sorted() == ["foo", "good"])
            #expect(report.failed.map(\.name).sorted() == ["a\\b", "foo.", "sub./x"])
            #expect(Set(fixture.transport.requests.map(\.path)) == ["/pictures/foo", "/pictures/good"])
            let planned = try await fixture.container.uploadDirectory(
                directory, options: .init(overwrite: .always, isDryRun: true))
            #expect(planned.failed.map(\.name).sorted() == ["a\\b", "foo.", "sub./x"])
        }
    }
}
