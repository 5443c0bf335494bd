import BlobStorage
import ExampleTestSupport
import Foundation
import Testing

@testable import PhotoService

/// curl is the client; what it is to get says RFC 9110 in sections 13.1.2 (If-None-Match), 14 (ranges) and 9.3.2 (HEAD).
@Suite("Photos that are served", .timeLimit(.minutes(2)), .enabled(if: ServiceFixture.hasCurl))
struct ReadingTests {
    static let content = Data((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 5) })
    static let path = "/photos/2024/K%C3%B6ln%20%26%20Rhein.jpg"

    private func withPhoto(_ body: @escaping @Sendable (ServiceFixture) async throws -> Void) async throws {
        try await ServiceFixture.run { service in
            try await service.photos.blob("2024/Köln & Rhein.jpg").upload(
                Self.content, options: .init(httpHeaders: .init(contentType: "image/jpeg")))
            try await body(service)
        }
    }

    @Test("Whole, its head, and not again while it has not changed")
    func whole() async throws {
        try await withPhoto { service in
            let whole = try await service.ask(Self.path)
            #expect(whole.status == 200 && whole.content == Self.content)
            #expect(whole.headers["content-type"] == "image/jpeg" && whole.headers["accept-ranges"] == "bytes")
            let version = try #require(whole.headers["etag"])

            let head = try await service.ask(Self.path, ["--head"])
            #expect(head.status == 200 && head.headers["content-length"] == "3000000")
            #expect(head.headers["etag"] == version && head.headers["content-type"] == "image/jpeg")

            for known in [version, "W/\(version)", "*"] {
                let answer = try await service.ask(Self.path, ["-H", "If-None-Match: \(known)"])
                #expect(answer.status == 304 && answer.content.isEmpty, "\(known)")
                #expect(
                    try await service.ask(Self.path, ["--head", "-H", "If-None-Match: \(known)"]).status == 304)
            }
            let other = try await service.ask(Self.path, ["-H", "If-None-Match: \"other\""])
            #expect(other.status == 200 && other.content == Self.content)
            let list = try await service.ask(Self.path, ["-H", "If-None-Match: \"other\", \(version)"])
            #expect(list.status == 200)
        }
    }

    @Test("In ranges; those that it does not know get the whole, and those beyond the end an error")
    func ranges() async throws {
        try await withPhoto { service in
            for (range, expected) in [
                ("0-99", 0..<100), ("1500000-2999999", 1_500_000..<3_000_000), ("2999990-", 2_999_990..<3_000_000),
                ("2999990-9999999", 2_999_990..<3_000_000),
            ] {
                let part = try await service.ask(Self.path, ["-r", range])
                #expect(part.status == 206 && part.content == Self.content[expected], "\(range)")
                #expect(
                    part.headers["content-range"]
                        == "bytes \(expected.lowerBound)-\(expected.upperBound - 1)/3000000")
            }
            for arguments in [["-r", "0-1,5-6"], ["-r", "-5"], ["-r", "0-9", "-H", "If-Range: \"old\""]] {
                let answer = try await service.ask(Self.path, arguments)
                #expect(answer.status == 200 && answer.content.count == 3_000_000, "\(arguments)")
            }
            let beyond = try await service.ask(Self.path, ["-r", "3000000-"])
            #expect(beyond.status == 416 && beyond.headers["content-range"] == "bytes */3000000")
        }
    }

    @Test("What is not there, and what cannot be a name")
    func missing() async throws {
        try await withPhoto { service in
            for (path, status) in [
                ("/photos/missing.jpg", 404), ("/links/missing.jpg", 404), ("/photos/a%2F..%2Fb", 400), ("/", 404),
            ] {
                let answer = try await service.ask(path)
                #expect(answer.status == status, "\(path)")
            }
            let head = try await service.ask("/photos/missing.jpg", ["--head"])
            #expect(head.status == 404)
        }
    }

    @Test("A client that leaves costs nothing more, and the next one is served")
    func leaving() async throws {
        try await ServiceFixture.run { service in
            // 48 parts of a megabyte at least, if all of it were read.
            let large = Data(count: 48 << 20)
            try await service.photos.blob("large.mov").upload(large)
            let before = service.reads()
            _ = try await ProgramRun.run(
                "/bin/sh", ["-c", "\(ServiceFixture.curl) -s \(service.address)/photos/large.mov | head -c 1000"])
            var ends = service.served.makeAsyncIterator()
            let end = try #require(await ends.next())
            #expect(!end.isComplete && end.bytes < 48 << 20, "\(end)")
            let reads = service.reads() - before
            #expect(reads < 48, "\(reads) requests")
            let next = try await service.ask("/photos/large.mov")
            #expect(next.status == 200 && next.content == large)
            #expect(await ends.next() == ServedPhoto(name: "large.mov", bytes: 48 << 20, isComplete: true))
        }
    }

    @Test(
        "Ranges that are taken, and those that are not",
        arguments: [
            ("bytes=0-0", BlobRange(0..<1)), ("bytes=5-", BlobRange(offset: 5)), ("bytes=-5", nil), ("bytes=5-4", nil),
            ("bytes=a-b", nil), ("bytes=+1-2", nil), ("bytes=0-1,3-4", nil), ("items=0-1", nil), ("bytes=", nil),
            ("bytes=0-9223372036854775807", nil), ("bytes=99999999999999999999-", nil), ("", nil),
        ] as [(String, BlobRange?)])
    func parsing(field: String, expected: BlobRange?) {
        #expect(RequestedRange(field)?.range == expected)
    }
}
