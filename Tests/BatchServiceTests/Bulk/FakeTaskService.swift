import AzureCore
import AzureTesting
import Foundation
import Synchronization

/// A job that takes tasks, with the limits of the service.
final class FakeTaskService: Sendable {
    /// What happens to a task instead of being added.
    enum Refusal: Sendable {
        case clientError(String)
        case serverError(times: Int)
    }

    private struct State {
        var tasks: [String] = []
        var known: Set<String> = []
        var refusals: [String: Refusal]
        var sizes: [Int] = []
        var underWay = 0
        var mostUnderWay = 0
    }

    private let state: Mutex<State>
    private let byteLimit: Int
    private let taskLimit: Int

    init(
        existing: [String] = [], refusals: [String: Refusal] = [:], byteLimit: Int = 1_048_576, taskLimit: Int = 100
    ) {
        state = Mutex(State(tasks: existing, known: Set(existing), refusals: refusals))
        self.byteLimit = byteLimit
        self.taskLimit = taskLimit
    }

    /// The ids of the tasks of the job, in the order in which they were added.
    var tasks: [String] { state.withLock { $0.tasks } }
    /// How many tasks each request had.
    var sizes: [Int] { state.withLock { $0.sizes } }
    /// The most requests at the same time.
    var mostUnderWay: Int { state.withLock { $0.mostUnderWay } }

    /// What answers the requests.
    var transport: MockTransport {
        MockTransport { request in
            self.state.withLock { state in
                state.underWay += 1
                state.mostUnderWay = max(state.mostUnderWay, state.underWay)
            }
            await Task.yield()
            defer { self.state.withLock { $0.underWay -= 1 } }
            return try self.answer(to: request)
        }
    }

    private func answer(to request: MockTransport.Request) throws -> MockResponse {
        guard request.pathOnly == "/jobs/job-1/addtaskcollection" else {
            return MockResponse(404, body: #"{"code":"JobNotFound","message":{"value":"No such job."}}"#)
        }
        let body = try JSONSerialization.jsonObject(with: request.body) as? [String: [[String: Any]]]
        let ids = (body?["value"] ?? []).compactMap { $0["id"] as? String }
        state.withLock { $0.sizes.append(ids.count) }
        guard ids.count <= taskLimit, request.body.count <= byteLimit else {
            return MockResponse(413, body: #"{"code":"RequestBodyTooLarge","message":{"value":"Too large."}}"#)
        }
        let results = ids.map { id in state.withLock { Self.add(id, to: &$0) } }
        return MockResponse(200, body: #"{"value":[\#(results.joined(separator: ","))]}"#)
    }

    private static func add(_ id: String, to state: inout State) -> String {
        func failure(_ status: String, _ code: String) -> String {
            #"{"status":"\#(status)","taskId":"\#(id)","error":{"code":"\#(code)","message":{"value":"No: \#(code)."}}}"#
        }
        switch state.refusals[id] {
        case .clientError(let code): return failure("ClientError", code)
        case .serverError(let times) where times > 0:
            state.refusals[id] = .serverError(times: times - 1)
            return failure("servererror", "InternalError")
        default: break
        }
        guard state.known.insert(id.lowercased()).inserted else { return failure("clienterror", "TaskExists") }
        state.tasks.append(id)
        return #"{"status":"Success","taskId":"\#(id)","eTag":"e-\#(id)","location":"https://h/\#(id)"}"#
    }
}
