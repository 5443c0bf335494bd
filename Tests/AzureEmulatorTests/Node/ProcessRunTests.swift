#if Emulator
import AzureCore
import Foundation
import Testing

@testable import AzureEmulator

extension ProcessFixture {
    fileprivate func start(_ launch: ProcessLaunch, run: UInt64 = 1) -> ProcessRun {
        ProcessRun(launch, mark: instance.mark(run: run), timeSource: .system)
    }
}

@Suite("Runs of a program", .timeLimit(.minutes(5)))
struct ProcessRunTests {
    @Test("The exit code, standard output and standard error of a program are kept")
    func exitCode() async throws {
        try await ProcessFixture.with { fixture in
            let launch = fixture.launch("/bin/sh", "-c", "echo out; echo err >&2; exit 3")
            #expect(await fixture.start(launch).run() == .exited(3))
            #expect(fixture.text("stdout.txt") == "out\n")
            #expect(fixture.text("stderr.txt") == "err\n")
        }
    }

    @Test("Ten megabytes of output go straight to the file")
    func largeOutput() async throws {
        try await ProcessFixture.with { fixture in
            let launch = fixture.launch("head", "-c", "10485760", "/dev/zero")
            #expect(await fixture.start(launch).run() == .exited(0))
            let size = try FileManager.default.attributesOfItem(atPath: "\(fixture.directory)/stdout.txt")[.size]
            #expect(size as? Int == 10_485_760)
        }
    }

    @Test("A program gets its environment, also under names that shells do not know, and nothing of the emulator's")
    func environment() async throws {
        try await ProcessFixture.with { fixture in
            let launch = fixture.launch("/usr/bin/env", environment: ["a.b-c": "1 2", "1st": "x", "PLAIN": "é"])
            #expect(await fixture.start(launch).run() == .exited(0))
            let lines = Set(fixture.text("stdout.txt").split(separator: "\n").map(String.init))
            #expect(lines.isSuperset(of: ["a.b-c=1 2", "1st=x", "PLAIN=é"]))
            let names = Set(lines.compactMap { $0.split(separator: "=").first.map(String.init) })
            let expected: Set = [
                "a.b-c", "1st", "PLAIN", "PATH", "HERE", EmulatorInstance.variable, "PWD", "OLDPWD", "SHLVL", "_",
            ]
            #expect(names.subtracting(expected).isEmpty)
        }
    }

    @Test("Arguments arrive as they are, with no shell in between")
    func arguments() async throws {
        try await ProcessFixture.with { fixture in
            let launch = fixture.launch("printf", "%s|", "a b", "$HOME", "'", "", "*", "\\n")
            #expect(await fixture.start(launch).run() == .exited(0))
            #expect(fixture.text("stdout.txt") == #"a b|$HOME|'||*|\n|"#)
        }
    }

    @Test("Standard input is empty, and no descriptor of the emulator is handed down")
    func descriptors() async throws {
        try await ProcessFixture.with { fixture in
            let launch = fixture.launch("/bin/sh", "-c", "cat; for f in /proc/self/fd/*; do echo ${f##*/}; done")
            #expect(await fixture.start(launch).run() == .exited(0))
            let open = Set(fixture.text("stdout.txt").split(separator: "\n").compactMap { Int($0) })
            #expect(open.isSubset(of: [0, 1, 2, 3, 255]), "\(open)")
        }
    }

    @Test(
        "A program that is not there is told from one that may not be run",
        arguments: ["no-such-program-anywhere", "./missing", "/no/such/path"])
    func missingProgram(_ program: String) async throws {
        try await ProcessFixture.with { fixture in
            #expect(await fixture.start(fixture.launch(program)).run() == .programNotFound(program))
        }
    }

    @Test(
        "A file that may not be executed, and a directory, cannot be launched",
        arguments: ["./plain", "./directory"])
    func notExecutable(_ program: String) async throws {
        try await ProcessFixture.with { fixture in
            try "text".write(toFile: "\(fixture.directory)/plain", atomically: true, encoding: .utf8)
            try FileTree.makeDirectory("\(fixture.directory)/directory")
            guard case .launchFailed = await fixture.start(fixture.launch(program)).run() else {
                Issue.record("it was launched")
                return
            }
        }
    }

    @Test(
        "Names of variables are names, be they like options or programs like variables",
        arguments: ["-i", "--", "-", "-S", "--unset=HERE", "-u", "--help", "--chdir", "a b", "\n", "$(x)", "é"])
    func strangeNames(_ name: String) async throws {
        try await ProcessFixture.with { fixture in
            let environment = [name: "value"]
            let launch = fixture.launch("/usr/bin/env", "-0", environment: environment)
            #expect(await fixture.start(launch).run() == .exited(0))
            let lines = fixture.text("stdout.txt").split(separator: "\0")
            #expect(lines.contains("\(name)=value") && lines.contains { $0.hasPrefix("HERE=") })
        }
    }

