import AzureCore
import HTTPTypes
import Testing

@Suite("URLSession")
struct URLSessionTransportTests {
    @Test(
        "refuses paths that its engine would change",
        arguments: ["/c/../d", "/c/./d", "/c/%2e%2E/d", "/.", "/c/..?x=1"])
    func dotSegments(path: String) async throws {
        let error = await #expect(throws: HTTPTransportError.self) {
            try await URLSessionTransport().send(
                HTTPRequest(method: .get, scheme: "http", authority: "127.0.0.1:1", path: path), body: nil,
                options: .init())
        }
        #expect(error?.kind == .unsupported)
    }

    @Test("refuses bodies that it would have to hold in memory whole")
    func hugeBody() async throws {
        let length = Int64(URLSessionTransport.maxBufferedBody) + 1
        let error = await #expect(throws: HTTPTransportError.self) {
            try await URLSessionTransport().send(
                HTTPRequest(method: .put, scheme: "http", authority: "127.0.0.1:1", path: "/"),
                body: HTTPBody(file: .init(path: "/nowhere", offset: 0, length: length)), options: .init())
        }
        #expect(error?.kind == .unsupported && error?.requestWasNotSent == true)
    }
}
