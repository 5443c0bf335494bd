import AzureCore
import BatchModels
import Foundation
import Testing

@Suite("Shorthands")
struct ShorthandsTests {
    @Test(
        "commands for Linux run in turn in one bash",
        arguments: [
            (["a", "b"], "/bin/bash -c 'set -e; set -o pipefail; a; b'"),
            (["echo 'x y'"], #"/bin/bash -c 'set -e; set -o pipefail; echo '\''x y'\'''"#),
            (["echo $HOME \"$A\""], #"/bin/bash -c 'set -e; set -o pipefail; echo $HOME "$A"'"#),
            (["a;", " ", "b ; "], "/bin/bash -c 'set -e; set -o pipefail; a; b'"),
            (["server &", "client"], "/bin/bash -c 'set -e; set -o pipefail; server & client; wait'"),
            (["a # note", "b"], "/bin/bash -c 'set -e; set -o pipefail; a # note\nb'"),
            (["server &"], "/bin/bash -c 'set -e; set -o pipefail; server & wait'"),
            ([], "/bin/bash -c 'set -e; set -o pipefail; '"),
        ])
    func linux(commands: [String], expected: String) {
        #expect(ShellCommand.linux(commands) == expected)
    }

    @Test(
        "commands for Windows run in turn in one cmd",
        arguments: [
            (["a", "b"], #"cmd.exe /d /s /c "a && b""#),
            (["echo \"x y\""], #"cmd.exe /d /s /c "echo "x y"""#),
            (["a & b", "c"], #"cmd.exe /d /s /c "(a & b) && c""#),
            (["if exist f del f", "c"], #"cmd.exe /d /s /c "(if exist f del f) && c""#),
            (["a | b"], #"cmd.exe /d /s /c "a | b""#),
        ])
    func windows(commands: [String], expected: String) {
        #expect(ShellCommand.windows(commands) == expected)
    }

    @Test(
        "what bash makes of it is what was meant",
        arguments: [
            (["echo 'single' \"double $((1+1))\"", "false", "echo never"], "single double 2\n", Int32(1)),
            (["X=\"it's\"", "echo $X # done", "echo \"\\$X\""], "it's\n$X\n", 0),
            (["exit 3", "echo never"], "", 3), (["false | true", "echo never"], "", 1),
        ])
    func bash(commands: [String], output: String, exitCode: Int32) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", ShellCommand.linux(commands)]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(String(decoding: data, as: UTF8.self) == output)
        #expect(process.terminationStatus == exitCode)
    }

    @Test("files, users, variables and metadata")
    func values() throws {
        #expect(
            try requestText(ResourceFile.url("https://x/b", to: "f", mode: "0755"))
                == #"{"fileMode":"0755","filePath":"f","httpUrl":"https://x/b"}"#)
        #expect(
            try requestText(ResourceFile.container("https://x", prefix: "p/", to: "d", identityID: "/i"))
                == #"{"blobPrefix":"p/","filePath":"d","identityReference":{"resourceId":"/i"},"#
                + #""storageContainerUrl":"https://x"}"#)
        #expect(try requestText(ResourceFile.autoStorage("c")) == #"{"autoStorageContainerName":"c"}"#)
        #expect(
            try requestText(OutputFile.upload("../std*.txt", to: "https://x", path: "logs"))
                == #"{"destination":{"container":{"containerUrl":"https://x","path":"logs"}},"#
                + #""filePattern":"../std*.txt","uploadOptions":{"uploadCondition":"taskcompletion"}}"#)
        #expect(
            try requestText(UserIdentity.poolAdmin) == #"{"autoUser":{"elevationLevel":"admin","scope":"pool"}}"#)
        #expect(try requestText(UserIdentity.account("me")) == #"{"username":"me"}"#)
        #expect([EnvironmentSetting].variables(["B": "2", "A": "1"]).map(\.name) == ["A", "B"])
        #expect([BatchMetadataItem].items(["k": "v"]) == [.init(name: "k", value: "v")])
    }

    @Test("files from and for blobs get URLs that are signed for them")
    func blobs() throws {
        let end = Date(timeIntervalSince1970: 1_767_330_000)
        #expect(
            try requestText(ResourceFile.blob(SignedBlob(), readableUntil: end, mode: "0755"))
                == #"{"fileMode":"0755","filePath":"a/b.txt","httpUrl":"https://x/r-1767330000"}"#)
        #expect(
            try requestText(ResourceFile.blob(SignedBlob(), to: "f", readableUntil: end))
                == #"{"filePath":"f","httpUrl":"https://x/r-1767330000"}"#)
        #expect(
            try requestText(ResourceFile.blobs(of: SignedContainer(), prefix: "p/", to: "d", readableUntil: end))
                == #"{"blobPrefix":"p/","filePath":"d","storageContainerUrl":"https://x/rl-1767330000"}"#)
        #expect(
            try requestText(OutputFile.upload("*.txt", to: SignedContainer(), path: "out", writableUntil: end))
                == #"{"destination":{"container":{"containerUrl":"https://x/w-1767330000","path":"out"}},"#
                + #""filePattern":"*.txt","uploadOptions":{"uploadCondition":"taskcompletion"}}"#)
    }

    @Test("start tasks run their commands in a shell, and tasks wait for their success")
    func startTasks() throws {
        #expect(
            try requestText(
                BatchStartTask.linux(
                    ["a", "b"], resourceFiles: [.url("https://x/b", to: "f")], environment: .variables(["A": "1"]),
                    maxTaskRetryCount: 2, as: .poolAdmin))
                == #"{"commandLine":"/bin/bash -c 'set -e; set -o pipefail; a; b'","#
                + #""environmentSettings":[{"name":"A","value":"1"}],"maxTaskRetryCount":2,"#
                + #""resourceFiles":[{"filePath":"f","httpUrl":"https://x/b"}],"#
                + #""userIdentity":{"autoUser":{"elevationLevel":"admin","scope":"pool"}},"waitForSuccess":true}"#)
        #expect(
            try requestText(BatchStartTask.windows(["a"]))
                == #"{"commandLine":"cmd.exe /d /s /c \"a\"","waitForSuccess":true}"#)
    }

    @Test("tasks that prepare nodes for a job and clean up after it")
    func jobTasks() throws {
        #expect(
            try requestText(BatchJobPreparationTask.linux(["a", "b"], as: .poolAdmin))
                == #"{"commandLine":"/bin/bash -c 'set -e; set -o pipefail; a; b'","rerunOnNodeRebootAfterSuccess":true,"#
                + #""userIdentity":{"autoUser":{"elevationLevel":"admin","scope":"pool"}},"waitForSuccess":true}"#)
        #expect(
            try requestText(BatchJobReleaseTask.windows(["a"], maxWallClockTime: .seconds(60)))
                == #"{"commandLine":"cmd.exe /d /s /c \"a\"","maxWallClockTime":"PT1M"}"#)
        #expect(BatchJobPreparationTask.windows(["a"]).commandLine == ShellCommand.windows("a"))
        #expect(BatchJobReleaseTask.linux(["a"]).commandLine == ShellCommand.linux("a"))
    }
}

private struct SignedBlob: SignedBlobSource {
    let name = "a/b.txt"
    func signedURLForReading(until expiresOn: Date) throws -> URL { try signed("r", expiresOn) }
}

private struct SignedContainer: SignedBlobContainerSource {
    func signedURLForReading(until expiresOn: Date) throws -> URL { try signed("rl", expiresOn) }
    func signedURLForWriting(until expiresOn: Date) throws -> URL { try signed("w", expiresOn) }
}

private func signed(_ rights: String, _ expiresOn: Date) throws -> URL {
    try #require(URL(string: "https://x/\(rights)-\(Int(expiresOn.timeIntervalSince1970))"))
}
