import AzureCore
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("The emulated Blob service: differences between snapshots, and incremental copies")
struct PageDifferenceTests {
    private static let url = "http://127.0.0.1:10000/\(BlobTestAccount.name)"

    private func account() async throws -> BlobTestAccount {
        let account = try BlobTestAccount()
        try await account.makeContainer()
        try await account.send(
            .put, "/box/disk", "", [("x-ms-blob-type", "PageBlob"), ("x-ms-blob-content-length", "4096")],
            body: Data())
        return account
    }

    private func write(_ account: BlobTestAccount, _ range: Range<Int>, clear: Bool = false) async throws {
        let answer = try await account.send(
            .put, "/box/disk", "comp=page",
            [
                ("x-ms-page-write", clear ? "clear" : "update"),
                ("x-ms-range", "bytes=\(range.lowerBound)-\(range.upperBound - 1)"),
            ], body: clear ? Data() : Data(repeating: 7, count: range.count))
        #expect(answer.status == 201)
    }

    private func snapshot(_ account: BlobTestAccount) async throws -> String {
        try #require(try await account.send(.put, "/box/disk", "comp=snapshot")["x-ms-snapshot"])
    }

    private func ranges(
        _ account: BlobTestAccount, _ query: String, _ fields: [(String, String)] = []
    ) async throws -> [String] {
        let xml = try await account.send(.get, "/box/disk", "comp=pagelist&\(query)", fields).xml()
        return xml.children.filter { $0.name != "NextMarker" }.map { range in
            "\(range.name) \(range.child("Start")?.text ?? "")-\(range.child("End")?.text ?? "")"
        }
    }

    @Test("The difference is what was written or cleared since, also with the same bytes")
    func differences() async throws {
        let account = try await account()
        try await write(account, 0..<2048)
        let first = try await snapshot(account)
        try await write(account, 512..<1024)
        try await write(account, 1024..<1536, clear: true)
        try await write(account, 3072..<4096)
        let changes = ["PageRange 512-1023", "ClearRange 1024-1535", "PageRange 3072-4095"]
        #expect(try await ranges(account, "prevsnapshot=\(first)") == changes)
        #expect(try await ranges(account, "prevsnapshot=\(first)&maxresults=2") == Array(changes.prefix(2)))
        #expect(
            try await ranges(account, "prevsnapshot=\(first)", [("x-ms-range", "bytes=768-1279")])
                == ["PageRange 768-1023", "ClearRange 1024-1279"])
        let header = [("x-ms-previous-snapshot-url", "\(Self.url)/box/disk?snapshot=\(first)")]
        #expect(try await ranges(account, "", header) == changes)
        let second = try await snapshot(account)
        try await write(account, 0..<4096, clear: true)
        #expect(try await ranges(account, "snapshot=\(second)&prevsnapshot=\(first)") == changes)
        #expect(try await ranges(account, "snapshot=\(first)") == ["PageRange 0-2047"])
        #expect(
            try await ranges(account, "prevsnapshot=\(second)")
                == ["ClearRange 0-1023", "ClearRange 1536-2047", "ClearRange 3072-4095"])
    }

    @Test("A blob that became longer or shorter since is compared as far as it goes")
    func resizing() async throws {
        let account = try await account()
        try await write(account, 0..<512)
        let id = try await snapshot(account)
        try await account.send(.put, "/box/disk", "comp=properties", [("x-ms-blob-content-length", "8192")])
        #expect(try await ranges(account, "prevsnapshot=\(id)").isEmpty)
        try await write(account, 4096..<4608)
        #expect(try await ranges(account, "prevsnapshot=\(id)") == ["PageRange 4096-4607"])
        try await account.send(.put, "/box/disk", "comp=properties", [("x-ms-blob-content-length", "0")])
        #expect(try await ranges(account, "prevsnapshot=\(id)").isEmpty)
    }

    @Test("A snapshot that cannot be compared with is refused")
    func refusals() async throws {
        let account = try await account()
        let first = try await snapshot(account)
        let second = try await snapshot(account)
        func outcome(_ query: String, _ fields: [(String, String)] = []) async throws -> String {
            try await account.send(.get, "/box/disk", "comp=pagelist&\(query)", fields).outcome
        }
        #expect(
            try await outcome("snapshot=\(first)&prevsnapshot=\(second)") == "409 PreviousSnapshotCannotBeNewer")
        #expect(
            try await outcome("prevsnapshot=2020-01-01T00:00:00.0000000Z") == "409 PreviousSnapshotNotFound")
        #expect(try await outcome("prevsnapshot=x") == "400 InvalidQueryParameterValue")
        let other = [("x-ms-previous-snapshot-url", "\(Self.url)/box/other?snapshot=\(first)")]
        #expect(try await outcome("", other) == "400 InvalidHeaderValue")
        try await account.send(
            .put, "/box/disk", "", [("x-ms-blob-type", "PageBlob"), ("x-ms-blob-content-length", "512")],
            body: Data())
        #expect(try await outcome("prevsnapshot=\(first)") == "409 BlobOverwritten")
    }

    @Test("An incremental copy follows the snapshots of one blob and is read by snapshots of its own")
    func incrementalCopies() async throws {
        let account = try await account()
        let first = try await snapshot(account)
        try await write(account, 0..<512)
        let second = try await snapshot(account)
        func copy(_ source: String) async throws -> BlobTestAnswer {
            try await account.send(
                .put, "/box/backup", "comp=incrementalcopy", [("x-ms-copy-source", "\(Self.url)/box/\(source)")],
                body: Data())
        }
        #expect(try await copy("disk").outcome == "409 IncrementalCopySourceMustBeSnapshot")
        #expect(try await copy("disk?snapshot=\(first)").outcome == "202")
        #expect(try await copy("disk?snapshot=\(second)").outcome == "202")
        #expect(
            try await copy("disk?snapshot=\(first)").outcome == "409 IncrementalCopyOfEarlierSnapshotNotAllowed")
        let properties = try await account.send(.head, "/box/backup")
        #expect(properties["x-ms-incremental-copy"] == "true")
        let id = try #require(properties["x-ms-copy-destination-snapshot"])
        #expect(
            try await account.send(.get, "/box/backup").outcome == "409 OperationNotAllowedOnIncrementalCopyBlob")
        let data = try await account.send(.get, "/box/backup", "snapshot=\(id)").data()
        #expect(data == Data(repeating: 7, count: 512) + Data(count: 3584))
        let metadata = try await account.send(.put, "/box/backup", "comp=metadata")
        #expect(metadata.outcome == "409 OperationNotAllowedOnIncrementalCopyBlob")
        let list = try await account.send(.get, "/box", "restype=container&comp=list&include=copy").text()
        #expect(list.contains("<IncrementalCopy>true</IncrementalCopy>"))
        #expect(list.contains("<DestinationSnapshot>\(id)</DestinationSnapshot>"))
        try await account.send(
            .put, "/box/other", "", [("x-ms-blob-type", "PageBlob"), ("x-ms-blob-content-length", "512")],
            body: Data())
        let mismatch = try await account.send(
            .put, "/box/other", "comp=incrementalcopy",
            [("x-ms-copy-source", "\(Self.url)/box/disk?snapshot=\(second)")], body: Data())
        #expect(mismatch.outcome == "409 IncrementalCopyBlobMismatch")
    }
}
