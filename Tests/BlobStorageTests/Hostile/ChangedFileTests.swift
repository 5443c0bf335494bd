import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Synchronization
import Testing

@testable import BlobStorage

@Suite("A file that changes while it is uploaded")
struct ChangedFileTests {
    /// What happens to the file.
    enum Change: CaseIterable {
        case rewritten, appended, shortened

        func apply(to path: String) throws {
            let handle = try #require(FileHandle(forWritingAtPath: path))
            defer { try? handle.close() }
            switch self {
            case .rewritten: try handle.write(contentsOf: Data(repeating: 9, count: 64))
            case .appended:
                try handle.seekToEnd()
                try handle.write(contentsOf: Data([1]))
            case .shortened: try handle.truncate(atOffset: 32)
            }
            // Clocks of file systems are coarse: the change is one that happens later.
            let later = Date(timeIntervalSinceNow: 5)
            try FileManager.default.setAttributes([.modificationDate: later], ofItemAtPath: path)
        }
    }

    /// How a file becomes a blob.
    enum Way: CaseIterable {
        case blocks, oneRequest, resumable, tree
    }

    static let content = Data((0..<64).map { UInt8($0) })

    private func upload(_ blob: BlobClient, _ path: String, _ way: Way) async throws {
        var options = BlobUploadOptions(transfer: .init(singleShotLimit: 16, partSize: 16, concurrency: 1))
        switch way {
        case .blocks: try await blob.upload(file: path, options: options)
        case .oneRequest:
            options.transfer.singleShotLimit = 1 << 20
            options.transfer.validation = .none
            try await blob.upload(file: path, options: options)
        case .resumable: try await blob.uploadResumably(file: path, options: options)
        case .tree:
            let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
            let report = try await blob.container.uploadDirectory(
                directory, upload: options, options: .init(overwrite: .always))
            if let error = report.failed.first?.error { throw error }
        }
    }

    /// A service that changes the file when the first byte of it is read, and remembers whether a blob was made.
    private final class ChangingService: HTTPTransport {
        private let change: @Sendable () throws -> Void
        private let hasChanged = Mutex(false)
        private let made = Atomic(false)

        init(_ change: @escaping @Sendable () throws -> Void) {
            self.change = change
        }

        var hasMadeBlob: Bool { made.load(ordering: .acquiring) }

        func send(
            _ request: HTTPRequest, body: HTTPBody?, options: HTTPTransportOptions
        ) async throws -> HTTPTransportResponse {
            for try await _ in body?.chunks(ofSize: 1) ?? HTTPByteStream(Data()) {
                try hasChanged.withLock { done in
                    if !done { try change() }
                    done = true
                }
            }
            let isBlock = request.path?.contains("comp=block&") == true
            if request.method == .put, !isBlock { made.store(true, ordering: .releasing) }
            return answer(201, ["ETag": "\"1\""], HTTPByteStream(Data()))
        }
    }

    @Test("is an error, and no blob is made of it", arguments: Change.allCases, Way.allCases)
    func changed(change: Change, way: Way) async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/file"
            try Self.content.write(to: URL(fileURLWithPath: path))
            let transport = ChangingService { try change.apply(to: path) }
            let blob = try BlobClient(
                url: "https://example.blob.core.windows.net/pictures/file",
                options: .init(pipeline: PipelineOptions(transport: transport)))
            let error = try await failure { try await upload(blob, path, way) }
            #expect(error.code == .fileError)
            #expect(error.message.contains(path))
            #expect(!transport.hasMadeBlob)
        }
    }

    /// A key that is asked for when the file is open and not read yet.
    private struct ChangingKey: KeyEncryptionKey {
        let id = "k"
        let wrapAlgorithm = "none"
        let change: @Sendable () throws -> Void

        func wrap(_ key: Data) throws -> Data {
            try change()
            return key
        }

        func unwrap(_ key: Data, algorithm: String) throws -> Data { key }
    }

    @Test("is an error also where it is compressed or encrypted on its way", arguments: Change.allCases)
    func changedOnTheWay(change: Change) async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/file"
            let fixture = try Fixture()
            try Self.content.write(to: URL(fileURLWithPath: path))
            let source = try await LocalFileSystem.source(path)
            try change.apply(to: path)
            let compressed = try await failure { _ = try await fixture.blob.upload(source, .init(compression: .gzip)) }
            #expect(compressed.code == .fileError)

            try Self.content.write(to: URL(fileURLWithPath: path))
            let key = ChangingKey { try change.apply(to: path) }
            let encrypted = try await failure { try await fixture.blob.encrypted(with: key).upload(file: path) }
            #expect(encrypted.code == .fileError)
            #expect(fixture.transport.requests.isEmpty)
        }
    }

    @Test("and is replaced by another file is sent as it was", arguments: [Way.blocks, .oneRequest, .resumable])
    func replaced(way: Way) async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/file"
            try Self.content.write(to: URL(fileURLWithPath: path))
            let stored = StoredBlob()
            let base = stored.transport
            let isReplaced = Mutex(false)
            let transport = ClosureTransport { request, body, options in
                try isReplaced.withLock { done in
                    if !done {
                        try Data(repeating: 9, count: 64).write(to: URL(fileURLWithPath: path), options: .atomic)
                    }
                    done = true
                }
                return try await base.send(request, body: body, options: options)
            }
            let blob = try BlobClient(
                url: "https://example.blob.core.windows.net/pictures/file",
                options: .init(pipeline: PipelineOptions(transport: transport)))
            try await upload(blob, path, way)
            #expect(stored.content == Self.content)
        }
    }

    @Test("and that nobody can open for ever, such as a pipe, is an error at once", .timeLimit(.minutes(5)))
    func pipe() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/pipe"
            #expect(mkfifo(path, 0o600) == 0)
            let blob = try Fixture().blob
            for way in [Way.blocks, .resumable] {
                #expect(try await failure { try await upload(blob, path, way) }.code == .fileError)
            }
            let body = HTTPBody(file: .init(path: path, offset: 0, length: 1))
            #expect(try await failure { _ = try await body.collect(upTo: 1) }.code == .fileError)
        }
    }
}
