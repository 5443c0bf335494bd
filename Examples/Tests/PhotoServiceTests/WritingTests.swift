import BlobStorage
import ExampleTestSupport
import Foundation
import Testing

@testable import PhotoService

/// curl is the client; statuses are those of RFC 9110, sections 9.3.4 (PUT), 13.1.1 (If-Match) and 15.5.14 (413).
@Suite("Photos that are taken, listed and signed", .timeLimit(.minutes(2)), .enabled(if: ServiceFixture.hasCurl))
struct WritingTests {
    private func file(_ service: ServiceFixture, bytes: Int, _ name: String) throws -> String {
        try service.scratch.write(Data((0..<bytes).map { UInt8(truncatingIfNeeded: $0 &* 7) }), to: name)
    }

    @Test("A photo is taken once; with its version it is replaced")
    func put() async throws {
        try await ServiceFixture.run { service in
            let photo = try file(service, bytes: 200_000, "photo")
            let taken = try await service.ask("/photos/new/a%20b.png", ["-T", photo])
            #expect(taken.status == 201 && taken.headers["location"] == "/photos/new/a%20b.png")
            let version = try #require(taken.headers["etag"])
            let blob = service.photos.blob("new/a b.png")
            #expect(try await blob.download(upTo: 1 << 20) == FileManager.default.contents(atPath: photo))
            #expect(try await blob.properties().httpHeaders.contentType == "image/png")

            #expect(try await service.ask("/photos/new/a%20b.png", ["-T", photo]).status == 409)
            let wrong = try await service.ask(
                "/photos/new/a%20b.png", ["-T", photo, "-H", "If-Match: \"0x8DC0000000000000\""])
            #expect(wrong.status == 412)
            let other = try file(service, bytes: 10, "other")
            let replaced = try await service.ask(
                "/photos/new/a%20b.png",
                ["-T", other, "-H", "If-Match: \(version)", "-H", "Content-Type: image/x-mine"])
            #expect(replaced.status == 204)
            let look = try await service.ask("/photos/new/a%20b.png")
            #expect(look.content.count == 10 && look.headers["content-type"] == "image/x-mine")
            #expect(look.headers["etag"] == replaced.headers["etag"] && look.headers["etag"] != version)
        }
    }

    @Test("A photo that is too large is refused, whether its size is announced or not, and leaves nothing")
    func tooLarge() async throws {
        try await ServiceFixture.run(sizeLimit: 1 << 20) { service in
            let photo = try file(service, bytes: 1 << 20 + 1, "photo")
            #expect(try await service.ask("/photos/a.jpg", ["-T", photo]).status == 413)
            let chunked = ["-T", photo, "-H", "Transfer-Encoding: chunked"]
            #expect(try await service.ask("/photos/a.jpg", chunked).status == 413)
            #expect(try await service.ask("/photos/a.jpg").status == 404)
            let fits = try file(service, bytes: 1 << 20, "fits")
            #expect(
                try await service.ask("/photos/b.jpg", ["-T", fits, "-H", "Transfer-Encoding: chunked"]).status == 201)
            #expect(try await service.ask("/photos/b.jpg").content.count == 1 << 20)
        }
    }

    @Test("A client that leaves in the middle of its photo leaves nothing of it")
    func leaving() async throws {
        try await ServiceFixture.run(sizeLimit: 64 << 20) { service in
            // It announces more than it sends, and goes.
            let script = """
                exec 3<>/dev/tcp/127.0.0.1/\(service.port)
                printf 'PUT /photos/half.jpg HTTP/1.1\\r\\nHost: here\\r\\nContent-Length: 1000000\\r\\n\\r\\nhalf' >&3
                """
            let run = try await ProgramRun.run("/bin/bash", ["-c", script])
            #expect(run.status == 0, "\(run.errors)")
            #expect(try await service.ask("/photos/half.jpg").status == 404)
            let whole = try file(service, bytes: 100, "whole")
            #expect(try await service.ask("/photos/half.jpg", ["-T", whole]).status == 201)
        }
    }

    @Test("Lists come in pages")
    func lists() async throws {
        try await ServiceFixture.run { service in
            for number in 0..<5 {
                try await service.photos.blob("2024/\(number) ä.jpg").upload(
                    Data(count: number), options: .init(httpHeaders: .init(contentType: "image/jpeg")))
            }
            try await service.photos.blob("other.jpg").upload(Data())
            var (names, marker, pages): ([String], String?, Int) = ([], "", 0)
            while let current = marker {
                let answer = try await service.ask(
                    "/photos?prefix=2024%2F&limit=2&marker=\(current)")
                #expect(answer.status == 200 && answer.headers["content-type"] == "application/json")
                let page = try JSONDecoder().decode(PhotoList.List.self, from: answer.content)
                #expect(page.photos.allSatisfy { $0.type == "image/jpeg" && $0.version != nil })
                names += page.photos.map { "\($0.name):\($0.size)" }
                marker = page.next?.addingPercentEncoding(withAllowedCharacters: .alphanumerics)
                pages += 1
            }
            #expect(names == (0..<5).map { "2024/\($0) ä.jpg:\($0)" })
            #expect(pages == 3)
        }
    }

    @Test("A signed URL lets anybody read the photo, and nothing else")
    func links() async throws {
        try await ServiceFixture.run { service in
            try await service.photos.blob("a b.jpg").upload(Data("picture".utf8))
            let answer = try await service.ask("/links/a%20b.jpg")
            #expect(answer.status == 200 && answer.headers["cache-control"] == "no-store")
            let link = try JSONDecoder().decode(PhotoLink.Link.self, from: answer.content)
            let read = try await ProgramRun.run(ServiceFixture.curl, ["-s", link.url])
            #expect(read.output == "picture")
            let write = try await ProgramRun.run(
                ServiceFixture.curl,
                ["-s", "-w", "%{http_code}", "-o", "/dev/null", "-X", "DELETE", link.url])
            #expect(write.output == "403")
        }
    }
}
