import AzureCore
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

@Suite("Files where tasks may have been", .timeLimit(.minutes(2)))
struct FileTreeTests {
    private func mode(_ path: String) -> UInt32? { FileStatus(following: path)?.mode }

    private func write(_ text: String, _ path: String) throws {
        try text.write(toFile: path, atomically: false, encoding: .utf8)
    }

    #if os(Linux)
    @Test("A directory that cannot be read is not the same as an empty one")
    func unreadable() async throws {
        // What the system tells of a process can be read as long as the process is there.
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sleep")
        process.arguments = ["1000"]
        let (ended, continuation) = AsyncStream.makeStream(of: Void.self)
        process.terminationHandler = { _ in continuation.finish() }
        try process.run()
        let directory = OpenDirectory("/proc/\(process.processIdentifier)/task")
        let names = try? directory?.names()
        kill(process.processIdentifier, SIGKILL)
        for await _ in ended {}
        #expect(names?.count == 1)
        #expect(throws: OpenDirectory.Unreadable.self) { try directory?.names() }
    }
    #endif

    @Test("Removing a tree removes links, not what they lead to, and directories that nobody may read")
    func removal() async throws {
        try await ProcessFixture.with { fixture in
            let here = fixture.directory
            try FileTree.makeDirectory("\(here)/outside/kept")
            try write("x", "\(here)/outside/file")
            try FileTree.makeDirectory("\(here)/tree/a/b")
            try write("x", "\(here)/tree/a/b/file")
            #expect(symlink("\(here)/outside", "\(here)/tree/a/link") == 0)
            #expect(symlink("../../../outside/file", "\(here)/tree/a/b/link") == 0)
            #expect(mkfifo("\(here)/tree/pipe", 0o600) == 0)
            #expect(chmod("\(here)/tree/a/b", 0) == 0 && chmod("\(here)/tree/a", 0o500) == 0)
            #expect(FileTree.remove("\(here)/tree"))
            #expect(access("\(here)/tree", F_OK) != 0)
            #expect(access("\(here)/outside/kept", F_OK) == 0 && access("\(here)/outside/file", F_OK) == 0)
            #expect(symlink("\(here)/outside", "\(here)/link") == 0)
            #expect(FileTree.remove("\(here)/link") && access("\(here)/outside/file", F_OK) == 0)
            #expect(FileTree.remove("\(here)/missing"))
        }
    }

    @Test("A tree may be deeper than any path can name")
    func deepTree() async throws {
        try await ProcessFixture.with { fixture in
            let path = "deep/" + String(repeating: "dddddddd/", count: 3000)
            close(try FileTree.makeFile("\(path)file", below: fixture.directory))
            #expect(FileTree.remove("\(fixture.directory)/deep"))
            #expect(access("\(fixture.directory)/deep", F_OK) != 0)
        }
    }

