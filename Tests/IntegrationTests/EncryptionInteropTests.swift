#if Emulator
import AzureCore
import AzureEmulator
import BlobStorage
import Foundation
import PythonSupport
import Testing

@Suite("Client-side encryption over sockets", .timeLimit(.minutes(3)))
struct EncryptionInteropTests {
    static let sizes = [0, 1, 4_194_303, 4_194_304, 4_194_305, 9_000_001]
    static let content = Data((0..<9_000_001).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ $0 >> 11) })
    static let key = Data((0..<32).map { UInt8($0) })

    /// Reads what this client wrote, whole and in ranges, and writes for it, in the versions 2.0 and 1.0.
    static let program = #"""
        import sys, warnings
        from azure.storage.blob import BlobServiceClient
        from cryptography.hazmat.primitives.keywrap import aes_key_wrap, aes_key_unwrap
        warnings.simplefilter("ignore")
        connection, *sizes = sys.argv[1:]

        class Key:
            secret = bytes(range(32))
            def wrap_key(self, key): return aes_key_wrap(self.secret, key)
            def unwrap_key(self, key, algorithm):
                assert algorithm == "A256KW", algorithm
                return aes_key_unwrap(self.secret, key)
            def get_kid(self): return "shared-key"
            def get_key_wrap_algorithm(self): return "A256KW"

        content = bytes((i * 37 + (i >> 11)) & 255 for i in range(9000001))
        for version in ("2.0", "1.0"):
            service = BlobServiceClient.from_connection_string(
                connection, require_encryption=True, key_encryption_key=Key(), encryption_version=version,
                max_single_put_size=5000000, max_block_size=3000000, max_single_get_size=5000000,
                max_chunk_get_size=2000000)
            box = service.get_container_client("secrets")
            for size in map(int, sizes):
                wanted = content[:size]
                box.upload_blob(f"python-{version}-{size}", wanted)
                if version != "2.0": continue
                for way in ("bytes", "stream"):
                    blob = box.get_blob_client(f"swift-{way}-{size}")
                    assert blob.download_blob().readall() == wanted, (way, size)
                    for offset, length in ((0, 10), (4194300, 8), (size - 3, 3)):
                        if 0 <= offset < size:
                            part = blob.download_blob(offset=offset, length=length).readall()
                            assert part == wanted[offset:offset + length], (way, size, offset)
        print("done")
        """#

    @Test(
        "what this client encrypts the Python client decrypts, and the other way round",
        .enabled(if: PythonClient.isAvailable, "Python with azure-storage-blob is not installed"))
    func python() async throws {
        try await withEmulator { emulator in
            let service = try BlobServiceClient(connectionString: emulator.blobConnectionString)
            let container = service.container("secrets")
            try await container.create()
            let key = try LocalKeyEncryptionKey(id: "shared-key", key: Self.key)
            for size in Self.sizes {
                let content = Self.content.prefix(size)
                try await container.blob("swift-bytes-\(size)").encrypted(with: key).upload(content)
                let chunks = AsyncStream { stream in
                    for start in stride(from: 0, to: size, by: 1_000_000) {
                        stream.yield(content[start..<min(start + 1_000_000, size)])
                    }
                    stream.finish()
                }
                let small = BlobTransferOptions(singleShotLimit: 1000, partSize: 3_000_000)
                try await container.blob("swift-stream-\(size)").encrypted(with: key)
                    .upload(stream: chunks, options: .init(transfer: small))
            }
            let result = try await PythonClient.run(
                Self.program, [emulator.blobConnectionString] + Self.sizes.map(String.init))
            #expect(result.status == 0 && result.output.hasSuffix("done\n"), "\(result.output)")
            for version in ["2.0", "1.0"] {
                for size in Self.sizes {
                    let blob = container.blob("python-\(version)-\(size)").encrypted(with: key)
                    try await Self.expect(blob, version: version, toHold: Self.content.prefix(size))
                }
            }
        }
    }

    private static func expect(_ blob: EncryptedBlobClient, version: String, toHold content: Data) async throws {
        #expect(try await blob.encryptionInfo().version == version)
        let options = BlobDownloadOptions(transfer: .init(partSize: 1_000_003))
        #expect(try await blob.download(upTo: content.count, options: options) == content)
        for (offset, length) in [(0, 10), (4_194_300, 8), (content.count - 3, 3), (17, 5_000_000)]
        where offset >= 0 && offset < content.count {
            var options = options
            options.range = BlobRange(offset: Int64(offset), length: Int64(length))
            let part = try await blob.download(upTo: content.count, options: options)
            #expect(part == content.dropFirst(offset).prefix(length))
        }
    }

    @Test("a blob that was changed in the store is refused, and no file is left")
    func tampering() async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("encryption-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try await withEmulator { emulator in
            let service = try BlobServiceClient(connectionString: emulator.blobConnectionString)
            let blob = service.container("secrets").blob("a")
            try await blob.container.create()
            let encrypted = blob.encrypted(with: try LocalKeyEncryptionKey(id: "k", key: Self.key))
            try await encrypted.upload(Self.content)
            var stored = try await blob.download(upTo: 10_000_000)
            stored[5_000_000] ^= 1
            let metadata = try await blob.properties().metadata
            try await blob.upload(stored, options: .init(overwrite: true, metadata: metadata))
            let error = await #expect(throws: AzureError.self) {
                try await encrypted.download(to: directory.appendingPathComponent("a").path)
            }
            #expect(error?.code == .decryptionFailed)
            let start = try await encrypted.download(
                upTo: 100, options: .init(range: BlobRange(offset: 10, length: 100)))
            #expect(start == Self.content[10..<110])
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).isEmpty)
    }
}
#endif
