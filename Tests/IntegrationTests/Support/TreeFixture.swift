import AzureAuth
import AzureCore
import AzureEmulator
import AzureTesting
import BlobStorage
import Foundation
import HTTPTypes
import Synchronization
import Testing

/// A directory, an emulated container in this process, and a transport that counts and goes wrong as told.
struct TreeFixture: Sendable {
    let directory: String
    let container: BlobContainerClient
    let traffic: Traffic

    /// What was sent, and what is to go wrong.
    final class Traffic: Sendable {
        struct Call: Sendable {
            let method: String
            let path: String
            let body: Int64
        }

        private let calls = Mutex<[Call]>([])
        private let plan = Mutex<(@Sendable (Call) -> FaultTransport.Fault)?>(nil)

        /// Notes a request and says what happens to it.
        func note(_ call: Call) -> FaultTransport.Fault {
            calls.withLock { $0.append(call) }
            return plan.withLock { $0 }?(call) ?? .none
        }

        /// Decides what goes wrong from now on; nothing when nil. What was sent so far is forgotten.
        func begin(_ plan: (@Sendable (Call) -> FaultTransport.Fault)? = nil) {
            self.plan.withLock { $0 = plan }
            calls.withLock { $0 = [] }
        }

        var all: [Call] { calls.withLock { $0 } }
        /// The bytes of all bodies that were sent.
        var bytesSent: Int64 { all.reduce(0) { $0 + $1.body } }
        /// How many requests wrote content.
        var writes: Int { all.count { $0.method == "PUT" } }
        /// How many requests read content.
        var reads: Int { all.count { $0.method == "GET" && !$0.path.contains("comp=") } }
    }

    /// Counts, and passes on.
    private struct CountingTransport: HTTPTransport {
        let base: InProcessTransport
        let traffic: Traffic

        var capabilities: HTTPTransportCapabilities { base.capabilities }

        func send(
            _ request: HTTPRequest, body: HTTPBody?, options: HTTPTransportOptions
        ) async throws -> HTTPTransportResponse {
            let call = Traffic.Call(method: request.method.rawValue, path: request.path ?? "", body: body?.length ?? 0)
            let fault = traffic.note(call)
            return try await FaultTransport(base) { _, _ in fault }.send(request, body: body, options: options)
        }
    }

    /// Runs a test with a container and a directory of its own.
    static func run(_ body: (TreeFixture) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("tree-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let traffic = Traffic()
        let pipeline = PipelineOptions(transport: CountingTransport(base: try .blob(), traffic: traffic))
        let configuration = EmulatorConfiguration()
        let key = try StorageSharedKey(accountName: configuration.storageAccount, key: configuration.storageKey)
        let service = try BlobServiceClient(
            endpoint: "http://127.0.0.1/\(configuration.storageAccount)", credential: .sharedKey(key),
            options: BlobClientOptions(pipeline: pipeline))
        let container = service.container("tree")
        try await container.create()
        traffic.begin()
        try await body(TreeFixture(directory: directory.path, container: container, traffic: traffic))
    }

    /// A path below the directory.
    func path(_ name: String) -> String { "\(directory)/\(name)" }

    /// Writes files below the directory.
    func write(_ files: [String: Data], modified: Date? = nil) throws {
        for (name, content) in files {
            let url = URL(fileURLWithPath: path(name))
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try content.write(to: url)
            if let modified {
                try FileManager.default.setAttributes([.modificationDate: modified], ofItemAtPath: url.path)
            }
        }
    }

    /// The files below a directory, with their contents.
    func files(_ name: String) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for case let file as String in FileManager.default.enumerator(atPath: path(name)) ?? .init() {
            let url = URL(fileURLWithPath: "\(path(name))/\(file)")
            guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
            files[file] = try Data(contentsOf: url)
        }
        return files
    }

    /// The time of modification of a file: seconds since 1970, and nanoseconds.
    func modified(_ name: String) throws -> [Int64] {
        let state = try FileSource(opening: path(name)).state
        return [state.modifiedSeconds, state.modifiedNanoseconds]
    }

    func setModified(_ name: String, seconds: Int64, nanoseconds: Int64) throws {
        try LocalFile(path(name), .write(mode: 0o600)).setModified(seconds: seconds, nanoseconds: nanoseconds)
    }

    /// The names of all blobs.
    func blobs() async throws -> [String] {
        var names: [String] = []
        for try await blob in container.listBlobs() { names.append(blob.name) }
        return names
    }
}
