#if DEBUG
import AzureCore
import AzureTesting
import Foundation
import HTTPTypes

/// What a server answers to a call: the name of the call in the first part of an input, and answers in the others.
///
/// An answer begins with its status, or with `break`, which loses the connection after the bytes of its body. Header
/// fields, an empty line and the body follow. The last answer is given again and again, but not without end.
struct AnswerScript: Sendable {
    /// The most requests of a call.
    private static let maxRequests = 60

    let name: String
    let clock = ManualClock(advancesBySleeping: true)
    private let answers: [MockResponse]

    init(_ input: [UInt8]) {
        let parts = input.parts
        name = parts[0].text
        answers = parts.dropFirst().prefix(16).map(Self.answer)
    }

    /// The options of a client that gets these answers.
    var pipeline: PipelineOptions {
        let state = AnswerState(answers, limit: Self.maxRequests)
        return PipelineOptions(
            transport: MockTransport { _ in await state.next() }, timeSource: clock.timeSource)
    }

    private static func answer(_ text: [UInt8]) -> MockResponse {
        let message = MessageText(text)
        let lost: (any Error)? =
            message.firstLine.hasPrefix("break") ? HTTPTransportError(.connectionLost, "lost") : nil
        let status = Int(message.firstLine.filter { $0.isASCII && $0.isNumber }) ?? 200
        let headers = Dictionary(message.fields.map { ($0.name, $0.value) }) { $1 }
        let chunks = [
            Data(message.body.prefix(message.body.count / 2)), Data(message.body.dropFirst(message.body.count / 2)),
        ]
        return MockResponse(
            (100...999).contains(status) ? status : 200, headers: headers, chunks: chunks, breakAfter: lost)
    }
}

/// Hands out answers, one for each request.
private actor AnswerState {
    private let answers: [MockResponse]
    private let limit: Int
    private var count = 0

    init(_ answers: [MockResponse], limit: Int) {
        self.answers = answers
        self.limit = limit
    }

    func next() -> MockResponse {
        count += 1
        guard count <= limit, let last = answers.last else {
            return .failure(HTTPTransportError(.connectionLost, "There are no more answers."))
        }
        return count <= answers.count ? answers[count - 1] : last
    }
}
#endif
