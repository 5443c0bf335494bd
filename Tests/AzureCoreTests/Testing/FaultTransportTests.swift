import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@Suite("FaultTransport")
struct FaultTransportTests {
    private func send(_ fault: FaultTransport.Fault) async -> (Result<String, any Error>, reached: Int) {
        let mock = MockTransport([MockResponse(200, body: "hello")])
        let transport = FaultTransport(mock) { number, _ in number == 1 ? fault : .none }
        let request = HTTPRequest(method: .get, scheme: "https", authority: "a.example", path: "/")
        do {
            let response = try await transport.send(request, body: nil, options: .init())
            let body = try await response.body.collect(upTo: 100)
            return (
                .success("\(response.head.status.code) \(String(decoding: body, as: UTF8.self))"), mock.requests.count
            )
        } catch {
            return (.failure(error), mock.requests.count)
        }
    }

    @Test("does what the plan says, and says whether the request got through")
    func faults() async throws {
        #expect(try await send(.none).0.get() == "200 hello")
        let busy = await send(.status(503))
        #expect(try busy.0.get() == "503 " && busy.reached == 0)
        for (fault, reached) in [
            (FaultTransport.Fault.cannotConnect, 0), (.loseRequest, 0), (.loseAnswer, 1),
            (.truncateAnswer(after: 2), 1),
        ] {
            let outcome = await send(fault)
            #expect(throws: HTTPTransportError.self) { try outcome.0.get() }
            #expect(outcome.reached == reached)
        }
    }
}
