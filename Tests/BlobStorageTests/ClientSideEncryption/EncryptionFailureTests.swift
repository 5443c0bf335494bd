import AzureCore
import AzureCrypto
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import BlobStorage

@Suite("Client-side encryption notices")
struct EncryptionFailureTests {
    /// A blob of several regions of 100 bytes, written as some client does it.
    static func regions(
        _ content: Data, version: EncryptionMetadata.Version = .v2Sized, order: [Int]? = nil,
        nonce: (Int) -> [UInt8] = { RegionNonces.nonce(Int64($0)) }
    ) throws -> StoredBlob {
        let contentKey = secureRandomBytes(32)
        let kek = try LocalKeyEncryptionKey(id: "test-key", key: Encryption.key)
        let metadata = EncryptionMetadata(
            version: version, keyID: kek.id, wrappedKey: try kek.wrap(version.keyPrefix + contentKey),
            wrapAlgorithm: kek.wrapAlgorithm, layout: RegionLayout(dataSize: 100))
        let cipher = AESGCM(key: contentKey)
        let sealed = stride(from: 0, to: content.count, by: 100).map {
            cipher.seal(content.dropFirst($0).prefix(100), nonce: nonce($0 / 100))
        }
        let all = (order ?? Array(sealed.indices)).map { sealed[$0] }
        return StoredBlob(Data(all.joined()), metadata: ["encryptiondata": metadata.json])
    }

    static let content = Encryption.large.prefix(1000)

    static func leading(_ region: Int) -> [UInt8] { [0, 0, 0, 0, 0, 0, 0, UInt8(region), 0, 0, 0, 0] }
    static func littleEndian(_ region: Int) -> [UInt8] { [0, 0, 0, 0, UInt8(region + 1), 0, 0, 0, 0, 0, 0, 0] }
    static func trailing(_ region: Int) -> [UInt8] { [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, UInt8(region)] }

    @Test("regions of other sizes and all clients' nonces are read, whole and in ranges", arguments: [0, 1, 2])
    func otherClients(client: Int) async throws {
        let nonce = [Self.trailing, Self.leading, Self.littleEndian][client]
        let blob = try Encryption.client(try Self.regions(Self.content, nonce: nonce))
        #expect(try await blob.download(upTo: 1000) == Self.content)
        for (offset, length) in [(0, 100), (99, 2), (100, 1), (950, 100), (250, 500)] {
            let range = BlobRange(offset: Int64(offset), length: Int64(length))
            let part = try await blob.download(upTo: 1000, options: .init(range: range))
            #expect(part == Self.content.dropFirst(offset).prefix(length))
        }
        #expect(try await blob.encryptionInfo().version == "2.1")
    }

    @Test(
        "regions that were swapped, repeated or left out",
        arguments: [[0, 2, 1, 3], [0, 0, 2, 3], [1, 2, 3], [0, 2, 3]])
    func order(order: [Int]) async throws {
        let blob = try Encryption.client(try Self.regions(Self.content.prefix(400), order: order))
        let error = try await failure { _ = try await blob.download(upTo: 1000) }
        #expect(error.code == .decryptionFailed)
    }

    @Test("nonces of several clients in one blob")
    func mixedNonces() async throws {
        let blob = try Encryption.client(
            try Self.regions(Self.content) { $0 == 5 ? Self.leading($0) : Self.trailing($0) })
        let error = try await failure { _ = try await blob.download(upTo: 1000) }
        #expect(error.code == .decryptionFailed)
    }

