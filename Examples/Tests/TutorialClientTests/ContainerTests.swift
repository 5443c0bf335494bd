import AzureEmulator
import BlobStorage
import ExampleTestSupport
import Foundation
import SampleSupport
import Testing

@Suite("The containers of the tutorial")
struct ContainerTests {
    /// Options that have the containers of texts and results be those that others use, too.
    static let named = ["--input-container", "input", "--output-container", "output"]

    @Test("Containers that were there keep what others put into them, and lose only what the run put there")
    func foreignBlobs() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { directory in
                for name in ["input", "output"] {
                    let container = accounts.storage.container(name)
                    try await container.create()
                    try await container.blob("mine/\(name).txt").upload(Data("mine".utf8))
                }
                let run = try await TutorialRun.run(
                    ["--output", directory.url.path] + Self.named, environment: accounts.environment)
                #expect(run.succeeded, "\(run.terminal.errors)")
                #expect(try await accounts.containers() == ["input", "output"])
                #expect(try await accounts.blobs(in: "input") == ["mine/input.txt"])
                #expect(try await accounts.blobs(in: "output") == ["mine/output.txt"])
                #expect(try directory.read("mine/output.txt") == "mine")
            }
        }
    }

    @Test("A blob of others is never replaced", arguments: [("input", "a.txt"), ("output", "a_OUTPUT.txt")])
    func conflict(container: String, blob: String) async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { directory in
                try await accounts.storage.container(container).create()
                let foreign = accounts.storage.container(container).blob(blob)
                try await foreign.upload(Data("mine".utf8))
                let run = try await TutorialRun.run(
                    ["--output", directory.path("results"), "--input", directory.write("x", to: "a.txt")]
                        + Self.named,
                    environment: accounts.environment)
                #expect(!run.succeeded)
                #expect(run.terminal.errorLines.count == 1)
                #expect(run.terminal.errors.contains("has a blob [\(blob)] that is not from this sample"))
                #expect(try await foreign.download(upTo: 100) == Data("mine".utf8))
                #expect(try await accounts.containers() == [container])
                #expect(try await accounts.jobsAndPools() == [])
            }
        }
    }

    @Test("Containers can be kept, and the next run may replace what is in them")
    func kept() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { directory in
                let arguments = [
                    "--run", "same", "--output", directory.url.path, "--input", try directory.write("x", to: "a.txt"),
                ]
                let first = try await TutorialRun.run(
                    arguments + ["--keep-containers"], environment: accounts.environment)
                #expect(first.succeeded, "\(first.terminal.errors)")
                #expect(try await accounts.containers() == ["application-same", "input-same", "output-same"])
                #expect(try await accounts.blobs(in: "output-same") == ["a_OUTPUT.txt"])
                let second = try await TutorialRun.run(arguments, environment: accounts.environment)
                #expect(second.succeeded, "\(second.terminal.errors)")
                #expect(try await accounts.containers() == ["application-same", "input-same", "output-same"])
                #expect(try await accounts.blobs(in: "output-same") == [])
            }
        }
    }

    @Test("A container that is still being deleted is waited for, and that is said")
    func beingDeleted() async throws {
        var configuration = EmulatorConfiguration()
        configuration.containerDeletionTime = .seconds(6)
        try await withTestAccounts(configuration) { accounts in
            try await withTemporaryDirectory { directory in
                try await accounts.storage.container("application").create()
                try await accounts.storage.container("application").delete()
                let run = try await TutorialRun.run(
                    ["--output", directory.url.path, "--application-container", "application"],
                    environment: accounts.environment)
                #expect(run.succeeded, "\(run.terminal.errors)")
                #expect(
                    run.terminal.output.contains(
                        "Container [application] is still being deleted; waiting up to 0:03:00"))
            }
        }
    }
}
