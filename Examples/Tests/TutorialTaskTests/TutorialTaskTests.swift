import AzureAuth
import AzureCore
import BlobStorage
import ExampleTestSupport
import Foundation
import SampleSupport
import Testing

@Suite("TutorialTask as a program")
struct TutorialTaskTests {
    private static let program = SiblingProgram.path(of: "TutorialTask")

    private func run(
        _ accounts: TestAccounts, file: String, token: String, count: String = "3"
    ) async throws -> ProgramRun {
        try await ProgramRun.run(
            Self.program,
            [
                "--filepath", file, "--numwords", count, "--storageaccount", accounts.storage.url.absoluteString,
                "--storagecontainer", "output", "--sastoken", token,
            ],
            environment: ["AZ_BATCH_TASK_ID": "task-1", "PATH": "/usr/bin:/bin"])
    }

    private func token(
        _ accounts: TestAccounts, permissions: ContainerSASPermissions = [.write], lifetime: TimeInterval = 3600
    ) throws -> String {
        try accounts.storage.container("output").sharedAccessSignature(
            permissions: permissions, expiresOn: Date(timeIntervalSinceNow: lifetime))
    }

    @Test("It counts, writes the result beside the text, and uploads it with a signature that may only write")
    func counts() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { directory in
                try await accounts.storage.container("output").create()
                let file = try directory.write("b a, b a c", to: "text.txt")
                for prefix in ["", "?"] {
                    let result = try await run(accounts, file: file, token: prefix + token(accounts), count: "2")
                    #expect(result.status == 0, "\(result.errors)")
                    let report = try directory.read("text_OUTPUT.txt")
                    #expect(report.contains("\nb:\t2\na:\t2\n---") && report.contains("\nTask: task-1\n"))
                    let blob = accounts.storage.container("output").blob("text_OUTPUT.txt")
                    #expect(try await blob.download(upTo: 1000) == Data(report.utf8))
                }
            }
        }
    }

    @Test("A signature that has expired, or may not write, is said in one line")
    func signatures() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { directory in
                try await accounts.storage.container("output").create()
                let file = try directory.write("a", to: "text.txt")
                let tokens = try [
                    (token(accounts, lifetime: -60), "AuthenticationFailed"),
                    (token(accounts, permissions: [.read, .list]), "AuthorizationPermissionMismatch"),
                ]
                for (token, code) in tokens {
                    let result = try await run(accounts, file: file, token: token)
                    #expect(result.status == 1)
                    #expect(result.errors.hasPrefix("TutorialTask: \(code) (HTTP 403): "), "\(result.errors)")
                    #expect(result.errors.split(separator: "\n").count == 1)
                    #expect(!result.errors.contains("sig="))
                }
                #expect(try await accounts.blobs(in: "output") == [])
            }
        }
    }

    @Test("A file that is missing or not UTF-8 is said in one line")
    func files() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { directory in
                let token = try token(accounts)
                let missing = try await run(accounts, file: directory.path("missing.txt"), token: token)
                #expect(missing.status == 1)
                #expect(
                    missing.errors.hasPrefix("TutorialTask: the file '\(directory.path("missing.txt"))' cannot be read")
                )
                #expect(missing.errors.split(separator: "\n").count == 1)
                let binary = try directory.write(Data([0xFF]), to: "binary")
                let invalid = try await run(accounts, file: binary, token: token)
                #expect(invalid.status == 1)
                #expect(invalid.errors == "TutorialTask: the file '\(binary)' is not valid UTF-8 at byte 0\n")
            }
        }
    }

    @Test("Without a network it tells its version, and refuses arguments that cannot be right")
    func arguments() async throws {
        let version = try await ProgramRun.run(Self.program, ["--version"])
        #expect(version.status == 0)
        #expect(version.output == "\(PackageVersion.current)\n")
        let wrong = ["--filepath", "-x", "--numwords", "0", "--storageaccount", "a/b", "--storagecontainer", "c"]
        let refused = try await ProgramRun.run(Self.program, wrong + ["--sastoken", "-y"])
        #expect(refused.status != 0)
        #expect(refused.errors.contains("--numwords must be at least 1."))
    }
}