    @Test("a changed byte, and hands out what is before the region of it and nothing of that", arguments: 0..<10)
    func tampering(region: Int) async throws {
        for place in [0, 11, 12, 60, 127] {
            let stored = try Self.regions(Self.content)
            var bytes = stored.content
            bytes[region * 128 + place] ^= 1
            stored.write(bytes, metadata: stored.metadata)
            let stream = try await Encryption.client(stored).downloadStream()
            var received = Data()
            let error = await #expect(throws: AzureError.self) {
                for try await chunk in stream { received.append(chunk) }
            }
            #expect(error?.code == .decryptionFailed)
            #expect(received == Self.content.prefix(region * 100))
        }
    }

    @Test("a changed byte in a file download, and leaves no file")
    func noFile() async throws {
        let stored = try Self.regions(Self.content)
        stored.write(stored.content.dropLast() + [0], metadata: stored.metadata)
        try await withTemporaryDirectory { directory in
            let error = try await failure { try await Encryption.client(stored).download(to: directory + "/file") }
            #expect(error.code == .decryptionFailed)
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory).isEmpty)
        }
    }

    @Test("a blob that was cut off anywhere, the end of a region included")
    func truncation() async throws {
        for size in [1, 28, 127, 129, 1000, 1279] {
            let stored = try Self.regions(Self.content)
            stored.write(stored.content.prefix(size), metadata: stored.metadata)
            let error = try await failure { _ = try await Encryption.client(stored).download(upTo: 1000) }
            #expect(error.code == .decryptionFailed)
        }
        let stored = StoredBlob()
        let blob = try Encryption.client(stored)
        try await blob.upload(Encryption.large)
        for size in [0, 4_194_332, 8_388_664] {
            stored.write(stored.content.prefix(size), metadata: stored.metadata)
            let error = try await failure { _ = try await blob.download(upTo: 1 << 24) }
            #expect(error.code == .decryptionFailed)
            #expect(error.message.contains("12583912 bytes were encrypted"))
        }
    }

    @Test("version 1.0 without whole blocks or padding, and needs none for page blobs")
    func blocks() async throws {
        let (json, base64) = EncryptionTests.python[0]
        let content = try #require(Data(base64Encoded: base64))
        for size in [0, 15, 32, 47] {
            let blob = try Encryption.client(StoredBlob(content.prefix(size), metadata: ["encryptiondata": json]))
            let error = try await failure { _ = try await blob.download(upTo: 100) }
            #expect(error.code == .decryptionFailed)
        }
        let page = StoredBlob(content.prefix(32), metadata: ["encryptiondata": json], type: "PageBlob")
        #expect(try await Encryption.client(page).download(upTo: 100) == Encryption.text.prefix(32))
    }

    @Test("a key with the wrong bytes, name or algorithm")
    func wrongKey() async throws {
        let stored = StoredBlob()
        try await Encryption.client(stored).upload(Encryption.text)
        for client in [
            try Encryption.client(stored, key: Data(count: 32)), try Encryption.client(stored, id: "other"),
            try Encryption.client(stored, key: Data(count: 16)),
        ] {
            let error = try await failure { _ = try await client.download(upTo: 100) }
            #expect(error.code == .wrongEncryptionKey)
        }
    }

    @Test("metadata that is missing or cannot be right")
    func metadata() async throws {
        let stored = try Self.regions(Self.content)
        let json = try #require(stored.metadata["encryptiondata"])
        let plain = try Encryption.client(StoredBlob(Data("plain".utf8), metadata: ["a": "b"]))
        #expect(try await failure { _ = try await plain.download(upTo: 10) }.code == .notClientEncrypted)
        #expect(try await failure { _ = try await plain.encryptionInfo() }.code == .notClientEncrypted)
        for (old, new) in [
            ("\"2.1\"", "\"2.2\""), ("\"2.1\"", "\"2.0\""), ("AES_GCM_256", "AES_CBC_256"), ("{", "["),
            ("\"DataLength\":100", "\"DataLength\":0"), ("\"DataLength\":100", "\"DataLength\":-1"),
            ("\"DataLength\":100", "\"DataLength\":999999999999"), ("\"NonceLength\":12", "\"NonceLength\":0"),
            ("EncryptedRegionInfo", "Other"), ("EncryptedKey", "Other"),
            ("\"EncryptedKey\":\"", "\"EncryptedKey\":\"?"),
        ] {
            #expect(json.contains(old))
            stored.changeMetadata { _ in json.replacingOccurrences(of: old, with: new) }
            let error = try await failure { _ = try await Encryption.client(stored).download(upTo: 1000) }
            #expect(error.code == .invalidEncryptionMetadata)
        }
        // A key of version 2.1 is no key of version 1.0.
        stored.changeMetadata { _ in
            json.replacingOccurrences(of: "2.1", with: "1.0").replacingOccurrences(of: "GCM", with: "CBC")
                .replacingOccurrences(
                    of: "\"EncryptionMode\"",
                    with: "\"ContentEncryptionIV\":\"AAAAAAAAAAAAAAAAAAAAAA==\",\"EncryptionMode\"")
        }
        let error = try await failure { _ = try await Encryption.client(stored).download(upTo: 1000) }
        #expect(error.code == .invalidEncryptionMetadata)
    }

    @Test("a blob that changes between the metadata and the range of it")
    func changed() async throws {
        let stored = try Self.regions(Self.content)
        let inner = stored.transport
        let transport = MockTransport { request in
            let answer = try await inner.send(request.head, body: nil, options: .init())
            if request.method == .head { stored.write(stored.content, metadata: stored.metadata) }
            let headers = Dictionary(
                uniqueKeysWithValues: answer.head.headerFields.map { ($0.name.rawName, $0.value) })
            return MockResponse(
                answer.head.status.code, headers: headers, body: try await answer.body.collect(upTo: 10_000))
        }
        let kek = try LocalKeyEncryptionKey(id: "test-key", key: Encryption.key)
        let blob = try Fixture(transport).blob.encrypted(with: kek)
        let error = try await failure {
            _ = try await blob.download(upTo: 10, options: .init(range: .init(offset: 3, length: 4)))
        }
        #expect(error.code == .conditionNotMet)
    }

    @Test("what cannot be asked for, before anything is sent")
    func arguments() async throws {
        let fixture = try Fixture()
        let kek = try LocalKeyEncryptionKey(id: "test-key", key: Encryption.key)
        let blob = fixture.blob.encrypted(with: kek)
        for options in [
            BlobUploadOptions(httpHeaders: .init(contentMD5: Data(count: 16))),
            BlobUploadOptions(metadata: ["EncryptionData": "{}"]),
            BlobUploadOptions(compression: .gzip),
        ] {
            #expect(try await failure { try await blob.upload(Data(), options: options) }.code == .invalidArgument)
        }
        let decompressing = try await failure {
            _ = try await blob.download(upTo: 10, options: .init(decompresses: true))
        }
        #expect(decompressing.code == .invalidArgument)
        #expect(throws: AzureError.self) { try LocalKeyEncryptionKey(id: "a", key: Data(count: 31)) }
        #expect(throws: AzureError.self) { try LocalKeyEncryptionKey(id: "", key: Data(count: 32)) }
        #expect(!String(reflecting: kek).contains("["))
        #expect("\(kek)" == "LocalKeyEncryptionKey(test-key)")
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test("more than the caller accepts in memory")
    func limit() async throws {
        let blob = try Encryption.client(try Self.regions(Self.content))
        #expect(try await failure { _ = try await blob.download(upTo: 999) }.code == .bodyTooLarge)
        let (json, base64) = EncryptionTests.python[0]
        let old = try Encryption.client(
            StoredBlob(Data(base64Encoded: base64) ?? Data(), metadata: ["encryptiondata": json]))
        #expect(try await failure { _ = try await old.download(upTo: 42) }.code == .bodyTooLarge)
    }
}
