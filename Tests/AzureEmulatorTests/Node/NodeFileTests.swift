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

@Suite("The files of tasks, whatever the tasks made of them", .timeLimit(.minutes(2)))
struct NodeFileTests {
    private func sizes(_ fixture: BatchFixture) async throws -> [String: String] {
        let list = try await fixture.send(.get, "/jobs/job/tasks/task/files", "recursive=true").json
        var sizes: [String: String] = [:]
        for file in list["value"]?.array ?? [] {
            sizes[file["name"]?.string ?? ""] = file["properties"]?["contentLength"]?.string ?? "directory"
        }
        return sizes
    }

    #if Emulator
    @Test("A link has the size and the bytes of what it leads to, and one out of the node does not exist")
    func links() async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob()
            let script = """
                /bin/sh -c 'echo 0123456789 > file; ln -s file link; echo shared > $AZ_BATCH_NODE_SHARED_DIR/s; \
                ln -s $AZ_BATCH_NODE_SHARED_DIR/s shared; ln -s /etc/passwd out; ln -s nowhere broken; ln -s .. up; \
                ln -s / root; mkdir d; ln -s d dlink; echo x > d/in; mkfifo pipe; ln -s pipe plink; ln -s self self'
                """
            #expect(try await fixture.run(script)["executionInfo"]?["exitCode"] == 0)
            let expected = [
                "stdout.txt": "0", "stderr.txt": "0", "wd": "directory", "wd/file": "11", "wd/link": "11",
                "wd/shared": "7", "wd/up": "directory", "wd/d": "directory", "wd/dlink": "directory", "wd/d/in": "2",
            ]
            #expect(try await sizes(fixture) == expected)
            for (name, text) in [("file", "0123456789\n"), ("link", "0123456789\n"), ("shared", "shared\n")] {
                let head = try await fixture.send(.head, "/jobs/job/tasks/task/files/wd%2F\(name)")
                #expect(head.header("Content-Length") == "\(text.utf8.count)")
                #expect(try await fixture.taskFile("wd/\(name)").text == text)
            }
            #expect(try await fixture.taskFile("wd/dlink/in").text == "x\n")
            for name in ["out", "broken", "root/etc/passwd", "pipe", "plink", "self", "up/../../task/stdout.txt"] {
                let answer = try await fixture.taskFile("wd/\(name)")
                #expect(answer.status == 404 && answer.code == "FileNotFound", "\(name)")
            }
        }
    }

    @Test("Deleting takes a link, not what it leads to")
    func deletion() async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob()
            let script = """
                /bin/sh -c 'mkdir d; echo x > d/in; ln -s d dlink; ln -s d/in link; ln -s /etc/passwd out; \
                mkfifo p'
                """
            #expect(try await fixture.run(script)["executionInfo"]?["exitCode"] == 0)
            for name in ["dlink", "link", "out", "p"] {
                let answer = try await fixture.send(
                    .delete, "/jobs/job/tasks/task/files/wd%2F\(name)", "recursive=true")
                #expect(answer.status == 200, "\(name) \(answer.text)")
            }
            #expect(try await fixture.taskFile("wd/d/in").text == "x\n")
            #expect(FileManager.default.fileExists(atPath: "/etc/passwd"))
            #expect(try await fixture.send(.delete, "/jobs/job/tasks/task/files/wd%2Flink").status == 404)
            #expect(try await fixture.send(.delete, "/jobs/job/tasks/task/files/wd%2Fd").status == 409)
        }
    }

    @Test("A link is not followed to a name that begins with a combining mark, which Swift shows as part of the slash")
    func combiningMark() async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob()
            let script = "/bin/sh -c 'mkdir d; echo x > d/\u{301}f; ln -s d link'"
            #expect(try await fixture.run(script)["executionInfo"]?["exitCode"] == 0)
            let files = "/jobs/job/tasks/task/files/wd%2F"
            #expect(try await fixture.send(.delete, "\(files)link%2F%CC%81f").status == 404)
            #expect(try await fixture.send(.get, "\(files)..%2F%CC%81f").status == 404)
            #expect(try await fixture.send(.delete, "\(files)d%2F%CC%81f").status == 200)
        }
    }

    @Test(
        "A task that puts something else in the place of its output is tried again, and the emulator stops",
        arguments: [
            "mkfifo ../stdout.txt", "mkdir -p ../stdout.txt/a", "ln -s /dev/full ../stdout.txt",
            "ln -s /nowhere/at/all ../stdout.txt", "mkfifo ../stdout.txt; chmod 0 ../stdout.txt",
        ])
    func replacedOutput(_ obstacle: String) async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob()
            let script = """
                /bin/sh -c 'echo $AZ_BATCH_TASK_ID; test -e done && exit; touch done; rm ../stdout.txt; \
                \(obstacle); exit 1'
                """
            let task = try await fixture.run(script, ["constraints": ["maxTaskRetryCount": 1]])
            #expect(task["executionInfo"]?["retryCount"] == 1 && task["executionInfo"]?["result"] == "success")
            #expect(try await fixture.taskFile("stdout.txt").text == "task\n")
        }
    }

    @Test("A pipe in the place of the output makes nobody wait who reads it")
    func pipes() async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob()
            _ = try await fixture.run("/bin/sh -c 'rm ../stdout.txt; mkfifo ../stdout.txt'")
            #expect(try await fixture.taskFile("stdout.txt").code == "FileNotFound")
            #expect(try await fixture.send(.head, "/jobs/job/tasks/task/files/stdout.txt").status == 404)
        }
    }
    #endif

    @Test("A file that shrinks while it is read is an error, not a shorter file")
    func shrinking() async throws {
        try await ProcessFixture.with { fixture in
            let path = "\(fixture.directory)/file"
            try Data(count: 1000).write(to: URL(fileURLWithPath: path))
            let file = try #require(NodeFile(path))
            try Data(count: 10).write(to: URL(fileURLWithPath: path), options: [])
            await #expect(throws: AzureError.self) {
                for try await _ in file.chunks(0..<file.status.size) {}
            }
        }
    }

    @Test("Times that no calendar has are told as the nearest that one has")
    func strangeTimes() {
        for seconds in [-1e300, -1e18, 1e18, 1e300] {
            let date = Date(timeIntervalSince1970: seconds)
            let year = seconds < 0 ? "0001-01-01T" : "9999-12-31T"
            #expect(BatchTime.format(date).hasPrefix(year) && ServiceTime.format(date).hasPrefix(year))
        }
        #expect(ServiceTime.format(ticks: .min).hasPrefix("0001-01-01T00:00:00.0000000Z"))
        #expect(ServiceTime.format(ticks: .max) == "9999-12-31T23:59:59.9999999Z")
        for extreme in [Int.min, -1, Int.max] {
            let status = FileStatus(
                kind: .file, size: .max, mode: 0, owner: 0, modified: (Int64(extreme), 999_999_999))
            #expect(status.tag.hasPrefix("0x"))
        }
    }
}
