import AzureCore
import BlobStorage
import ExampleTestSupport
import Foundation
import HTTPTypes
import Hummingbird
import Synchronization

@testable import PhotoService

/// The service on a free port of this machine, and curl, which asks it.
struct ServiceFixture: Sendable {
    static let curl = "/usr/bin/curl"
    static let hasCurl = FileManager.default.isExecutableFile(atPath: curl)

    let photos: BlobContainerClient
    let port: Int
    let scratch: TemporaryDirectory
    /// The ends of answers with content.
    let served: AsyncStream<ServedPhoto>
    /// The number of requests to the storage service that read a blob.
    let reads: @Sendable () -> Int

    /// An answer, as curl has read it.
    struct Answer {
        let status: Int
        let headers: [String: String]
        let content: Data
    }

    /// Runs a function with a service.
    static func run(sizeLimit: Int64 = 4 << 20, _ body: @Sendable (ServiceFixture) async throws -> Void) async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { scratch in
                let reads = ReadCount()
                let storage = try BlobServiceClient(
                    connectionString: accounts.environment["AZURE_STORAGE_CONNECTION_STRING"] ?? "",
                    options: .init(pipeline: PipelineOptions(perTryPolicies: [reads.policy])))
                let photos = storage.container("photos")
                try await photos.create()
                let (served, serve) = AsyncStream.makeStream(of: ServedPhoto.self)
                let (ports, port) = AsyncStream.makeStream(of: Int.self)
                let routes = PhotoRoutes(
                    photos: photos, sizeLimit: sizeLimit, linkLifetime: .seconds(60), onServed: { serve.yield($0) })
                let application = PhotoServer.application(routes, host: "127.0.0.1", port: 0) { port.yield($0) }
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await application.run() }
                    var iterator = ports.makeAsyncIterator()
                    if let port = await iterator.next() {
                        try await body(
                            ServiceFixture(
                                photos: photos, port: port, scratch: scratch, served: served,
                                reads: { reads.value }))
                    }
                    group.cancelAll()
                }
            }
        }
    }

    /// Where the service is.
    var address: String { "http://127.0.0.1:\(port)" }

    /// Asks the service with curl.
    func ask(_ path: String, _ arguments: [String] = []) async throws -> Answer {
        let name = UUID().uuidString
        let (head, content) = (scratch.path("\(name).head"), scratch.path("\(name).content"))
        let run = try await ProgramRun.run(
            Self.curl,
            ["-s", "-D", head, "-o", content, "-w", "%{http_code}"] + arguments + ["\(address)\(path)"])
        var headers: [String: String] = [:]
        for line in try scratch.read("\(name).head").split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2 {
                headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
            }
        }
        let data = FileManager.default.contents(atPath: content) ?? Data()
        return Answer(status: Int(run.output) ?? 0, headers: headers, content: data)
    }
}

/// Counts the requests that read blobs.
private final class ReadCount: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    var policy: ClosurePolicy {
        ClosurePolicy { request, next in
            if request.request.method == .get { self.count.withLock { $0 += 1 } }
            return try await next(request)
        }
    }
}
