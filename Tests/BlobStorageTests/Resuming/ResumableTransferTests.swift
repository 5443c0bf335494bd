import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Synchronization
import Testing

@testable import BlobStorage

@Suite("Transfers that can be resumed")
struct ResumableTransferTests {
    static let content = Data((0..<1003).map { UInt8(truncatingIfNeeded: $0 &* 7) })
    static let small = BlobTransferOptions(singleShotLimit: 10, partSize: 100, concurrency: 2)

    /// A client whose requests fail from one on.
    static func blob(_ stored: StoredBlob, failingFrom first: Int = .max) throws -> (BlobClient, MockTransport) {
        let base = stored.transport
        let transport = FaultTransport(base) { number, _ in number >= first ? .status(400) : .none }
        let blob = try BlobClient(
            url: "https://example.blob.core.windows.net/pictures/b",
            options: .init(pipeline: PipelineOptions(transport: transport)))
        return (blob, base)
    }

    static func withFile(_ body: (String, String) async throws -> Void) async throws {
        try await withTemporaryDirectory { directory in
            try content.write(to: URL(fileURLWithPath: directory + "/file"))
            try await body(directory, directory + "/file")
        }
    }

    static func names(_ directory: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
    }

    // MARK: Uploads

    @Test("an upload goes on where it was interrupted, wherever that was", arguments: 1...13)
    func upload(failingFrom first: Int) async throws {
        try await Self.withFile { directory, path in
            let stored = StoredBlob()
            let options = BlobUploadOptions(metadata: ["a": "b"], transfer: Self.small)
            let (failing, _) = try Self.blob(stored, failingFrom: first)
            if first <= 12 {
                _ = try await failure { try await failing.uploadResumably(file: path, options: options) }
                #expect(try Self.names(directory).count == 2)
            }
            let seen = Mutex<[TransferProgress.Step]>([])
            let (blob, transport) = try Self.blob(stored)
            let result = try await blob.uploadResumably(file: path, options: options) { progress in
                for await step in progress { seen.withLock { $0.append(step) } }
            }
            let steps = seen.withLock { $0 }
            #expect(stored.content == Self.content)
            #expect(stored.metadata == ["a": "b"])
            #expect(steps.last?.bytes == 1003 && steps.last?.total == 1003)
            #expect(try Self.names(directory) == ["file"])
            let sent = transport.requests.count { $0.path.contains("comp=block&") }
            let bytes = result.resumption.resumedBytes
            guard result.resumption.isResumed else {
                #expect(result.resumption == .fresh && sent == 11 && (first <= 2 || first == 13))
                return
            }
            #expect(sent < 11 && sent >= 12 - first)
            #expect(bytes >= Int64(max(1, first - 2)) * 90)
            #expect(steps.allSatisfy { $0.bytes >= bytes })
        }
    }

    @Test("a small file is sent with one request, without a journal")
    func smallUpload() async throws {
        try await Self.withFile { directory, path in
            let stored = StoredBlob()
            let (blob, transport) = try Self.blob(stored)
            let result = try await blob.uploadResumably(file: path)
            #expect(result.resumption == .fresh && transport.requests.count == 1)
            #expect(stored.content == Self.content)
            #expect(try Self.names(directory) == ["file"])
        }
    }

    private static func interruptedUpload(_ stored: StoredBlob, _ path: String) async throws {
        let (failing, _) = try blob(stored, failingFrom: 6)
        _ = try await failure {
            try await failing.uploadResumably(file: path, options: .init(transfer: small))
        }
    }

    @Test("a file that was changed is uploaded from the beginning", arguments: [1003, 2000])
    func changedFile(size: Int) async throws {
        try await Self.withFile { _, path in
            let stored = StoredBlob()
            try await Self.interruptedUpload(stored, path)
            let changed = Data(repeating: 1, count: size)
            try changed.write(to: URL(fileURLWithPath: path))
            let (blob, _) = try Self.blob(stored)
            let result = try await blob.uploadResumably(file: path, options: .init(transfer: Self.small))
            #expect(result.resumption == .startedOver(.sourceChanged))
            #expect(stored.content == changed)
        }
    }

