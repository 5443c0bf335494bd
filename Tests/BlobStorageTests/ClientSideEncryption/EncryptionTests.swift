import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import BlobStorage

/// What the tests of client-side encryption share.
enum Encryption {
    static let key = Data((0..<32).map { UInt8($0) })
    static let text = Data("The quick brown fox jumps over the lazy dog.".utf8)
    /// Content of a bit more than three regions.
    static let large = Data((0..<3 * 4_194_304 + 1000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 9) })

    static func client(_ stored: StoredBlob, key: Data = key, id: String = "test-key") throws -> EncryptedBlobClient {
        try Fixture(stored.transport).blob.encrypted(with: LocalKeyEncryptionKey(id: id, key: key))
    }
}

@Suite("Client-side encryption")
struct EncryptionTests {
    @Test(
        "what is encrypted comes back, from bytes, files and streams, whatever its size",
        arguments: [0, 1, 4_194_303, 4_194_304, 4_194_305, 8_388_608, 12_583_912])
    func roundTrip(size: Int) async throws {
        let content = Encryption.large.prefix(size)
        try await withTemporaryDirectory { directory in
            let source = directory + "/source"
            try content.write(to: URL(fileURLWithPath: source))
            for way in ["bytes", "file", "stream"] {
                let stored = StoredBlob()
                let blob = try Encryption.client(stored)
                let options = BlobUploadOptions(
                    metadata: ["camera": "k7"], transfer: .init(partSize: 3_000_000, concurrency: 2))
                switch way {
                case "bytes": try await blob.upload(content, options: options)
                case "file": try await blob.upload(file: source, options: options)
                default:
                    let chunks = AsyncStream<Data> { stream in
                        for start in stride(from: 0, to: size, by: 999_999) {
                            stream.yield(content[start..<min(start + 999_999, size)])
                        }
                        stream.finish()
                    }
                    try await blob.upload(stream: chunks, options: options)
                }
                let regions = (size + 4_194_303) / 4_194_304
                #expect(stored.content.count == size + regions * 28)
                #expect(stored.metadata["camera"] == "k7")
                let stream = try await blob.downloadStream(options: .init(transfer: .init(partSize: 5_000_000)))
                #expect(stream.length == Int64(size))
                #expect(stream.encryption == .init(version: "2.0", keyID: "test-key", wrapAlgorithm: "A256KW"))
                #expect(try await blob.download(upTo: size) == content)
                #expect(try await blob.downloadStream().collect(upTo: size) == content)
                let target = directory + "/target"
                try await blob.download(to: target)
                #expect(try Data(contentsOf: URL(fileURLWithPath: target)) == content)
            }
        }
    }

    @Test("nothing of the content is stored in the clear, and two uploads have nothing in common")
    func isEncrypted() async throws {
        let stored = StoredBlob()
        let blob = try Encryption.client(stored)
        try await blob.upload(Encryption.text)
        let first = (stored.content, stored.metadata)
        try await blob.upload(Encryption.text, options: .init(overwrite: true))
        #expect(stored.content.range(of: Encryption.text.prefix(8)) == nil)
        #expect(first.0.dropFirst(12) != stored.content.dropFirst(12))
        #expect(first.1 != stored.metadata)
        // The nonce of the first region.
        #expect(stored.content.prefix(12) == Data(count: 12))
    }

    @Test("the metadata is that of the official clients")
    func metadata() throws {
        let metadata = EncryptionMetadata(
            version: .v2, keyID: "a\"b\\c\u{E9}\u{1F600}\n", wrappedKey: Data([1, 2, 3]), wrapAlgorithm: "A256KW",
            layout: .standard, contentLength: 5)
        #expect(
            metadata.json
                == #"{"WrappedContentKey":{"KeyId":"a\"b\\c\u00e9\ud83d\ude00\u000a","EncryptedKey":"AQID","#
                + #""Algorithm":"A256KW"},"EncryptionAgent":{"Protocol":"2.0","EncryptionAlgorithm":"AES_GCM_256"},"#
                + #""EncryptedRegionInfo":{"DataLength":4194304,"NonceLength":12},"#
                + #""KeyWrappingMetadata":{"EncryptionLibrary":"azure-swift","ContentLength":"5"},"#
                + #""EncryptionMode":"FullBlob"}"#)
        let blob = try Fixture().blob
        let read = try EncryptionMetadata(
            ["EncryptionData": metadata.json], maximumRegionSize: 1 << 27, of: blob)
        #expect(read == metadata)
    }

