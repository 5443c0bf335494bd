import BatchService
import ExampleTestSupport
import Foundation
import Testing

@Suite("The tutorial from start to end")
struct TranscriptTests {
    static let transcript = [
        "Sample start: TIME",
        "",
        "Uploading file DIR/TutorialTask to container [application-RUN]...",
        "Uploading file DIR/taskdata1.txt to container [input-RUN]...",
        "Uploading file DIR/taskdata2.txt to container [input-RUN]...",
        "Uploading file DIR/taskdata3.txt to container [input-RUN]...",
        "Creating pool [SwiftTutorialPool-RUN]...",
        "Creating job [SwiftTutorialJob-RUN]...",
        "Adding 3 tasks to job [SwiftTutorialJob-RUN]...",
        "Monitoring all tasks for 'Completed' state, timeout in 0:20:00....",
        "  Success! All tasks reached the 'Completed' state within the specified timeout period.",
        "Downloading all files from container [output-RUN]...",
        "  Downloaded blob [taskdata1_OUTPUT.txt] from container [output-RUN] to DIR/taskdata1_OUTPUT.txt",
        "  Downloaded blob [taskdata2_OUTPUT.txt] from container [output-RUN] to DIR/taskdata2_OUTPUT.txt",
        "  Downloaded blob [taskdata3_OUTPUT.txt] from container [output-RUN] to DIR/taskdata3_OUTPUT.txt",
        "  Download complete!",
        "Deleting containers...",
        "",
        "Sample end: TIME",
        "Elapsed time: SPAN",
        "",
    ]

    static let results = ["taskdata1_OUTPUT.txt", "taskdata2_OUTPUT.txt", "taskdata3_OUTPUT.txt"]

