package import AzureCore
import Foundation
package import HTTPTypes
import Synchronization

/// The Batch service on this machine: nodes are directories, tasks are real processes. In a build without the package
/// trait `Emulator` no process can be started, so every task fails; all else is the same.
///
/// What it does not do it says with the status 501 and the code `NotImplemented`: managed identities.
package final class BatchEmulator: EmulatedService {
    /// The most nodes of all pools together, unless told otherwise.
    package static let defaultNodeQuota = 100
    /// How many processes of tasks run at a time, unless told otherwise: four for each processor.
    package static let defaultMaxProcesses = 4 * max(1, ProcessInfo.processInfo.activeProcessorCount)

    private struct Running {
        let engine: BatchEngine
        let operations: BatchOperations
        let directory: EmulatorDirectory
        let runner: any ProcessRunner
    }

    let authorization: BatchAuthorization
    private let nodeRoot: String?
    private let data: DataDirectory?
    private let nodeQuota: Int
    private let maxProcesses: Int
    private let catalog: ApplicationCatalog
    private let transport: any HTTPTransport
    let timeSource: TimeSource
    private let makeRunner: MakeProcessRunner
    private let nodeTimes: EmulatedNodeTimes
    private let running = Mutex<Running?>(nil)

    /// Sets up the service; it answers once it is started.
    ///
    /// - Parameters:
    ///   - account: The name of the account.
    ///   - key: Its key in base64.
    ///   - nodeRoot: The directory of the nodes; nil for one in the data directory, or else a temporary one.
    ///   - data: Where the service keeps its state. The default is nil: nowhere.
    ///   - nodeQuota: The most nodes of all pools together. The default is 100.
    ///   - maxProcesses: How many processes of tasks run at a time. The default is nil: four for each processor.
    ///   - applicationPackages: The application packages of the account. The default is none.
    ///   - transport: What fetches resource files, and uploads output files.
    ///   - timeSource: Where the time comes from.
    ///   - nodeTimes: How long nodes take from one state to the next.
    /// - Throws: An `AzureError` when the key is not base64, a package has no proper name, or no process may run.
    convenience init(
        account: String, key: String, nodeRoot: String? = nil, data: DataDirectory? = nil,
        nodeQuota: Int = BatchEmulator.defaultNodeQuota, maxProcesses: Int? = nil,
        applicationPackages: [EmulatedApplicationPackage] = [],
        transport: any HTTPTransport = DefaultTransport.shared, timeSource: TimeSource = .system,
        nodeTimes: EmulatedNodeTimes = EmulatedNodeTimes()
    ) throws {
        try self.init(
            account: account, key: key, nodeRoot: nodeRoot, data: data, nodeQuota: nodeQuota,
            maxProcesses: maxProcesses, applicationPackages: applicationPackages, transport: transport,
            timeSource: timeSource, nodeTimes: nodeTimes, makeRunner: makeDefaultProcessRunner)
    }

    /// Sets up the service like the other initializer, with something else that runs the programs of tasks.
    init(
        account: String, key: String, nodeRoot: String? = nil, data: DataDirectory? = nil,
        nodeQuota: Int = BatchEmulator.defaultNodeQuota, maxProcesses: Int? = nil,
        applicationPackages: [EmulatedApplicationPackage] = [], transport: any HTTPTransport, timeSource: TimeSource,
        nodeTimes: EmulatedNodeTimes = EmulatedNodeTimes(),
        makeRunner: @escaping MakeProcessRunner
    ) throws {
        authorization = try BatchAuthorization(account: account, key: key)
        self.nodeRoot = nodeRoot
        self.data = data
        self.nodeQuota = nodeQuota
        if let maxProcesses, maxProcesses < 1 {
            throw AzureError.invalidArgument("At least one process has to run at a time, not \(maxProcesses).")
        }
        self.maxProcesses = maxProcesses ?? Self.defaultMaxProcesses
        catalog = try ApplicationCatalog(applicationPackages)
        self.transport = transport
        self.timeSource = timeSource
        self.makeRunner = makeRunner
        self.nodeTimes = nodeTimes
    }

    /// Makes the directory of the nodes, clears away what a killed emulator left, goes on with what was kept, and begins to
    /// answer.
    ///
    /// - Parameters:
    ///   - endpoint: The address that clients reach the service at, without a slash at its end.
    ///   - storage: The address, name and key of the storage account that is linked to this account, and whose containers
    ///     nodes can mount. The default is nil: none is.
    /// - Throws: An `AzureError` when the directory cannot be had, what was kept cannot be read, or a key is not base64.
    package func start(
        endpoint: String, storage: (endpoint: String, account: String, key: String)? = nil
    ) async throws {
        let linkedStorage = try storage.map {
            try LinkedStorage(endpoint: $0.endpoint, account: $0.account, key: $0.key)
        }
        let instance = EmulatorInstance()
        let tables: (any BatchTables)? = if let data { try await openBatchTables(data.batchDatabase) } else { nil }
        let directory = try await EmulatorDirectory.take(nodeRoot ?? data?.nodes, for: instance)
        let runner = makeRunner(instance, directory)
        let agent = NodeAgent(
            directory: directory, instance: instance, runner: runner, account: authorization.account,
            accountURL: endpoint, transport: transport, linkedStorage: linkedStorage, timeSource: timeSource,
            tokens: authorization.tokens)
        let engine = BatchEngine(
            agent: agent, nodeQuota: nodeQuota, catalog: catalog, tables: tables, timeSource: timeSource,
            nodeTimes: nodeTimes, maxProcesses: maxProcesses)
        do {
            try await engine.restore(storage: linkedStorage?.endpoint, ownsNodes: nodeRoot == nil)
        } catch {
            await directory.release()
            await runner.stop()
            throw error
        }
        let operations = BatchOperations(
            engine: engine, agent: agent, renderer: BatchRenderer(endpoint: endpoint), catalog: catalog,
            timeSource: timeSource, storage: linkedStorage)
        running.withLock {
            $0 = Running(engine: engine, operations: operations, directory: directory, runner: runner)
        }
    }

    /// Ends all tasks and removes what is temporary.
    package func stop() async {
        guard
            let running = running.withLock({ running in
                defer { running = nil }
                return running
            })
        else { return }
        await running.engine.stop()
        await running.directory.release()
        await running.runner.stop()
    }

    /// What drives the service; nil when it is not started.
    var engine: BatchEngine? { running.withLock { $0?.engine } }
    /// Whether it is started.
    var isRunning: Bool { running.withLock { $0 != nil } }

    package func respond(to request: HTTPRequest, body: HTTPByteStream) async -> HTTPTransportResponse {
        await respond(to: request, body: body) { [authorization, timeSource] request, operations in
            let caller = try authorization.check(request, now: timeSource.now())
            let call = try BatchCall(request)
            try await operations.authorize(caller, for: call)
            return try await operations.answer(call)
        }
    }

    /// Answers with what a function gives or throws, in the service's own form.
    func respond(
        to request: HTTPRequest, body: HTTPByteStream,
        _ work: (EmulatorRequest, BatchOperations) async throws -> BatchAnswer
    ) async -> HTTPTransportResponse {
        let requestID = UUID().uuidString.lowercased()
        let now = timeSource.now()
        guard let request = EmulatorRequest(request, body: body) else {
            return .emulated(400, headers: [("request-id", requestID)])
        }
        guard let operations = running.withLock({ $0?.operations }) else {
            return .emulated(503, headers: [("request-id", requestID), ("Retry-After", "1")])
        }
        let endpoint = operations.renderer.endpoint
        let answer: BatchAnswer
        do {
            answer = try await work(request, operations)
        } catch let error as BatchServiceError {
            answer = error.answer(to: request, requestID: requestID, now: now, endpoint: endpoint)
        } catch {
            answer = BatchServiceError(500, "InternalError", "The emulator failed: \(Redactor.text("\(error)"))")
                .answer(to: request, requestID: requestID, now: now, endpoint: endpoint)
        }
        return answer.response(to: request, requestID: requestID, now: now)
    }

    /// Returns as soon as a condition holds; for tests, which have nobody to ask again and again.
    func wait(until condition: @escaping @Sendable (BatchState) -> Bool) async {
        await engine?.wait(until: condition)
    }
}
