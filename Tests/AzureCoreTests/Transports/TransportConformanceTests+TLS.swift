import AzureCore
import Foundation
import HTTPTypes
import TestSupport
import Testing

#if AsyncHTTPClient
import AsyncHTTPClient
import AzureAsyncHTTPClientTransport
import NIOSSL
#endif

// What is said of a TLS connection that does not come about.
extension TransportConformanceTests {
    private func failure(_ transport: any HTTPTransport, _ authority: String) async throws -> String {
        let request = HTTPRequest(method: .get, scheme: "https", authority: authority, path: "/")
        let error = await #expect(throws: HTTPTransportError.self) { try await send(transport, request) }
        #expect(error?.kind == .insecure && error?.requestWasNotSent == true)
        return error?.message ?? ""
    }

    @Test("says that a port for plain HTTP speaks no TLS", arguments: TransportUnderTest.allCases)
    func plainPort(kind: TransportUnderTest) async throws {
        try await withRawServer({ connection in
            _ = connection.read()
            connection.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        }) { server in
            let message = try await failure(kind.make(), server.authority)
            #expect(message.contains("what listens there does not speak TLS"), "\(message)")
            #expect(message.contains("plain HTTP"), "\(message)")
        }
    }

    @Test(
        "says that the authority of a certificate is not trusted, and how to add it",
        arguments: TransportUnderTest.allCases)
    func unknownAuthority(kind: TransportUnderTest) async throws {
        try await TLSServer.with(certificateFor: "127.0.0.1") { server in
            let message = try await failure(kind.make(), "127.0.0.1:\(server.port)")
            #expect(message.contains("an authority that this machine does not trust"), "\(message)")
            #expect(message.contains("add the authority's certificate"), "\(message)")
        }
    }

    #if Curl
    @Test("says with libcurl that a certificate is for another host, or that its time is over")
    func curlCertificates() async throws {
        try await TLSServer.with(certificateFor: "127.0.0.2") { server in
            let transport = CurlTransport(options: CurlOptions(certificateAuthoritiesFile: server.certificate))
            let message = try await failure(transport, "127.0.0.1:\(server.port)")
            #expect(message.contains("its certificate is for another host"), "\(message)")
        }
        try await TLSServer.with(certificateFor: "127.0.0.1", isExpired: true) { server in
            let transport = CurlTransport(options: CurlOptions(certificateAuthoritiesFile: server.certificate))
            let message = try await failure(transport, "127.0.0.1:\(server.port)")
            #expect(message.contains("its certificate has expired"), "\(message)")
        }
    }

    @Test("says with libcurl that the file of authorities cannot be read")
    func curlAuthorities() async throws {
        try await TLSServer.with(certificateFor: "127.0.0.1") { server in
            let transport = CurlTransport(options: CurlOptions(certificateAuthoritiesFile: "/nowhere/ca.pem"))
            let message = try await failure(transport, "127.0.0.1:\(server.port)")
            #expect(message.contains("cannot be read") && message.contains("certificateAuthoritiesFile"), "\(message)")
        }
    }
    #endif

    #if AsyncHTTPClient
    @Test("says with AsyncHTTPClient that a certificate is for another host, or that its time may be over")
    func clientCertificates() async throws {
        for (address, isExpired, words) in [
            ("127.0.0.2", false, "its certificate is for another host"), ("127.0.0.1", true, "or out of date"),
        ] {
            try await TLSServer.with(certificateFor: address, isExpired: isExpired) { server in
                var configuration = AsyncHTTPClientTransport.configuration
                configuration.tlsConfiguration = .makeClientConfiguration()
                configuration.tlsConfiguration?.trustRoots = .file(server.certificate)
                let client = HTTPClient(configuration: configuration)
                let message = try await failure(AsyncHTTPClientTransport(client), "127.0.0.1:\(server.port)")
                #expect(message.contains(words), "\(message)")
                try await client.shutdown()
            }
        }
    }
    #endif
}