    @Test("With nothing set it runs on an emulator of its own, twice in a row, and the counts are right")
    func emulator() async throws {
        try await withTemporaryDirectory { directory in
            for _ in 1...2 {
                let run = try await TutorialRun.run(["--output", directory.url.path])
                #expect(run.succeeded, "\(run.terminal.errors)")
                #expect(run.transcript.first?.hasPrefix("Working with an emulator inside this program") == true)
                #expect(
                    Array(run.transcript.dropFirst())
                        == Self.transcript + [
                            "Deleting job [SwiftTutorialJob-RUN]...", "Deleting pool [SwiftTutorialPool-RUN]...", "",
                        ])
                #expect(try directory.names() == Self.results)
            }
            let report = try directory.read("taskdata3_OUTPUT.txt").split(separator: "\n").map(String.init)
            let rule = String(repeating: "-", count: 30)
            #expect(report.prefix(6) == ["Word\tCount", rule, "the:\t23", "a:\t14", "and:\t10", rule])
            #expect(report[6].hasPrefix("Node: ") && report[6].count > 6)
            #expect(report[7] == "Task: topNtask2")
            #expect(report[8].wholeMatch(of: /Job:  SwiftTutorialJob-[a-z2-9]{10}/) != nil)
            #expect(report[9].wholeMatch(of: /Pool: SwiftTutorialPool-[a-z2-9]{10}/) != nil)
            #expect(report.count == 10)
        }
    }

    @Test("Somebody at a terminal is asked at the end, and the transcript is the tutorial's")
    func interactive() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { directory in
                let run = try await TutorialRun.run(
                    ["--output", directory.url.path, "--run", "run2345678"], environment: accounts.environment,
                    answers: ["", "n", ""])
                #expect(run.succeeded, "\(run.terminal.errors)")
                #expect(
                    run.transcript
                        == Self.transcript + ["Delete job? [Y/n] Delete pool? [Y/n] ", "Press ENTER to exit..."])
                #expect(try directory.names() == Self.results)
                #expect(try await accounts.containers() == [])
                #expect(try await accounts.jobsAndPools() == ["SwiftTutorialPool-run2345678"])
            }
        }
    }

    @Test("A pool that runs share is used again and stays, and nobody is asked about it")
    func reusedPool() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { directory in
                let arguments = ["--output", directory.url.path, "--reuse-pool"]
                let first = try await TutorialRun.run(arguments, environment: accounts.environment, answers: ["y", ""])
                #expect(
                    first.transcript.suffix(3) == [
                        "Delete job? [Y/n] Keeping pool [SwiftTutorialPool] for the next run.", "",
                        "Press ENTER to exit...",
                    ])
                let run = try await TutorialRun.run(arguments, environment: accounts.environment)
                #expect(run.succeeded, "\(run.terminal.errors)")
                #expect(
                    run.transcript.contains("Pool [SwiftTutorialPool] exists already; its nodes are used as they are."))
                #expect(run.transcript.contains("Keeping pool [SwiftTutorialPool] for the next run."))
                #expect(try await accounts.jobsAndPools() == ["SwiftTutorialPool"])
            }
        }
    }

    @Test("A pool that is named and was there before stays when nobody is asked")
    func namedPool() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { directory in
                let arguments = ["--output", directory.url.path, "--pool", "mine"]
                _ = try await TutorialRun.run(arguments, environment: accounts.environment, answers: ["y", "n", ""])
                let run = try await TutorialRun.run(arguments, environment: accounts.environment)
                #expect(run.succeeded, "\(run.terminal.errors)")
                #expect(run.transcript.contains("Keeping pool [mine], which was there before."))
                #expect(try await accounts.jobsAndPools() == ["mine"])
            }
        }
    }

    @Test("Two runs at once do not get into each other's way")
    func twoAtOnce() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { directory in
                let runs = try await withThrowingTaskGroup(of: TutorialRun.self) { group in
                    for name in ["one", "two"] {
                        let text = try directory.write("\(name) \(name) three", to: "text-\(name).txt")
                        group.addTask {
                            try await TutorialRun.run(
                                ["--output", directory.path("results-\(name)"), "--input", text],
                                environment: accounts.environment)
                        }
                    }
                    return try await group.reduce(into: [TutorialRun]()) { $0.append($1) }
                }
                for run in runs { #expect(run.succeeded, "\(run.terminal.errors)") }
                for name in ["one", "two"] {
                    let results = directory.directory("results-\(name)")
                    #expect(try results.names() == ["text-\(name)_OUTPUT.txt"])
                    #expect(try results.read("text-\(name)_OUTPUT.txt").contains("\n\(name):\t2\n"))
                }
                #expect(try await accounts.containers() == [])
                #expect(try await accounts.jobsAndPools() == [])
            }
        }
    }

    @Test("Each text has a task, whatever its name, and more nodes and words can be asked for")
    func options() async throws {
        try await withTemporaryDirectory { directory in
            let inputs = try [
                directory.write("b a b c", to: "it's a text.v1.txt"), directory.write("", to: "empty"),
                directory.write("\u{FEFF}é e\u{301} é\u{A0}“é”", to: "$HOME & é.md"),
            ]
            let run = try await TutorialRun.run(
                ["--numwords", "2", "--nodes", "2", "--timeout", "5", "--yes", "--output", directory.path("results")]
                    + ["--input"] + inputs,
                answers: [])
            #expect(run.succeeded, "\(run.terminal.errors)")
            let results = directory.directory("results")
            #expect(
                try results.names() == ["$HOME & é_OUTPUT.md", "empty_OUTPUT", "it's a text.v1_OUTPUT.txt"].sorted())
            #expect(try results.read("it's a text.v1_OUTPUT.txt").contains("\nb:\t2\na:\t1\n---"))
            #expect(try results.read("empty_OUTPUT").hasPrefix("Word\tCount\n------------------------------\n----"))
            #expect(
                try results.read("$HOME & é_OUTPUT.md").unicodeScalars
                    .starts(
                        with: "Word\tCount\n------------------------------\n\u{FEFF}é:\t1\ne\u{301}:\t1\n"
                            .unicodeScalars))
            #expect(!run.terminal.output.contains("[Y/n]"))
        }
    }
}