    @Test("Below a root no link is followed, neither to remove nor to make")
    func linksBelowARoot() async throws {
        try await ProcessFixture.with { fixture in
            let here = fixture.directory
            try FileTree.makeDirectory("\(here)/victim/job-1/task")
            try write("x", "\(here)/victim/job-1/task/file")
            try FileTree.makeDirectory("\(here)/root/node/workitems")
            #expect(symlink("\(here)/victim", "\(here)/root/node/workitems/job") == 0)
            FileTree.remove("node/workitems/job/job-1/task", below: "\(here)/root")
            #expect(access("\(here)/victim/job-1/task/file", F_OK) == 0)
            #expect(throws: AzureError.self) {
                try FileTree.makeDirectory("node/workitems/job/job-1/other", below: "\(here)/root")
            }
            #expect(throws: AzureError.self) {
                close(try FileTree.makeFile("node/workitems/job/job-1/task/file", below: "\(here)/root"))
            }
            #expect(access("\(here)/victim/job-1/other", F_OK) != 0)
            FileTree.remove("node/workitems/job", below: "\(here)/root")
            #expect(access("\(here)/root/node/workitems/job", F_OK) != 0)
            #expect(access("\(here)/victim/job-1/task/file", F_OK) == 0)
        }
    }

    // A slash ends a name, whatever byte comes next (POSIX, 4.16 Pathname Resolution). Swift's `Character` has a combining
    // mark in it with the slash before.
    @Test("A slash is one with a combining mark behind it, too")
    func combiningMark() async throws {
        for path in ["../\u{301}x", "/\u{301}x", "a/..\u{2F}\u{301}x", "a/\u{301}/../\u{301}x", "..//\u{20E0}"] {
            #expect(!ResourceFile.isSafe(path), "\(path)")
        }
        #expect(ResourceFile.isSafe("a/\u{301}x"))
        try await ProcessFixture.with { fixture in
            let root = "\(fixture.directory)/root"
            try FileTree.makeDirectory(root)
            try FileTree.makeDirectory("\(fixture.directory)/outside")
            try write("x", "\(fixture.directory)/outside/\u{301}kept")
            #expect(symlink("\(fixture.directory)/outside", "\(root)/link") == 0)
            #expect(throws: AzureError.self) { _ = try FileTree.makeFile("link/\u{301}new", below: root) }
            #expect(throws: AzureError.self) { try FileTree.makeDirectory("link/\u{301}new", below: root) }
            FileTree.remove("link/\u{301}kept", below: root)
            #expect(access("\(fixture.directory)/outside/\u{301}new", F_OK) != 0)
            #expect(access("\(fixture.directory)/outside/\u{301}kept", F_OK) == 0)
            let file = try FileTree.makeFile("a/\u{301}b/\u{301}c", below: root)
            close(file)
            #expect(access("\(root)/a/\u{301}b/\u{301}c", F_OK) == 0)
            #expect(FileTree.remove("\(root)/a/\u{301}b") && access("\(root)/a", F_OK) == 0)
        }
    }

    @Test("A new file takes the place of whatever has its name, and is its owner's alone")
    func newFiles() async throws {
        try await ProcessFixture.with { fixture in
            let path = "\(fixture.directory)/stdout.txt"
            try write("victim", "\(fixture.directory)/victim")
            let obstacles: [() -> Int32] = [
                { mkfifo(path, 0o600) }, { mkdir(path, 0o700) }, { symlink("\(fixture.directory)/victim", path) },
                { link("\(fixture.directory)/victim", path) }, { symlink("nowhere", path) }, { 0 },
            ]
            for obstacle in obstacles {
                #expect(obstacle() == 0)
                let file = try FileTree.makeFile(path)
                #expect(FileStatus(file)?.kind == .file && FileStatus(file)?.mode == 0o600)
                close(file)
                #expect(unlink(path) == 0)
                #expect(fixture.text("victim") == "victim")
            }
        }
    }

    @Test("What an emulator makes in a directory of the user's is for nobody else")
    func modes() async throws {
        let root = FileManager.default.temporaryDirectory.path + "/azure-modes-test-\(UUID().uuidString)"
        defer { FileTree.remove(root) }
        let emulator = try BatchFixture.service(nodeRoot: "\(root)/nodes")
        try await emulator.start(endpoint: BatchFixture.endpoint)
        let fixture = BatchFixture(emulator: emulator)
        try await fixture.makeJob()
        _ = try await fixture.run("true")
        await emulator.stop()
        #expect(mode(root) == 0o700 && mode("\(root)/nodes") == 0o700)
        var seen = 0
        for path in FileManager.default.enumerator(atPath: "\(root)/nodes")?.compactMap({ $0 as? String }) ?? [] {
            let status = try #require(FileStatus(following: "\(root)/nodes/\(path)"))
            #expect(status.mode == (status.kind == .directory ? 0o700 : 0o600), "\(path)")
            seen += 1
        }
        #expect(seen > 10)
    }

    #if Emulator
    @Test("A resource file that nobody may write to is fetched all the same; a link on its way is not followed")
    func resourceFiles() async throws {
        let transport = ClosureTransport { _, _, _ in .emulated(200, body: Data("content".utf8)) }
        func file(_ path: String) -> JSONValue {
            ["resourceFiles": [["httpUrl": "http://blobs/c/b", "filePath": .string(path), "fileMode": "0440"]]]
        }
        try await BatchFixture.with(transport: transport) { fixture in
            try await fixture.makeJob()
            let task = try await fixture.run("/bin/sh -c 'cat in.txt; stat -c %a in.txt'", file("in.txt"))
            #expect(task["executionInfo"]?["exitCode"] == 0)
            #expect(try await fixture.taskFile("stdout.txt").text.hasPrefix("content"))
            var retried = file("dir/in.txt")
            retried["constraints"] = ["maxTaskRetryCount": 1]
            let script = "/bin/sh -c 'rm -r dir; ln -s $AZ_BATCH_NODE_SHARED_DIR dir; exit 1'"
            let refused = try await fixture.run(script, id: "link", retried)
            #expect(refused["executionInfo"]?["failureInfo"]?["code"] == "ResourceFileCreateFailed")
        }
    }
    #endif

    @Test("A download whose service sends nothing, or comes back to where it was, ends")
    func endlessDownloads() async throws {
        let transport = ClosureTransport { request, _, _ in
            if request.path?.contains("comp=list") == true {
                let list = "<EnumerationResults><Blobs/><NextMarker>again</NextMarker></EnumerationResults>"
                return .emulated(200, body: Data(list.utf8))
            }
            var response = HTTPTransportResponse.emulated(206, headers: [("Content-Range", "bytes 0-9/100")])
            response.body = HTTPResponseBody(HTTPByteStream(Data()), length: nil)
            return response
        }
        try await BatchFixture.with(transport: transport) { fixture in
            try await fixture.makeJob()
            let one = try await fixture.run(
                "true", id: "one", ["resourceFiles": [["httpUrl": "http://blobs/c/b", "filePath": "a"]]])
            #expect(one["executionInfo"]?["failureInfo"]?["code"] == "BlobDownloadMiscError")
            let all = try await fixture.run(
                "true", id: "all", ["resourceFiles": [["storageContainerUrl": "http://blobs/c"]]])
            #expect(all["executionInfo"]?["failureInfo"]?["code"] == "ResourceContainerListMiscError")
        }
    }
}
