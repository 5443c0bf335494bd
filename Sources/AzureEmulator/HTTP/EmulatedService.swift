package import AzureCore
package import HTTPTypes

/// A service as a function from request to answer, over AzureCore's types: no sockets, so that tests can call it.
package protocol EmulatedService: Sendable {
    /// Answers one request. Whatever goes wrong becomes an answer of the service's own form.
    ///
    /// - Parameters:
    ///   - request: The request with its path and query as they were sent, percent-encoding untouched.
    ///   - body: The bytes of the body, which can be read once. What is left unread is dropped.
    func respond(to request: HTTPRequest, body: HTTPByteStream) async -> HTTPTransportResponse
}
