import AzureCore
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

/// The witness of each case is a live test of the official Python client, azure-storage-blob 12.31.1, whose assertions
/// were recorded against the real service. It is named above the case.
@Suite("The emulated Blob service answers as the official Python client's tests want")
struct OfficialClientTests {
    private func account() async throws -> BlobTestAccount {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        return account
    }

    // test_blob_tags_conditional_headers.

    @Test("Conditions of operations on tags have names of their own, and are judged as those of writes")
    func tagConditions() async throws {
        let account = try await account()
        try await account.makeBlob()
        let etag = try #require(try await account.send(.head, "/box/thing")["ETag"])
        let tags = Data("<Tags><TagSet><Tag><Key>a</Key><Value>1</Value></Tag></TagSet></Tags>".utf8)
        let (early, late) = ("Wed, 01 Jan 2025 00:00:00 GMT", "Fri, 01 Jan 2027 00:00:00 GMT")
        for (name, value, holds) in [
            ("x-ms-blob-if-match", etag, true), ("x-ms-blob-if-match", "0x1", false),
            ("x-ms-blob-if-none-match", "0x1", true), ("x-ms-blob-if-none-match", etag, false),
            ("x-ms-blob-if-modified-since", early, true), ("x-ms-blob-if-modified-since", late, false),
            ("x-ms-blob-if-unmodified-since", late, true), ("x-ms-blob-if-unmodified-since", early, false),
        ] {
            let set = try await account.send(.put, "/box/thing", "comp=tags", [(name, value)], body: tags)
            #expect(set.outcome == (holds ? "204" : "412 ConditionNotMet"))
            let get = try await account.send(.get, "/box/thing", "comp=tags", [(name, value)])
            #expect(get.outcome == (holds ? "200" : "412 ConditionNotMet"))
        }
    }

    // test_get_block_list_no_blocks.

    @Test("A list of blocks can depend on tags")
    func blockList() async throws {
        let account = try await account()
        try await account.makeBlob("/box/thing", Data("x".utf8), [("x-ms-tags", "a=1")])
        func outcome(_ tags: String) async throws -> String {
            try await account.send(.get, "/box/thing", "comp=blocklist", [("x-ms-if-tags", tags)]).outcome
        }
        #expect(try await outcome("\"a\"='1'") == "200")
        #expect(try await outcome("\"a\"='2'") == "412 ConditionNotMet")
    }

    // test_put_block_list_invalid_block_id.

    @Test("A block list with an unknown block says that it is invalid")
    func invalidBlockList() async throws {
        let body = Data("<BlockList><Latest>NA==</Latest></BlockList>".utf8)
        let answer = try await account().send(.put, "/box/thing", "comp=blocklist", body: body)
        #expect(answer.outcome == "400 InvalidBlockList")
        #expect(try await answer.text().contains("specified block list is invalid"))
    }

    // test_header_metadata_sort_in_upload_blob_fails: who signs in the order of words comes as far as the metadata.

    @Test("A signature is checked before the names of metadata, in the order that the official clients have")
    func oddMetadata() async throws {
        let names = "!#$%&*+.^_~0123456789abcz|".map { ("x-ms-meta-\($0)", "a") }
        let answer = try await account().send(
            .put, "/box/thing", "", [("x-ms-blob-type", "BlockBlob")] + names, body: Data())
        #expect(answer.outcome == "400 InvalidMetadata")
    }

    // test_get_blob_range_with_overall_md5.

    @Test("The MD5 among the properties is what was given, also when it is none")
    func storedMD5() async throws {
        let account = try await account()
        try await account.makeBlob()
        for text in ["TURBd01EQXdNREE9", "0000"] {
            let fields = [("x-ms-blob-content-md5", text)]
            #expect(try await account.send(.put, "/box/thing", "comp=properties", fields).outcome == "200")
            #expect(try await account.send(.head, "/box/thing")["Content-MD5"] == text)
            let part = try await account.send(.get, "/box/thing", "", [("x-ms-range", "bytes=0-3")])
            #expect(part["x-ms-blob-content-md5"] == text)
        }
        // Put Blob compares it with the content.
        let put = [("x-ms-blob-type", "BlockBlob"), ("x-ms-blob-content-md5", "0000")]
        #expect(try await account.send(.put, "/box/thing", "", put, body: Data()).outcome == "400 InvalidMd5")
    }

    // test_list_system_containers.

    @Test("Every account has a container for logs, which is listed when asked for")
    func systemContainers() async throws {
        let account = try await account()
        func names(_ query: String) async throws -> [String] {
            let xml = try await account.send(.get, "/", "comp=list\(query)").xml()
            return xml.child("Containers")?.children.map { $0.child("Name")?.text ?? "" } ?? []
        }
        #expect(try await names("") == ["box"])
        #expect(try await names("&include=system") == ["$logs", "box"])
        #expect(try await names("") == ["box"])
        #expect(try await account.send(.get, "/$logs", "restype=container&comp=list").status == 200)
    }

    // test_set_container_acl_with_empty_access_policy, test_set_container_acl_with_empty_identifiers.

    @Test("A stored access policy that says nothing has no element for it")
    func emptyPolicies() async throws {
        let account = try await account()
        let body = Data(
            """
            <SignedIdentifiers><SignedIdentifier><Id>0</Id></SignedIdentifier><SignedIdentifier><Id>1</Id>\
            <AccessPolicy><Permission>r</Permission></AccessPolicy></SignedIdentifier></SignedIdentifiers>
            """.utf8)
        #expect(try await account.send(.put, "/box", "restype=container&comp=acl", body: body).status == 200)
        let xml = try await account.send(.get, "/box", "restype=container&comp=acl").xml()
        #expect(xml.children.map { $0.child("AccessPolicy") == nil } == [true, false])
    }

    // test_list_page_ranges_diff, test_get_page_ranges_diff, test_old_api_get_page_ranges_succeeds.

    @Test(
        "What was written and cleared since is told, also when it was not there before", arguments: [nil, "2019-12-12"])
    func pageDifferences(_ version: String?) async throws {
        let account = try await account()
        try await account.makePages("/box/disk", length: 2048)
        func snapshot() async throws -> String {
            try #require(try await account.send(.put, "/box/disk", "comp=snapshot")["x-ms-snapshot"])
        }
        func write(_ range: String, _ action: String, _ body: Data) async throws {
            let fields = [("x-ms-page-write", action), ("x-ms-range", "bytes=\(range)")]
            #expect(try await account.send(.put, "/box/disk", "comp=page", fields, body: body).status == 201)
        }
        func changes(since id: String) async throws -> [String] {
            let fields = version.map { [("x-ms-version", $0)] } ?? []
            let xml = try await account.send(.get, "/box/disk", "comp=pagelist&prevsnapshot=\(id)", fields).xml()
            return xml.children.filter { $0.name != "NextMarker" }.map { range in
                "\(range.name) \(range.child("Start")?.text ?? "")-\(range.child("End")?.text ?? "")"
            }
        }
        let first = try await snapshot()
        try await write("0-1535", "update", Data(repeating: 7, count: 1536))
        let second = try await snapshot()
        try await write("512-1023", "clear", Data())
        #expect(
            try await changes(since: first) == ["PageRange 0-511", "ClearRange 512-1023", "PageRange 1024-1535"])
        #expect(try await changes(since: second) == ["ClearRange 512-1023"])
        // Cleared again without having been written, the pages stay what they were.
        let third = try await snapshot()
        try await write("512-1023", "clear", Data())
        #expect(try await changes(since: third).isEmpty)
    }
}
