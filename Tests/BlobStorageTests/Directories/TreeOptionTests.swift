import AzureCore
import AzureTesting
import Foundation
import Testing

@testable import BlobStorage

@Suite("What files of a tree take along")
struct TreeOptionTests {
    // As IANA's registry of media types has them; the others as mime.types of Apache and Debian.
    @Test(
        "the content type of a name is that of its extension",
        arguments: [
            ("index.html", "text/html"), ("a/b.CSS", "text/css"), ("app.js", "text/javascript"),
            ("app.min.mjs", "text/javascript"), ("data.json", "application/json"), ("feed.xml", "application/xml"),
            ("notes.txt", "text/plain"), ("README.md", "text/markdown"), ("t.csv", "text/csv"),
            ("logo.svg", "image/svg+xml"), ("a.png", "image/png"), ("Tom.JPG", "image/jpeg"), ("a.jpeg", "image/jpeg"),
            ("a.gif", "image/gif"), ("a.webp", "image/webp"), ("a.avif", "image/avif"),
            ("favicon.ico", "image/vnd.microsoft.icon"), ("a.mp4", "video/mp4"), ("a.webm", "video/webm"),
            ("a.mp3", "audio/mpeg"), ("a.wav", "audio/wav"), ("a.ogg", "audio/ogg"), ("a.pdf", "application/pdf"),
            ("a.zip", "application/zip"), ("a.tar.gz", "application/gzip"), ("a.tar", "application/x-tar"),
            ("a.wasm", "application/wasm"), ("a.woff", "font/woff"), ("a.woff2", "font/woff2"), ("a.ttf", "font/ttf"),
            ("a.otf", "font/otf"), ("a.yaml", "application/yaml"), ("a.yml", "application/yaml"),
            ("a.parquet", "application/vnd.apache.parquet"),
            ("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            ("a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            ("a.pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        ])
    func contentTypes(name: String, type: String) {
        #expect(BlobContentType.forName(name) == type)
    }

    @Test(
        "names without an extension that is known have none",
        arguments: ["", "a", "a.", ".html", "a.b/html", "a/.png", "a.html/", "a.htmlx", "ä.ö", "x." + longName])
    func noContentType(name: String) {
        #expect(BlobContentType.forName(name) == nil)
    }

    private static let longName = String(repeating: "html", count: 1000)

    @Test("the table is in lower case, without dots")
    func table() {
        for (ending, type) in BlobContentType.byExtension {
            #expect(ending == ending.lowercased() && !ending.contains(".") && ending.utf8.count <= 12)
            #expect(type.split(separator: "/").count == 2)
        }
    }

    @Test("an upload sets content types, unless it has one of its own or is told not to")
    func uploads() async throws {
        try await withTemporaryDirectory { directory in
            try write(["a.html": "1", "b": "2"], below: directory)
            for (own, sets, html, other) in [
                (nil, true, "text/html", nil), (nil, false, nil, nil), ("x/y", true, "x/y", "x/y"),
            ] as [(String?, Bool, String?, String?)] {
                let fixture = try Fixture(MockTransport { _ in MockResponse(201) })
                _ = try await fixture.container.uploadDirectory(
                    directory, upload: .init(httpHeaders: .init(contentType: own)),
                    options: .init(overwrite: .always, setsContentTypes: sets))
                for request in fixture.transport.requests {
                    let type = request.header("x-ms-blob-content-type")
                    #expect(type == (request.path.hasSuffix("html") ? html : other))
                }
            }
        }
    }

    @Test("a closure gives each blob what it wants, skips files, and its errors are those of the files")
    func beforeEach() async throws {
        try await withTemporaryDirectory { directory in
            try write(["a.txt": "1", "b.txt": "22", "c.txt": "3"], below: directory)
            let fixture = try Fixture(MockTransport { _ in MockResponse(201) })
            let report = try await fixture.container.uploadDirectory(
                directory, prefix: "p/", upload: .init(metadata: ["all": "1"]),
                options: .init(
                    overwrite: .always, concurrentFiles: 1,
                    beforeEach: { file in
                        #expect(file.path == directory + "/" + file.name.dropFirst(2))
                        #expect(file.modified != nil && file.httpHeaders.contentType == "text/plain")
                        #expect(file.metadata == ["all": "1"])
                        switch file.name {
                        case "p/a.txt":
                            #expect(file.size == 1)
                            file.httpHeaders.contentType = "text/markdown"
                            file.httpHeaders.cacheControl = "no-cache"
                            file.metadata["own"] = "2"
                            file.tags = ["t": "3"]
                            file.accessTier = .cool
                        case "p/b.txt": file.isSkipped = true
                        default: throw AzureError(code: .fileError, message: "Not this one.")
                        }
                    }))
            #expect(report.done.map(\.name) == ["p/a.txt"] && report.failed.map(\.name) == ["p/c.txt"])
            #expect(report.skipped.map(\.skipReason) == [.byCaller])
            let request = try fixture.request()
            #expect(request.header("x-ms-blob-content-type") == "text/markdown")
            #expect(request.header("x-ms-blob-cache-control") == "no-cache")
            #expect(request.header("x-ms-meta-own") == "2" && request.header("x-ms-meta-all") == "1")
            #expect(request.header("x-ms-tags") == "t=3" && request.header("x-ms-access-tier") == "Cool")
        }
    }

    @Test("a closure sees what blobs have, and skips those that are not to be downloaded")
    func beforeEachDownload() async throws {
        try await withTemporaryDirectory { directory in
            let stored = StoredContainer([
                "a": .init(content: Data("1".utf8), metadata: ["keep": "yes"]), "b": .init(content: Data("2".utf8)),
            ])
            let report = try await Fixture(stored.transport).container.downloadContainer(
                to: directory, options: .init(beforeEach: { $0.isSkipped = $0.metadata["keep"] == nil }))
            #expect(report.done.map(\.name) == ["a"] && report.skipped.map(\.skipReason) == [.byCaller])
            #expect(try files(below: directory) == ["a": "1"])
        }
    }

    // The first is how rclone writes `mtime`, the second how AzCopy writes `modtime`.
    @Test("times of files are stored as rclone does, and read as rclone and AzCopy store them")
    func times() {
        let time = FileTime(seconds: 1_767_366_245, nanoseconds: 123_456_789)
        #expect(time.text == "2026-01-02T15:04:05.123456789Z")
        #expect(FileTime(metadata: ["mtime": "2026-01-02T15:04:05.123456789Z"]) == time)
        #expect(FileTime(metadata: ["Mtime": "2026-01-02T16:04:05.123456789+01:00"]) == time)
        #expect(FileTime(metadata: ["modtime": "1767366245123456789"]) == time)
        #expect(FileTime(metadata: ["mtime": "2026-01-02T15:04:05Z"])?.nanoseconds == 0)
        #expect(FileTime(metadata: ["mtime": "2026-01-02T15:04:05.5Z"])?.nanoseconds == 500_000_000)
        #expect(FileTime(metadata: ["mtime": "2026-01-02T15:04:05.1234567899Z"]) == time)
        #expect(FileTime(metadata: ["modtime": "-1"]) == FileTime(seconds: -1, nanoseconds: 999_999_999))
        for seconds in [0, -1, 1, 253_402_300_799, -62_135_596_800, 1_000_000_000] as [Int64] {
            let time = FileTime(seconds: seconds, nanoseconds: 1)
            #expect(time.text.flatMap { FileTime(metadata: ["mtime": $0]) } == time)
        }
        #expect(FileTime(seconds: 253_402_300_800, nanoseconds: 0).text == nil)
        #expect(FileTime(seconds: .min, nanoseconds: .min).text == nil)
    }

    @Test(
        "what is no time is none",
        arguments: [
            "", ".", "x", "2026", "2026-01-02T15:04:05.Z", "2026-01-02T15:04:05.x1Z", "2026-13-02T15:04:05Z",
            "1767366245", "2026-01-02T15:04:05.1.2Z", "2026-01-02T15:04:05.٣Z",
        ])
    func noTime(text: String) {
        #expect(FileTime(metadata: ["mtime": text]) == nil)
        #expect(FileTime(metadata: ["modtime": "99999999999999999999"]) == nil)
    }

    @Test(
        "where times are kept, they decide: later is newer, and any other is different",
        arguments: [
            (10, 0, 10, 0, SkipReason.notNewer, SkipReason.same), (11, 0, 10, 0, nil, nil),
            (9, 0, 10, 0, .notNewer, nil), (10, 5, 10, 4, nil, nil), (10, 4, 10, 5, .notNewer, nil),
            // A file system of whole seconds has dropped the rest.
            (10, 5, 10, 0, .notNewer, .same), (10, 0, 10, 5, .notNewer, .same),
        ] as [(Int64, Int64, Int64, Int64, SkipReason?, SkipReason?)])
    func rules(
        seconds: Int64, nanoseconds: Int64, there: Int64, thereNanoseconds: Int64, ifNewer: SkipReason?,
        ifDifferent: SkipReason?
    ) {
        let source = TreeItemState(size: 1, time: FileTime(seconds: seconds, nanoseconds: nanoseconds))
        let target = TreeItemState(
            size: 1, modified: AzureTimestamp(.now), time: FileTime(seconds: there, nanoseconds: thereNanoseconds))
        for (rule, reason) in [(OverwriteRule.ifNewer, ifNewer), (.ifDifferent, ifDifferent)] {
            #expect(
                OverwriteDecision(rule, source: source, target: target, hasDigest: false)
                    == (reason.map { .skip($0) } ?? .transfer))
        }
    }
}
