import AzureAuth
import AzureCore
import BlobStorage
import Foundation
import Testing

@Suite("Signed URLs")
struct SignatureTests {
    static let end = Date(timeIntervalSince1970: 1_767_330_000)

    @Test("a signed URL of a blob says what it allows, and works as an address")
    func blob() throws {
        let url = try Fixture().blob.signedURL(permissions: [.read], expiresOn: Self.end).absoluteString
        #expect(url.hasPrefix("https://example.blob.core.windows.net/pictures/cats/tom.jpg?"))
        #expect(url.contains("sp=r") && url.contains("sr=b") && url.contains("se=2026-01-02") && url.contains("sig="))
        #expect(try BlobClient(url: url).name == "cats/tom.jpg")
    }

    @Test("a signed URL of a snapshot names the snapshot")
    func snapshot() throws {
        let url = try Fixture().blob.snapshot("2026-01-01T00:00:00Z").signedURL(
            permissions: [.read], expiresOn: Self.end
        ).absoluteString
        #expect(url.contains("?snapshot=2026-01-01T00%3A00%3A00Z&"))
        #expect(url.contains("sr=bs"))
    }

    @Test("a signature of a container")
    func container() throws {
        let token = try Fixture().container.sharedAccessSignature(permissions: [.write], expiresOn: Self.end) {
            $0.protocol = .https
        }
        #expect(token.contains("sr=c") && token.contains("sp=w") && token.contains("spr=https"))
    }

    @Test("URLs for the files of Batch tasks allow no more than they must")
    func sources() throws {
        let fixture = try Fixture()
        let blob = try fixture.blob.signedURLForReading(until: Self.end).absoluteString
        #expect(blob.contains("sp=r&") || blob.hasSuffix("sp=r"))
        #expect(blob.contains("sr=b&") || blob.hasSuffix("sr=b"))
        let reading = try fixture.container.signedURLForReading(until: Self.end).absoluteString
        #expect(reading.contains("sp=rl&") || reading.hasSuffix("sp=rl"))
        let writing = try fixture.container.signedURLForWriting(until: Self.end).absoluteString
        #expect(writing.contains("sp=w&") || writing.hasSuffix("sp=w"))
        #expect(writing.contains("sr=c&") || writing.hasSuffix("sr=c"))
    }

    @Test("who has a SAS hands out that one")
    func ownSignature() throws {
        let end = Self.end
        let blob = try BlobClient(url: "https://example.blob.core.windows.net/c/b?sv=1&sp=r&sig=secret")
        #expect(
            try blob.signedURLForReading(until: end).absoluteString
                == "https://example.blob.core.windows.net/c/b?sv=1&sp=r&sig=secret"
        )
        let container = try BlobContainerClient(url: "https://example.blob.core.windows.net/c?sv=1&sp=w&sig=secret")
        #expect(
            try container.signedURLForWriting(until: end).absoluteString
                == "https://example.blob.core.windows.net/c?sv=1&sp=w&sig=secret")
    }

    @Test("who has no key of the account cannot sign")
    func noKey() async throws {
        let blob = try BlobClient(url: "https://example.blob.core.windows.net/c/b?sv=1&sig=secret")
        let error = try await failure { _ = try blob.signedURL(permissions: [.read], expiresOn: Self.end) }
        #expect(error.code == .invalidArgument)
        #expect(error.message.contains("key"))
    }
}