    /// What the official Python client 12.31.1 made with the key of these tests.
    static let python = [
        (
            #"{"WrappedContentKey": {"KeyId": "test-key", "EncryptedKey": "#
                + #""hWaKigkalXD3Y+1Ybj/DdxzGA62rTZJAX6FGg6vXyDZXLn6cjl9gvg==", "Algorithm": "A256KW"}, "#
                + #""EncryptionAgent": {"Protocol": "1.0", "EncryptionAlgorithm": "AES_CBC_256"}, "#
                + #""ContentEncryptionIV": "xMBuVYFfh0XLR8Fo1PjXYQ==", "KeyWrappingMetadata": "#
                + #"{"EncryptionLibrary": "Python 12.31.1"}, "EncryptionMode": "FullBlob"}"#,
            "9oWm97ZfhVcM8oVuQJ3EM0ZbZwQM7e+IyItwcy/5gSWHqu1d4aPkTwcjnQz9PhvI"
        ),
        (
            #"{"WrappedContentKey": {"KeyId": "test-key", "EncryptedKey": "#
                + #""Xf0FR1IPEGzUI+6g7ZVIijmZgNkptaZc3Nyb8eE4vuu6QqsDEd72hs3vCSNxt0SM", "Algorithm": "A256KW"}, "#
                + #""EncryptionAgent": {"Protocol": "2.0", "EncryptionAlgorithm": "AES_GCM_256"}, "#
                + #""EncryptedRegionInfo": {"DataLength": 4194304, "NonceLength": 12}, "KeyWrappingMetadata": "#
                + #"{"EncryptionLibrary": "Python 12.31.1"}, "EncryptionMode": "FullBlob"}"#,
            "AAAAAAAAAAAAAAAA1n44H9Z4iZrE7YH64bgCaSCWzEKfAnc0i47IdGmA7LPwEMhxT+8G16NVDYcZ5REfMQhIOy7HPuDfQQqG"
        ),
    ]

    @Test("what the official Python client encrypted is read, whole and in ranges", arguments: [0, 1])
    func readsPython(index: Int) async throws {
        let (json, base64) = Self.python[index]
        let content = try #require(Data(base64Encoded: base64))
        let blob = try Encryption.client(StoredBlob(content, metadata: ["encryptiondata": json]))
        let text = Encryption.text
        #expect(try await blob.download(upTo: 100) == text)
        for start in 0..<text.count {
            for length in [1, 2, 15, 16, 17, 100] {
                let range = BlobRange(offset: Int64(start), length: Int64(length))
                let part = try await blob.download(upTo: 100, options: .init(range: range))
                #expect(part == text.dropFirst(start).prefix(length))
            }
            let rest = try await blob.download(upTo: 100, options: .init(range: .init(offset: Int64(start))))
            #expect(rest == text.dropFirst(start))
        }
        let beyond = try await failure {
            _ = try await blob.download(upTo: 100, options: .init(range: .init(offset: 48)))
        }
        #expect(beyond.code == .invalidRange)
    }

    @Test(
        "a range fetches the regions that hold it and nothing else",
        arguments: [
            (0, 10, 0..<4_194_332), (4_194_300, 8, 0..<8_388_664), (4_194_304, 1, 4_194_332..<8_388_664),
            (12_582_912, 5, 12_582_996..<12_584_024), (0, 99_999_999, 0..<12_584_024),
        ])
    func range(offset: Int, length: Int, fetched: Range<Int>) async throws {
        let stored = StoredBlob()
        try await Encryption.client(stored).upload(Encryption.large)
        let fixture = try Fixture(stored.transport)
        let key = try LocalKeyEncryptionKey(id: "test-key", key: Encryption.key)
        let part = try await fixture.blob.encrypted(with: key).download(
            upTo: 1 << 24,
            options: .init(
                range: .init(offset: Int64(offset), length: Int64(length)), transfer: .init(partSize: 1 << 24)))
        #expect(part == Encryption.large.dropFirst(offset).prefix(length))
        #expect(fixture.transport.requests.map(\.method) == [.head, .get])
        let last = try #require(fixture.transport.requests.last)
        #expect(last.header("x-ms-range") == "bytes=\(fetched.lowerBound)-\(fetched.upperBound - 1)")
        #expect(last.header("If-Match") == "\"1\"")
    }

    @Test("the key of a blob can be wrapped by another key, and all else stays")
    func replacesKey() async throws {
        let stored = StoredBlob()
        let old = try Encryption.client(stored)
        try await old.upload(Encryption.text, options: .init(metadata: ["camera": "k7"]))
        let content = stored.content
        let next = try LocalKeyEncryptionKey(id: "next", key: Data(repeating: 9, count: 16))
        try await old.replaceKeyEncryptionKey(with: next)
        #expect(stored.content == content)
        #expect(stored.metadata["camera"] == "k7")
        let blob = try Fixture(stored.transport).blob
        #expect(try await blob.encrypted(with: next).download(upTo: 100) == Encryption.text)
        #expect(try await blob.encrypted(with: next).encryptionInfo().wrapAlgorithm == "A128KW")
        let error = try await failure { _ = try await old.download(upTo: 100) }
        #expect(error.code == .wrongEncryptionKey)
        #expect(error.message.contains("'next'") && error.message.contains("'test-key'"))
        let resolver = ClientSideEncryption(key: nil) { $0 == "next" ? next : nil }
        #expect(try await blob.encrypted(with: resolver).download(upTo: 100) == Encryption.text)
        let nobody = try await failure { try await blob.encrypted(with: resolver).upload(Encryption.text) }
        #expect(nobody.code == .invalidArgument)
    }
}