    @Test("Programs may have an equals sign or a hyphen in their names", arguments: ["./a=b", "a=b", "-c", "-i"])
    func strangePrograms(_ program: String) async throws {
        try await ProcessFixture.with { fixture in
            let path = "\(fixture.directory)/\(program)"
            try "#!/bin/sh\necho ran $1\n".write(toFile: path, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
            for environment in [[:], ["-x": "1"]] {
                let launch = fixture.launch(
                    program, "-v",
                    environment: environment.merging(["PATH": "\(fixture.directory):/usr/bin:/bin"]) { $1 })
                #expect(await fixture.start(launch).run() == .exited(0))
                #expect(fixture.text("stdout.txt") == "ran -v\n")
            }
        }
    }

    @Test("A program whose PATH has an env of its own gets its variables all the same")
    func ownPath() async throws {
        try await ProcessFixture.with { fixture in
            let path = "\(fixture.directory)/env"
            try "#!/bin/sh\nexit 9\n".write(toFile: path, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
            let launch = fixture.launch(
                "/bin/true", environment: ["a.b": "1", "PATH": fixture.directory])
            #expect(await fixture.start(launch).run() == .exited(0))
        }
    }

    @Test("A program that kills itself is told by its signal")
    func signal() async throws {
        try await ProcessFixture.with { fixture in
            let run = fixture.start(fixture.launch("/bin/sh", "-c", "kill -SEGV $$"))
            #expect(await run.run() == .signaled(11))
        }
    }

    @Test("A program that runs past its limit is stopped")
    func timeLimit() async throws {
        try await ProcessFixture.with { fixture in
            let run = fixture.start(fixture.launch("sleep", "1000", limit: .milliseconds(200)))
            #expect(await run.run() == .timedOut)
            #expect(ProcessTrace.instance(fixture.instance).members(of: SystemProcess.all()).isEmpty)
        }
    }

    @Test("A run that is stopped before it started never starts")
    func stoppedEarly() async throws {
        try await ProcessFixture.with { fixture in
            let run = fixture.start(fixture.launch("/bin/sh", "-c", "echo $$ > pid; exec sleep 1000"))
            run.stop()
            #expect(await run.run() == .stopped)
            if !fixture.text("pid").isEmpty { try #expect(!fixture.isAlive("pid")) }
        }
    }
}

@Suite("Processes that hide from the end of their run", .timeLimit(.minutes(5)))
struct HidingProcessTests {
    /// Ways to start a process that outlives its parent. `CHILD` is the path of a script that notes its number.
    static let ways = [
        "$CHILD &",
        "setsid $CHILD &",
        "setsid -f $CHILD",
        "( ( $CHILD & ) & )",
        "( setsid setsid -f $CHILD & )",
        "env -i $CHILD &",
        "env -i setsid -f $CHILD",
        "cd / && env -i setsid -f $CHILD </dev/null >/dev/null 2>&1",
        "nohup setsid -f $CHILD &",
    ]

    private static let child = """
        #!/bin/sh
        trap '' TERM INT HUP QUIT
        echo $$ > "${0%/*}/child.tmp"; mv "${0%/*}/child.tmp" "${0%/*}/child"
        while :; do sleep 1000; done
        """

    private func prepare(_ fixture: ProcessFixture) throws -> String {
        let path = "\(fixture.directory)/child.sh"
        try Self.child.write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return path
    }

    @Test("No child outlives its task", arguments: ways)
    func outlivingChild(_ way: String) async throws {
        try await ProcessFixture.with { fixture in
            let child = try prepare(fixture)
            let script = "\(way)\nwhile [ ! -e $HERE/child ]; do sleep 0.01; done; exit 5"
            let run = fixture.start(fixture.launch("/bin/sh", "-c", script, environment: ["CHILD": child]))
            #expect(await run.run() == .exited(5))
            try #expect(!fixture.isAlive("child"))
        }
    }

    @Test("No child outlives a task that is stopped", arguments: ways)
    func stoppedChild(_ way: String) async throws {
        try await ProcessFixture.with { fixture in
            let child = try prepare(fixture)
            fixture.makePipe()
            let script = "\(way)\nwhile [ ! -e $HERE/child ]; do sleep 0.01; done; echo $$ > $HERE/ready; sleep 1000"
            let run = fixture.start(fixture.launch("/bin/sh", "-c", script, environment: ["CHILD": child]))
            async let outcome = run.run()
            _ = try await fixture.number()
            try #expect(fixture.isAlive("child"))
            run.stop()
            #expect(await outcome == .stopped)
            try #expect(!fixture.isAlive("child"))
        }
    }

    @Test("A tree that keeps forking is brought down")
    func forkingTree() async throws {
        try await ProcessFixture.with { fixture in
            let script = """
                f() { while :; do setsid sleep 1000 & sleep 0.01; done; }
                f & f & f &
                wait
                """
            let run = fixture.start(fixture.launch("/bin/sh", "-c", script, limit: .milliseconds(300)))
            #expect(await run.run() == .timedOut)
            let trace = ProcessTrace.instance(fixture.instance)
            #expect(trace.members(of: SystemProcess.all()).isEmpty)
        }
    }

    @Test("The end of one run leaves the processes of another alone")
    func otherRun() async throws {
        try await ProcessFixture.with { fixture in
            fixture.makePipe()
            let script = "echo $$ > other; echo $$ > ready; exec sleep 1000"
            let other = fixture.start(fixture.launch("/bin/sh", "-c", script), run: 2)
            async let outcome = other.run()
            _ = try await fixture.number()
            #expect(await fixture.start(fixture.launch("true")).run() == .exited(0))
            try #expect(fixture.isAlive("other"))
            other.stop()
            #expect(await outcome == .stopped)
            try #expect(!fixture.isAlive("other"))
        }
    }
}
#endif
