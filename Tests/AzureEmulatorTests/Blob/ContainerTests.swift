import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Containers of the emulated Blob service")
struct ContainerTests {
    @Test("A container is made once, read, changed and deleted")
    func lifeCycle() async throws {
        let account = try BlobTestAccount()
        let created = try await account.send(.put, "/box", "restype=container", [("x-ms-meta-Owner", "me")])
        #expect(created.status == 201)
        #expect(created["ETag"]?.hasPrefix("\"0x8D") == true)
        #expect(created["Last-Modified"] == "Fri, 02 Jan 2026 03:04:05 GMT")
        #expect(
            try await account.send(.put, "/box", "restype=container").outcome == "409 ContainerAlreadyExists")
        let read = try await account.send(.get, "/box", "restype=container")
        #expect(read.fields.contains { $0.name.rawName == "x-ms-meta-Owner" && $0.value == "me" })
        #expect(read["ETag"] == created["ETag"])
        let changed = try await account.send(
            .put, "/box", "restype=container&comp=metadata", [("x-ms-meta-b", "2")])
        #expect(changed["ETag"] != created["ETag"])
        let metadata = try await account.send(.head, "/box", "restype=container&comp=metadata")
        #expect(metadata["x-ms-meta-b"] == "2")
        #expect(metadata["x-ms-meta-owner"] == nil)
        #expect(try await account.send(.delete, "/box", "restype=container").outcome == "202")
        #expect(try await account.send(.delete, "/box", "restype=container").outcome == "404 ContainerNotFound")
        #expect(try await account.send(.get, "/box/thing").outcome == "404 ContainerNotFound")
    }

    @Test("The name of a deleted container stays taken for a while")
    func beingDeleted() async throws {
        let account = try BlobTestAccount(deletionTime: .seconds(30))
        try await account.makeContainer()
        try await account.makeBlob()
        try await account.send(.delete, "/box", "restype=container")
        #expect(
            try await account.send(.put, "/box", "restype=container").outcome == "409 ContainerBeingDeleted")
        #expect(try await account.send(.get, "/box/thing").outcome == "404 ContainerNotFound")
        account.clock.advance(by: .seconds(29))
        #expect(
            try await account.send(.put, "/box", "restype=container").outcome == "409 ContainerBeingDeleted")
        account.clock.advance(by: .seconds(1))
        try await account.makeContainer()
        #expect(try await account.send(.get, "/box/thing").outcome == "404 BlobNotFound")
    }

    @Test(
        "A name that the service does not allow is refused",
        arguments: [
            ("ab", "400 OutOfRangeInput"), (String(repeating: "a", count: 64), "400 OutOfRangeInput"),
            ("Box", "400 InvalidResourceName"), ("-box", "400 InvalidResourceName"),
            ("box-", "400 InvalidResourceName"), ("bo--x", "400 InvalidResourceName"),
            ("b_x", "400 InvalidResourceName"), ("abc", "201"), ("$root", "201"),
            (String(repeating: "a", count: 63), "201"),
        ])
    func names(_ name: String, _ outcome: String) async throws {
        #expect(try await BlobTestAccount().send(.put, "/\(name)", "restype=container").outcome == outcome)
    }

    @Test("Containers are listed in order, by prefix and in pages")
    func list() async throws {
        let account = try BlobTestAccount()
        for name in ["cc1", "aa1", "bb1", "bb2"] {
            try await account.send(.put, "/\(name)", "restype=container", [("x-ms-meta-k", name)])
        }
        func names(_ query: String) async throws -> (names: [String], next: String, xml: XMLTree) {
            let xml = try await account.send(.get, "/", "comp=list\(query)").xml()
            let containers = try #require(xml.child("Containers")).children
            return (containers.compactMap { $0.child("Name")?.text }, xml.child("NextMarker")?.text ?? "", xml)
        }
        #expect(try await names("").names == ["aa1", "bb1", "bb2", "cc1"])
        #expect(try await names("&prefix=bb").names == ["bb1", "bb2"])
        let first = try await names("&maxresults=3&include=metadata")
        #expect(first.names == ["aa1", "bb1", "bb2"])
        #expect(first.xml.attributes["ServiceEndpoint"] == "http://127.0.0.1:10000/devstoreaccount1/")
        #expect(first.xml.child("MaxResults")?.text == "3")
        let container = first.xml.child("Containers")?.children.first
        #expect(container?.child("Metadata")?.child("k")?.text == "aa1")
        #expect(container?.child("Properties")?.child("Etag")?.text.hasPrefix("\"0x") == true)
        #expect(try await names("&maxresults=3&marker=\(first.next)").names == ["cc1"])
        #expect(try await names("&marker=").names.count == 4)
    }

    @Test("Deletion honours the date conditions")
    func conditions() async throws {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        let early = [("If-Unmodified-Since", "Fri, 02 Jan 2026 03:04:04 GMT")]
        #expect(try await account.send(.delete, "/box", "restype=container", early).outcome == "412 ConditionNotMet")
        let late = [("If-Unmodified-Since", "Fri, 02 Jan 2026 03:04:05 GMT")]
        #expect(try await account.send(.delete, "/box", "restype=container", late).outcome == "202")
    }
}
