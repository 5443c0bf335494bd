import AzureCore
import Testing

@testable import AzureEmulator

/// The forms of addresses are those of RFC 3986, 3.2.2 (hosts) and RFC 4291 (version 6); what belongs to loopback is in
/// RFC 1122, 3.2.1.3 and RFC 4291, 2.5.3.
@Suite("The hosts that requests may name")
struct HostNameTests {
    @Test(
        "are those of the machine itself, whatever the port",
        arguments: [
            "127.0.0.1", "127.0.0.1:10000", "localhost", "LocalHost:1", "[::1]", "[::1]:10000", "[0:0::0:1]:80",
            "127.0.0.1:",
        ])
    func own(authority: String) throws {
        #expect(try HostNames(listeningOn: .loopback).contains(authority))
    }

    @Test(
        "are no others, whatever they look like",
        arguments: [
            "example.com", "localhost.example.com", "127.0.0.1.example.com", "127.0.0.2", "0.0.0.0", "", ":80",
            "localhost:80:80", "user@localhost", "localhost@example.com", "::1", "[::2]", "localhost:http",
            "localhost.",
            "localhost/", "local host", "[localhost", "127.1", "2130706433", "[::ffff:127.0.0.1]", "[v1.localhost]",
        ])
    func foreign(authority: String) throws {
        #expect(try !HostNames(listeningOn: .loopback).contains(authority))
        #expect(try !HostNames(listeningOn: .loopback).contains(nil))
    }

    @Test("are the address where the services listen, unless that stands for all, and those that were given")
    func given() throws {
        let address = try #require(IPAddress("192.0.2.7"))
        let names = try HostNames(listeningOn: address, others: ["Storage", "my_host.internal", "[2001:DB8::1]"])
        for authority in ["192.0.2.7:1", "storage:1", "my_host.internal", "[2001:db8:0::1]:1", "localhost"] {
            #expect(names.contains(authority), "\(authority)")
        }
        #expect(!names.contains("192.0.2.8"))
        let all = try HostNames(listeningOn: #require(IPAddress("0.0.0.0")))
        #expect(!all.contains("0.0.0.0") && all.contains("127.0.0.1"))
        #expect(names.authorities(port: 7).isSuperset(of: ["storage:7", "[2001:db8::1]:7", "127.0.0.1:7"]))
    }

    @Test("A name that cannot be one is an error", arguments: ["a:80", "http://a", "a b", "", "*"])
    func invalid(name: String) {
        #expect(throws: AzureError.self) { try HostNames(listeningOn: .loopback, others: [name]) }
    }

    @Test("The address of a client is that of version 4 where there is one")
    func clients() {
        #expect(ClientAddress.text("192.0.2.1") == "192.0.2.1")
        #expect(ClientAddress.text("::ffff:192.0.2.1") == "192.0.2.1")
        #expect(ClientAddress.text("::1") == "127.0.0.1")
        #expect(ClientAddress.text("2001:db8::1") == "2001:db8::1")
        #expect(ClientAddress.text(nil) == nil)
    }
}
