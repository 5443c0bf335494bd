import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import PythonSupport
import Testing

@testable import AzureAuth

/// The requests of the official `azure-identity` for Python next to those of this package, field by field.
@Suite("Requests like those of the official library", .timeLimit(.minutes(2)), .enabled(if: Certificates.hasIdentity))
struct OfficialIdentityTests {
    private struct Recorded: Decodable {
        let method: String
        let url: String
        let headers: [String: String]
        let form: [String: Field]

        /// A field of the form: a text or a number.
        struct Field: Decodable {
            let text: String

            init(from decoder: any Decoder) throws {
                let value = try decoder.singleValueContainer()
                text = try (try? value.decode(String.self)) ?? String(value.decode(Int.self))
            }
        }

        /// Scheme, host and path, then the sorted query.
        var target: [String] { Self.target(url) }

        static func target(_ url: String) -> [String] {
            let parts = url.split(separator: "?", maxSplits: 1)
            let query = parts.count > 1 ? parts[1].split(separator: "&").map { PercentEncoding.decode($0) ?? "" } : []
            return [String(parts[0])] + query.sorted()
        }
    }

    private func official(_ kind: String, _ variables: [String: String] = [:]) async throws -> Recorded {
        let assignments = variables.map { "os.environ[\"\($0)\"] = \"\($1)\"\n" }.joined()
        let (status, output) = try await PythonClient.run("import os\n\(assignments)\(Self.program)", [kind])
        let line = output.split(separator: "\n").last ?? ""
        guard status == 0 else { throw AzureError.invalidArgument("Python failed: \(output)") }
        return try JSONDecoder().decode(Recorded.self, from: Data(line.utf8))
    }

    @Test("An app with a secret sends the same form to the same place; MSAL adds only its telemetry")
    func secret() async throws {
        let theirs = try await official("secret")
        let entra = FakeEntra(tenantID: "contoso", clientID: "app", clientSecret: "s3cr&t+=")
        _ = try await ClientSecretCredential(
            tenantID: "contoso", clientID: "app", clientSecret: "s3cr&t+=", options: fakeOptions(entra)
        ).token(for: storageRequest)
        try compare(entra, theirs, extra: ["client_info"])
    }

    @Test("An app with an assertion sends the same form to the same place")
    func assertion() async throws {
        let theirs = try await official("assertion")
        let entra = FakeEntra(tenantID: "contoso", clientID: "app")
        _ = try await ClientAssertionCredential(
            tenantID: "contoso", clientID: "app", options: fakeOptions(entra), assertion: { "assertion" }
        ).token(for: storageRequest)
        try compare(entra, theirs, extra: [])
    }

    private func compare(_ entra: FakeEntra, _ theirs: Recorded, extra: Set<String>) throws {
        let ours = try #require(entra.requests.last)
        #expect(theirs.target == ["https://\(ours.head.authority ?? "")\(ours.head.path ?? "")"])
        #expect(theirs.method == ours.head.method.rawValue)
        #expect(theirs.form.mapValues(\.text).filter { !extra.contains($0.key) } == ours.form)
    }

    @Test(
        "Managed identities are asked with the same query and the same fields",
        arguments: [
            ("imds", [:]),
            ("app", ["IDENTITY_ENDPOINT": "http://localhost:1/msi", "IDENTITY_HEADER": "h"]),
            ("ml", ["MSI_ENDPOINT": "http://localhost:1/msi", "MSI_SECRET": "h"]),
        ])
    func managedIdentity(_ kind: String, _ variables: [String: String]) async throws {
        let theirs = try await official(kind, variables)
        let transport = MockTransport([MockResponse(200, body: #"{"access_token":"t","expires_in":3600}"#)])
        _ = try await ManagedIdentityCredential(.clientID("id"), options: fakeOptions(transport, variables))
            .token(for: storageRequest)
        let ours = transport.requests[0].head
        #expect(
            theirs.target
                == Recorded.target("\(ours.scheme ?? "")://\(ours.authority ?? "")\(ours.path ?? "")"))
        for name in ["metadata", "x-identity-header", "secret"] {
            #expect(theirs.headers[name] == HTTPField.Name(name).flatMap { ours.headerFields[$0] }, "\(name)")
        }
    }

    /// Asks azure-identity for a token over a transport that records the last request.
    private static let program = #"""
        import json, sys, time
        from azure.core.pipeline.transport import HttpTransport
        from azure.core.rest import HttpRequest
        from requests import Response
        from azure.core.pipeline.transport import RequestsTransportResponse
        import azure.identity as identity

        class Recorder(HttpTransport):
            seen = []
            def open(self): pass
            def close(self): pass
            def __enter__(self): return self
            def __exit__(self, *args): pass
            def send(self, request, **kwargs):
                body = request.body if hasattr(request, "body") else request.data
                if "/oauth2/" in request.url and request.method == "POST" or "identity" in request.url or "msi" in request.url:
                    self.seen.append({"method": request.method, "url": request.url,
                                      "headers": {k.lower(): v for k, v in request.headers.items()}, "form": body or {}})
                answer = Response()
                answer.status_code = 200
                answer.headers["Content-Type"] = "application/json"
                host = request.url.split("/")[2]
                answer._content = json.dumps({"access_token": "t", "expires_in": 3600, "token_type": "Bearer", "resource": "r",
                    "expires_on": str(int(time.time()) + 3600),
                    "token_endpoint": "https://%s/contoso/oauth2/v2.0/token" % host,
                    "authorization_endpoint": "https://%s/contoso/oauth2/v2.0/authorize" % host,
                    "issuer": "https://%s/contoso/v2.0" % host, "tenant_discovery_endpoint": "https://x"}).encode()
                return RequestsTransportResponse(request, answer)

        kind = sys.argv[1]
        if kind == "secret":
            credential = identity.ClientSecretCredential("contoso", "app", "s3cr&t+=", transport=Recorder())
        elif kind == "assertion":
            credential = identity.ClientAssertionCredential("contoso", "app", lambda: "assertion", transport=Recorder())
        else:
            credential = identity.ManagedIdentityCredential(client_id="id", transport=Recorder())
        credential.get_token("https://storage.azure.com/.default")
        print(json.dumps(Recorder.seen[-1]))
        """#
}
