#if Emulator
import AzureCore
import AzureEmulator
import BlobStorage
import Foundation
import HTTPTypes
import PythonSupport
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

@Suite("What stands before the services", .timeLimit(.minutes(5)))
struct EmulatorFrontTests {
    private func port(_ endpoint: String) throws -> Int { try #require(URL(string: endpoint)?.port) }

    private func answer(_ request: String, on port: Int) async throws -> String {
        let connection = try RawConnection(port: port)
        try await connection.write(request)
        return try await connection.read()
    }

    private func get(_ path: String, host: String, on port: Int) async throws -> String {
        try await answer("GET \(path) HTTP/1.1\r\n\(host)Connection: close\r\n\r\n", on: port)
    }

    // The error is the documented one for a header whose value is not valid (common REST API error codes, 400); RFC 9112,
    // 3.2 has requests without Host, or with two, refused with 400.
    @Test(
        "Requests for other hosts are refused, in the form of each service",
        arguments: [
            "Host: evil.example\r\n", "Host: evil.example:10000\r\n", "Host: 127.0.0.1.evil.example\r\n", "Host: \r\n",
            "",
            "Host: localhost\r\nHost: evil.example\r\n", "Host: evil.example\r\nHost: localhost\r\n",
        ])
    func foreignHost(host: String) async throws {
        try await withEmulator { emulator in
            for path in ["/devstoreaccount1?comp=list", "/__emulator/health"] {
                let blob = try await get(path, host: host, on: try port(emulator.blobEndpoint))
                #expect(blob.hasPrefix("HTTP/1.1 400"), "\(blob)")
                #expect(blob.contains("<Code>InvalidHeaderValue</Code>"))
                #expect(blob.contains("<HeaderName>Host</HeaderName>"))
                let batch = try await get(path, host: host, on: try port(emulator.batchEndpoint))
                #expect(batch.hasPrefix("HTTP/1.1 400"), "\(batch)")
                #expect(batch.contains(#""code":"InvalidHeaderValue""#))
            }
        }
    }

    @Test("Names that were given are taken, and so are those of this machine, whatever the port")
    func ownHosts() async throws {
        var configuration = EmulatorConfiguration()
        configuration.hostNames = ["storage"]
        try await withEmulator(configuration) { emulator in
            for host in ["storage", "STORAGE:80", "localhost:1", "[::1]:9", "127.0.0.1"] {
                for endpoint in [emulator.blobEndpoint, emulator.batchEndpoint] {
                    let answer = try await get(
                        "/__emulator/health", host: "Host: \(host)\r\n", on: try port(endpoint))
                    #expect(answer.hasPrefix("HTTP/1.1 200"), "\(host): \(answer)")
                }
            }
        }
    }

    @Test("Health is told without a signature, on both ports")
    func health() async throws {
        try await withEmulator { emulator in
            for (name, endpoint) in [("Blob", emulator.blobEndpoint), ("Batch", emulator.batchEndpoint)] {
                let url = try #require(URL(string: "http://127.0.0.1:\(try port(endpoint))/__emulator/health"))
                let (data, response) = try await URLSession.shared.data(from: url)
                #expect((response as? HTTPURLResponse)?.statusCode == 200)
                let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: String])
                #expect(json == ["service": name, "status": "ready", "version": PackageVersion.current])
                let probe = try HealthProbe(address: "127.0.0.1")
                #expect(await probe.complaint(port: try port(endpoint), isEncrypted: false) == nil)
            }
        }
    }

    @Test("A port where nobody answers, or something else does, is complained of")
    func noHealth() async throws {
        let probe = try HealthProbe(address: "localhost")
        #expect(await probe.complaint(port: 0, isEncrypted: false) != nil)
        #expect(await probe.complaint(port: 70_000, isEncrypted: false) != nil)
        struct Other: EmulatedService {
            func respond(to request: HTTPRequest, body: HTTPByteStream) async -> HTTPTransportResponse {
                .emulated(404)
            }
        }
        try await EmulatorServer.serve(Other(), port: 0, logger: EmulatorConfiguration().logger) { port in
            let complaint = await probe.complaint(port: port, isEncrypted: false)
            #expect(complaint?.contains("404") == true)
            #expect(await probe.complaint(port: port, isEncrypted: true) == nil)
        }
        #expect(throws: AzureError.self) { try HealthProbe(address: "example.com") }
    }

    // The witness is Python's standard library: it makes the signatures as the REST documentation of both services has
    // them, in the way that Docs/Server.md shows.
    private static let python = """
        import base64, email.utils, hashlib, hmac, sys, urllib.request, urllib.error

        def reset(url, account, key, blob):
            date = email.utils.formatdate(usegmt=True)
            field, head = ("x-ms-date", "DELETE" + 12 * "\\n") if blob else ("ocp-date", "DELETE\\n\\n\\n0" + 9 * "\\n")
            text = f"{head}{field}:{date}\\n/{account}/__emulator"
            code = hmac.digest(base64.b64decode(key), text.encode(), hashlib.sha256)
            signature = base64.b64encode(code).decode()
            fields = {field: date, "Authorization": f"SharedKey {account}:{signature}"}
            request = urllib.request.Request(f"{url}/__emulator", headers=fields, method="DELETE")
            try:
                print(urllib.request.urlopen(request).status)
            except urllib.error.HTTPError as error:
                print(error.code, error.headers.get("x-ms-error-code") or error.read())

        url, account, key, kind = sys.argv[1:]
        reset(url, account, key, kind == "blob")
        """

    private func reset(_ endpoint: String, _ account: String, _ key: String, _ kind: String) async throws -> String {
        let url = "http://127.0.0.1:\(try port(endpoint))"
        return try await PythonClient.run(Self.python, [url, account, key, kind]).output
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test("A request signed with the key of an account empties that account", .enabled(if: PythonClient.hasInterpreter))
    func resetByRequest() async throws {
        var configuration = EmulatorConfiguration()
        configuration.storageAccounts = [
            EmulatedStorageAccount(), EmulatedStorageAccount(name: "second", keys: ["Zmlyc3Q=", "c2Vjb25k"]),
        ]
        try await withEmulator(configuration) { emulator in
            let clients = try emulator.storageAccounts.map { try EmulatorResetTests.service($0) }
            for client in clients { try await client.container("box").create() }
            #expect(
                try await reset(emulator.blobEndpoint, "second", "d3Jvbmc=", "blob") == "403 AuthenticationFailed")
            #expect(
                try await reset(emulator.blobEndpoint, "nobody", "d3Jvbmc=", "blob") == "403 AuthenticationFailed")
            #expect(try await clients[1].container("box").exists())
            #expect(try await reset(emulator.blobEndpoint, "second", "c2Vjb25k", "blob") == "204")
            #expect(try await clients[0].container("box").exists())
            #expect(try await !clients[1].container("box").exists())
            #expect(try await reset(emulator.batchEndpoint, "localbatch", emulator.batchKey, "batch") == "204")
            let wrong = try await reset(emulator.batchEndpoint, "localbatch", "d3Jvbmc=", "batch")
            #expect(wrong.hasPrefix("403") && wrong.contains("AuthenticationFailed"))
        }
    }

    @Test("Without a signature nothing is removed")
    func unsignedReset() async throws {
        try await withEmulator { emulator in
            for endpoint in [emulator.blobEndpoint, emulator.batchEndpoint] {
                let text = try await answer(
                    "DELETE /__emulator HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                    on: try port(endpoint))
                #expect(text.hasPrefix("HTTP/1.1 401"), "\(text)")
            }
        }
    }

    @Test("Where others reach the emulator, nothing is removed at all", .enabled(if: PythonClient.hasInterpreter))
    func resetIsOff() async throws {
        var configuration = EmulatorConfiguration()
        configuration.listenAddress = "0.0.0.0"
        try await withEmulator(configuration) { emulator in
            #expect(emulator.blobEndpoint.hasPrefix("http://127.0.0.1:"))
            let blob = try await reset(emulator.blobEndpoint, emulator.blobAccount, emulator.blobKey, "blob")
            #expect(blob == "403 InsufficientAccountPermissions")
            let batch = try await reset(emulator.batchEndpoint, emulator.batchAccount, emulator.batchKey, "batch")
            #expect(batch.hasPrefix("403") && batch.contains("InsufficientAccountPermissions"))
            // The clients' own signatures are taken with the keys that were made.
            let service = try EmulatorResetTests.service(emulator.storageAccounts[0])
            try await service.container("box").create()
        }
    }
}
#endif
