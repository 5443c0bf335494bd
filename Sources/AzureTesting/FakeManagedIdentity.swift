public import AzureCore
public import HTTPTypes
import Synchronization

import struct Foundation.Data

/// The servers of managed identities without a network: a transport that wants what each of them documents.
public final class FakeManagedIdentity: HTTPTransport {
    /// Which server.
    public enum Source: Sendable, Hashable {
        /// The instance metadata service of virtual machines.
        case imds
        /// App Service and Functions, with the value of `IDENTITY_HEADER`.
        case appService(header: String)
        /// Azure Arc, with the file of the key and what is in it.
        case arc(keyFile: String, key: String)
        /// Service Fabric, with the value of `IDENTITY_HEADER`.
        case serviceFabric(header: String)
        /// Azure Machine Learning, with the value of `MSI_SECRET`.
        case machineLearning(secret: String)
        /// Cloud Shell.
        case cloudShell
    }

    private let source: Source
    private let expiresOn: Int
    private let state = Mutex<(requests: [MockTransport.Request], faults: [MockResponse])>(([], []))

    /// Creates a server.
    ///
    /// - Parameters:
    ///   - source: Which one.
    ///   - expiresOn: When its tokens end, in seconds since 1970.
    public init(_ source: Source, expiresOn: Int) {
        self.source = source
        self.expiresOn = expiresOn
    }

    /// All requests so far.
    public var requests: [MockTransport.Request] { state.withLock { $0.requests } }

    /// Makes the next requests end so, before they are looked at.
    public func failNext(_ responses: MockResponse...) {
        state.withLock { $0.faults += responses }
    }

    public func send(
        _ request: HTTPRequest, body: HTTPBody?, options: HTTPTransportOptions
    ) async throws -> HTTPTransportResponse {
        let received = MockTransport.Request(
            head: request, body: try await body?.collect(upTo: 1 << 20) ?? Data(), hasBody: body != nil)
        let fault = state.withLock { state -> MockResponse? in
            state.requests.append(received)
            return state.faults.isEmpty ? nil : state.faults.removeFirst()
        }
        return try (fault ?? answer(received)).transportResponse(to: request.method)
    }

    private func answer(_ request: MockTransport.Request) -> MockResponse {
        switch source {
        case .imds:
            return granted(
                request, "2018-02-01", request.header("Metadata") == "true",
                path: "/metadata/identity/oauth2/token", #""expires_in":"86400","expires_on":"\#(expiresOn)""#)
        case .appService(let header):
            return granted(
                request, "2019-08-01", request.header("X-IDENTITY-HEADER") == header, #""expires_on":"\#(expiresOn)""#)
        case .arc(let file, let key):
            guard request.header("Authorization") == "Basic \(key)" else {
                return MockResponse(401, headers: ["WWW-Authenticate": "Basic realm=\(file)"])
            }
            return granted(
                request, "2020-06-01", request.header("Metadata") == "true", #""expires_on":"\#(expiresOn)""#)
        case .serviceFabric(let header):
            return granted(
                request, "2019-07-01-preview", request.header("Secret") == header, #""expires_on":\#(expiresOn)"#)
        case .machineLearning(let secret):
            return granted(
                request, "2017-09-01", request.header("secret") == secret, #""expires_on":"\#(expiresOn)""#)
        case .cloudShell:
            let isGood =
                request.method == .post && request.header("Metadata") == "true" && request.text.hasPrefix("resource=")
            return isGood
                ? token(#""expires_in":"3600""#) : MockResponse(400, body: #"{"error":{"code":"bad","message":"no"}}"#)
        }
    }

    private func granted(
        _ request: MockTransport.Request, _ version: String, _ isAuthorized: Bool, path: String = "", _ end: String
    ) -> MockResponse {
        guard isAuthorized else { return MockResponse(401, body: #"{"error":"unauthorized_client"}"#) }
        guard request.path.contains("api-version=\(version)"), request.path.contains("resource=http"),
            request.path.hasPrefix(path)
        else { return MockResponse(400, body: #"{"error":"invalid_request","error_description":"Bad parameters"}"#) }
        return token(end)
    }

    private func token(_ end: String) -> MockResponse {
        MockResponse(
            200, headers: ["Content-Type": "application/json"],
            body: #"{"access_token":"managed-token","token_type":"Bearer","resource":"r",\#(end)}"#)
    }
}