    @Test("parts of a file that was changed behind the back of its dates are sent again")
    func changedSecretly() async throws {
        try await Self.withFile { _, path in
            let stored = StoredBlob()
            try await Self.interruptedUpload(stored, path)
            let date = try #require(
                FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date)
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            try handle.write(contentsOf: Data([99]))
            try handle.close()
            // Set to what a journal would have seen; the time of day has fractions that attributes may round.
            try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
            let (blob, _) = try Self.blob(stored)
            _ = try await blob.uploadResumably(file: path, options: .init(transfer: Self.small))
            #expect(stored.content == [99] + Self.content.dropFirst())
        }
    }

    @Test("blocks that are gone, or of another size, are sent again")
    func lostBlocks() async throws {
        try await Self.withFile { _, path in
            for keeps in [0, 1] {
                let stored = StoredBlob()
                try await Self.interruptedUpload(stored, path)
                stored.state.withLock { state in
                    for id in state.blocks.keys.sorted().dropFirst(keeps) { state.blocks[id] = Data([1]) }
                    if keeps == 0 { state.blocks = [:] }
                }
                let (blob, _) = try Self.blob(stored)
                let result = try await blob.uploadResumably(file: path, options: .init(transfer: Self.small))
                #expect(result.resumption == (keeps == 0 ? .startedOver(.targetLost) : .resumed(bytes: 100)))
                #expect(stored.content == Self.content)
            }
        }
    }

    @Test("with a signature that may not list blocks the upload starts over and says so")
    func mayNotList() async throws {
        try await Self.withFile { directory, path in
            let stored = StoredBlob()
            try await Self.interruptedUpload(stored, path)
            let base = stored.transport
            let transport = FaultTransport(base) { _, request in
                request.method == .get
                    ? .status(403, headers: ["x-ms-error-code": "AuthorizationPermissionMismatch"])
                    : .none
            }
            let blob = try BlobClient(
                url: "https://example.blob.core.windows.net/pictures/b",
                options: .init(pipeline: PipelineOptions(transport: transport)))
            let result = try await blob.uploadResumably(file: path, options: .init(transfer: Self.small))
            #expect(result.resumption == .startedOver(.cannotListBlocks))
            #expect(stored.content == Self.content)
            #expect(try Self.names(directory) == ["file"])
        }
    }

    @Test("a damaged journal is not believed", arguments: ["", "x", "{}\n0 1\n"])
    func damagedJournal(text: String) async throws {
        try await Self.withFile { directory, path in
            let stored = StoredBlob()
            let journal = directory + "/journal"
            try Data(text.utf8).write(to: URL(fileURLWithPath: journal))
            let (blob, _) = try Self.blob(stored)
            let result = try await blob.uploadResumably(
                file: path, journal: journal, options: .init(transfer: Self.small))
            #expect(result.resumption == (text.isEmpty ? .fresh : .startedOver(.journalDamaged)))
            #expect(stored.content == Self.content)
            #expect(try Self.names(directory) == ["file"])
        }
    }

    @Test("an upload whose process ended right after the commit is found to be done; another's blob is not")
    func committed() async throws {
        try await Self.withFile { directory, path in
            for isOurs in [true, false] {
                let stored = StoredBlob()
                let base = stored.transport
                let transport = FaultTransport(base) { number, _ in number == 12 ? .loseAnswer : .none }
                var pipeline = PipelineOptions(transport: transport)
                pipeline.retry.maxRetries = 0
                let failing = try BlobClient(
                    url: "https://example.blob.core.windows.net/pictures/b", options: .init(pipeline: pipeline))
                _ = try await failure {
                    try await failing.uploadResumably(file: path, options: .init(transfer: Self.small))
                }
                #expect(stored.content == Self.content)
                if !isOurs { stored.state.withLock { $0.committed = [("b3RoZXI=", Data("other".utf8))] } }
                let (blob, sent) = try Self.blob(stored)
                if isOurs {
                    let result = try await blob.uploadResumably(file: path, options: .init(transfer: Self.small))
                    #expect(result.resumption == .resumed(bytes: 1003))
                    #expect(!sent.requests.contains { $0.path.contains("comp=block&") })
                    #expect(stored.content == Self.content)
                    #expect(try Self.names(directory) == ["file"])
                } else {
                    let error = try await failure {
                        try await blob.uploadResumably(file: path, options: .init(transfer: Self.small))
                    }
                    #expect(error.code == .blobAlreadyExists)
                }
            }
        }
    }

    // MARK: Downloads

    @Test("a download goes on where it was interrupted, wherever that was", arguments: 1...13)
    func download(failingFrom first: Int) async throws {
        try await withTemporaryDirectory { directory in
            let stored = StoredBlob(Self.content, metadata: [:])
            let path = directory + "/file"
            let options = BlobDownloadOptions(transfer: Self.small)
            let (failing, _) = try Self.blob(stored, failingFrom: first)
            if first <= 12 {
                _ = try await failure { try await failing.downloadResumably(to: path, options: options) }
                #expect(!FileManager.default.fileExists(atPath: path))
            }
            let (blob, transport) = try Self.blob(stored)
            let result = try await blob.downloadResumably(to: path, options: options)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Self.content)
            #expect(try Self.names(directory) == ["file"])
            let fetched = transport.requests.count { $0.method == .get }
            let bytes = result.resumption.resumedBytes
            guard result.resumption.isResumed else {
                #expect(result.resumption == .fresh && fetched == 11 && (first <= 3 || first == 13))
                return
            }
            #expect(fetched < 11 && bytes >= 100)
        }
    }

    @Test("an empty blob becomes an empty file", arguments: [0, 1, 100, 101])
    func sizes(size: Int) async throws {
        try await withTemporaryDirectory { directory in
            let stored = StoredBlob(Self.content.prefix(size), metadata: [:])
            let (blob, _) = try Self.blob(stored)
            let result = try await blob.downloadResumably(
                to: directory + "/file", options: .init(transfer: Self.small))
            #expect(result.resumption == .fresh && result.properties.contentLength == Int64(size))
            #expect(try Data(contentsOf: URL(fileURLWithPath: directory + "/file")) == Self.content.prefix(size))
            #expect(try Self.names(directory) == ["file"])
        }
    }

    private static func interruptedDownload(_ stored: StoredBlob, _ path: String) async throws {
        let (failing, _) = try blob(stored, failingFrom: 7)
        _ = try await failure {
            try await failing.downloadResumably(to: path, options: .init(transfer: small))
        }
    }

    @Test("a blob that was changed is downloaded from the beginning, and never a mixture")
    func changedBlob() async throws {
        try await withTemporaryDirectory { directory in
            let stored = StoredBlob(Self.content, metadata: [:])
            let path = directory + "/file"
            try await Self.interruptedDownload(stored, path)
            let changed = Data(repeating: 1, count: 700)
            stored.write(changed, metadata: [:])
            let (blob, _) = try Self.blob(stored)
            let result = try await blob.downloadResumably(to: path, options: .init(transfer: Self.small))
            #expect(result.resumption == .startedOver(.sourceChanged))
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == changed)
        }
    }

    @Test("what has arrived and was changed or lost since is fetched again")
    func damagedPart() async throws {
        try await withTemporaryDirectory { directory in
            for keepsSome in [true, false] {
                let stored = StoredBlob(Self.content, metadata: [:])
                let path = directory + "/file"
                try await Self.interruptedDownload(stored, path)
                let name = try #require(try Self.names(directory).first { $0.hasSuffix(".partial") })
                let partial = URL(fileURLWithPath: directory + "/" + name)
                if keepsSome {
                    let handle = try FileHandle(forWritingTo: partial)
                    try handle.write(contentsOf: Data([99]))
                    try handle.close()
                } else {
                    try FileManager.default.removeItem(at: partial)
                }
                let (blob, _) = try Self.blob(stored)
                let result = try await blob.downloadResumably(to: path, options: .init(transfer: Self.small))
                if keepsSome {
                    guard result.resumption.isResumed else {
                        Issue.record("\(result.resumption)")
                        continue
                    }
                } else {
                    #expect(result.resumption == .startedOver(.targetLost))
                }
                #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Self.content)
                try FileManager.default.removeItem(atPath: path)
            }
        }
    }

    @Test("a blob that changes during the download is an error")
    func changesMeanwhile() async throws {
        try await withTemporaryDirectory { directory in
            let stored = StoredBlob(Self.content, metadata: [:])
            let base = stored.transport
            let transport = FaultTransport(base) { number, _ in
                if number == 4 { stored.write(Data(repeating: 1, count: 1003), metadata: [:]) }
                return .none
            }
            let blob = try BlobClient(
                url: "https://example.blob.core.windows.net/pictures/b",
                options: .init(pipeline: PipelineOptions(transport: transport)))
            let error = try await failure {
                try await blob.downloadResumably(to: directory + "/file", options: .init(transfer: Self.small))
            }
            #expect(error.code == .conditionNotMet)
            #expect(!FileManager.default.fileExists(atPath: directory + "/file"))
        }
    }

    @Test("what cannot be asked for, before anything is sent")
    func arguments() async throws {
        let fixture = try Fixture()
        for options in [BlobDownloadOptions(range: .init(offset: 1)), BlobDownloadOptions(decompresses: true)] {
            let error = try await failure {
                try await fixture.blob.downloadResumably(to: "/x", options: options)
            }
            #expect(error.code == .invalidArgument)
        }
        let compressed = try await failure {
            try await fixture.blob.uploadResumably(file: "/dev/null", options: .init(compression: .gzip))
        }
        #expect(compressed.code == .invalidArgument)
        let missing = try await failure { try await fixture.blob.uploadResumably(file: "/nowhere/x") }
        #expect(missing.code == .fileError)
        #expect(fixture.transport.requests.isEmpty)
    }
}
