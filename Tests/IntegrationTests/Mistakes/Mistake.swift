import AzureAuth
import AzureCore
import AzureEmulator
import BatchService
import BlobStorage
import Foundation

/// A mistake that users make, and how it is made.
struct Mistake: Sendable {
    let what: String
    let make: @Sendable (MistakeStage) async throws -> Void

    init(_ what: String, make: @escaping @Sendable (MistakeStage) async throws -> Void) {
        self.what = what
        self.make = make
    }

    /// What is printed when it is made, with a sign in place of what differs from time to time; nil when nothing is.
    func printed(on stage: MistakeStage) async -> String? {
        do {
            try await make(stage)
            return nil
        } catch {
            return PrintedText.withoutChanges("\(error)", stage)
        }
    }
}

/// Where mistakes are made: both services in this process, with a container `pictures` that has a blob `cat.jpg` in it, and
/// a pool `pool` without nodes that has a job `job`.
struct MistakeStage: Sendable {
    let emulator: RunningEmulator
    let transport: InProcessTransport
    /// A directory for files, empty at first.
    let directory: String

    /// Sets the stage.
    static func with(_ body: (MistakeStage) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("mistakes-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try await withInProcessEmulator { emulator, transport in
            let stage = MistakeStage(emulator: emulator, transport: transport, directory: directory.path)
            let pictures = try stage.blobs().container("pictures")
            try await pictures.create()
            try await pictures.blob("cat.jpg").upload(Data("purr".utf8))
            try await stage.batch().pools.create(stage.pool("pool", nodes: 0))
            try await stage.batch().jobs.create(
                BatchJobCreateOptions(id: "job", poolInfo: BatchPoolInfo(poolID: "pool")))
            try await body(stage)
        }
    }

    /// Options of clients that call the services here.
    func pipeline(_ change: (inout PipelineOptions) -> Void = { _ in }) -> PipelineOptions {
        var options = PipelineOptions(transport: transport)
        change(&options)
        return options
    }

    func blobs(_ change: (inout PipelineOptions) -> Void = { _ in }) throws -> BlobServiceClient {
        try BlobServiceClient(
            connectionString: emulator.blobConnectionString, options: BlobClientOptions(pipeline: pipeline(change)))
    }

    /// The container `pictures`.
    func pictures(_ change: (inout PipelineOptions) -> Void = { _ in }) throws -> BlobContainerClient {
        try blobs(change).container("pictures")
    }

    /// A blob of the container at another address.
    func cat(at endpoint: String, _ change: (inout PipelineOptions) -> Void = { _ in }) throws -> BlobClient {
        let key = try StorageSharedKey(accountName: emulator.blobAccount, key: emulator.blobKey)
        let options = BlobClientOptions(pipeline: pipeline(change))
        return try BlobServiceClient(endpoint: endpoint, credential: .sharedKey(key), options: options)
            .container("pictures").blob("cat.jpg")
    }

    func batch(key: String? = nil, _ change: (inout PipelineOptions) -> Void = { _ in }) throws -> BatchClient {
        let key = try BatchSharedKey(accountName: emulator.batchAccount, key: key ?? emulator.batchKey)
        return try BatchClient(
            endpoint: emulator.batchEndpoint, credential: .sharedKey(key),
            options: BatchClientOptions(pipeline: pipeline(change)))
    }

    func pool(_ id: String, vmSize: String = "standard_d2s_v3", nodes: Int) -> BatchPoolCreateOptions {
        let machine = VirtualMachineConfiguration(
            imageReference: .init(publisher: "canonical", offer: "ubuntu-24_04-lts", sku: "server"),
            nodeAgentSKUID: "batch.node.ubuntu 24.04")
        return BatchPoolCreateOptions(
            id: id, vmSize: vmSize, virtualMachineConfiguration: machine, targetDedicatedNodes: nodes)
    }

    /// A key of the right form that is nobody's.
    static let wrongKey = Data(repeating: 7, count: 64).base64EncodedString()
}

/// What mistakes print, fit for a document.
enum PrintedText {
    private static let changes: [(pattern: String, sign: String)] = [
        (#"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"#, "ID"),
        (#"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT"#, "DATE"),
        (#"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"#, "DATE"),
        (#"'[A-Za-z0-9+/]{43}='"#, "'SIGNATURE'"),
        (#"0x[0-9A-F]{8,}"#, "VERSION"),
        // Ports that the system has chosen; those of the emulator stay.
        (#"(127\.0\.0\.1:)(?!10000\b|10100\b)\d+"#, "$1PORT"),
        // An engine's own words, which differ from version to version.
        (#"('127\.0\.0\.1' broke: )[^\[\]]+\."#, "$1…."),
        (#"(came about) \([^()]*(\([^()]*\))?[^()]*\)"#, "$1 (…)"),
    ]

    static func withoutChanges(_ text: String, _ stage: MistakeStage) -> String {
        var text = text.replacing(stage.directory, with: "DIRECTORY")
            .replacing(URL(fileURLWithPath: stage.directory).resolvingSymlinksInPath().path, with: "DIRECTORY")
        for change in changes {
            text = text.replacingOccurrences(of: change.pattern, with: change.sign, options: .regularExpression)
        }
        return text
    }

    /// A cell of a table.
    static func cell(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return line.replacing("|", with: "\\|").replacing("<", with: "&lt;").replacing("*", with: "\\*")
    }
}
