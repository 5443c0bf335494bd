import AzureCore
import AzureTesting
import Foundation
import Synchronization

/// A service that gives prepared answers to each path, in their order, and the last one for ever.
final class ScriptedService: Sendable {
    private let state: Mutex<[String: [MockResponse]]>

    init(_ answers: [String: [MockResponse]]) {
        state = Mutex(answers)
    }

    convenience init(_ answers: [String: [String]]) {
        self.init(answers.mapValues { $0.map { MockResponse(200, body: $0) } })
    }

    /// What answers the requests.
    var transport: MockTransport {
        MockTransport { request in self.answer(to: request) }
    }

    private func answer(to request: MockTransport.Request) -> MockResponse {
        state.withLock { state in
            guard let answers = state[request.pathOnly], let first = answers.first else {
                return MockResponse(404, body: #"{"code":"ResourceNotFound","message":{"value":"Nothing there."}}"#)
            }
            if answers.count > 1 { state[request.pathOnly]?.removeFirst() }
            return first
        }
    }
}

/// A page of a list.
func page(_ items: String...) -> String { #"{"value":[\#(items.joined(separator: ","))]}"# }
