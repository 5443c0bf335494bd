import ExampleTestSupport
import Foundation
import Synchronization
import Testing

@testable import SampleSupport

/// The exit codes are those by which shells tell of programs that a signal ended: 128 and its number.
@Suite("Runs that are interrupted")
struct InterruptionTests {
    /// Signals that a test sends, and the exit code with which the process would have ended.
    private struct Scripted {
        let send: AsyncStream<Int32>.Continuation
        let exits: AsyncStream<Int32>
        let signals: Signals

        init() {
            let (incoming, send) = AsyncStream.makeStream(of: Int32.self)
            let (exits, exit) = AsyncStream.makeStream(of: Int32.self)
            self.send = send
            self.exits = exits
            signals = Signals(incoming: { incoming }, exit: { exit.yield($0) })
        }
    }

    private func run(_ terminal: ScriptedTerminal, _ footprint: Footprint = Footprint()) -> SampleRun {
        SampleRun(footprint: footprint, console: terminal.console(), cleanupCommand: "Sample cleanup --run r1")
    }

    /// Steps that have begun, and end when they are cancelled.
    private static func endless(_ begun: @escaping @Sendable () -> Void) -> @Sendable () async throws -> Void {
        {
            begun()
            try await Task.sleep(for: .seconds(3600))
        }
    }

    @Test(
        "A signal cancels the steps, and the run cleans up",
        arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func first(signal: Int32, code: Int32) async {
        let (scripted, terminal) = (Scripted(), ScriptedTerminal())
        let cleaned = Mutex(false)
        let result = await run(terminal).run(scripted.signals, steps: Self.endless { scripted.send.yield(signal) }) {
            interruption in
            #expect(interruption.signal == signal)
            #expect(!Task.isCancelled)
            cleaned.withLock { $0 = true }
            return true
        }
        #expect(result == code)
        #expect(cleaned.withLock { $0 })
        #expect(terminal.errorLines == ["Interrupted."])
    }

    @Test("A second signal says what is left, and ends the process at once")
    func second() async {
        let (scripted, terminal, footprint) = (Scripted(), ScriptedTerminal(), Footprint())
        await footprint.add(container: "input-r1")
        await footprint.add(job: "job-r1")
        await footprint.add(pool: "pool-r1", isNew: true)
        let result = await run(terminal, footprint).run(
            scripted.signals, steps: Self.endless { scripted.send.yield(SIGINT) }
        ) { _ in
            await footprint.remove(container: "input-r1")
            scripted.send.yield(SIGINT)
            for await code in scripted.exits {
                #expect(code == 130)
                break
            }
            return true
        }
        #expect(result == 130)
        #expect(
            terminal.errorLines == [
                "Interrupted.", "Not deleted: job [job-r1], pool [pool-r1].",
                "Take it away with: Sample cleanup --run r1",
            ])
    }

    @Test("A signal while somebody is asked takes the place of the answer")
    func question() async {
        let (scripted, terminal) = (Scripted(), ScriptedTerminal())
        let result = await run(terminal).run(scripted.signals, steps: {}) { interruption in
            let answer: Bool? = try? await interruption.cancelling {
                scripted.send.yield(SIGINT)
                try await Task.sleep(for: .seconds(3600))
                return true
            }
            #expect(answer == nil)
            #expect(interruption.signal == SIGINT)
            return true
        }
        #expect(result == 130)
    }

    @Test("What is begun after the signal is cancelled from its start")
    func late() async {
        let scripted = Scripted()
        _ = await run(ScriptedTerminal()).run(scripted.signals, steps: Self.endless { scripted.send.yield(SIGINT) }) {
            interruption in
            let wasCancelled = try? await interruption.cancelling {
                try? await Task.sleep(for: .seconds(3600))
                return Task.isCancelled
            }
            #expect(wasCancelled == true)
            return true
        }
    }

    @Test("Cleaning up that fails names the command that does it, and that is a failure")
    func failedCleanup() async {
        let terminal = ScriptedTerminal()
        let result = await run(terminal).run(.none, steps: {}) { _ in false }
        #expect(result == 1)
        #expect(terminal.errorLines == ["Take it away with: Sample cleanup --run r1"])
    }

    @Test("A run whose steps fail cleans up, too, and ends with 1; one that succeeds ends with 0")
    func ends() async {
        let terminal = ScriptedTerminal()
        #expect(await run(terminal).run(.none, steps: { throw SampleFailure("no luck") }) { _ in true } == 1)
        #expect(terminal.errorLines == ["Error: no luck"])
        #expect(await run(terminal).run(.none, steps: {}) { $0.signal == nil } == 0)
    }

    @Test(
        "Ids of runs can end the names of containers",
        arguments: [
            ("r1", true), ("a-b-1", true), (String(repeating: "a", count: 32), true), ("", false), ("-a", false),
            ("a-", false), ("a--b", false), ("A", false), ("a_b", false), ("a b", false), ("é", false), ("a/b", false),
            (String(repeating: "a", count: 33), false),
        ])
    func ids(text: String, isValid: Bool) {
        #expect((RunID(text) != nil) == isValid)
    }

    @Test("Ids by chance are ids, and differ")
    func randomIDs() {
        let ids = (0..<100).map { _ in RunID.random().description }
        #expect(ids.allSatisfy { RunID($0) != nil })
        #expect(Set(ids).count == 100)
        #expect(RunID("r1")?.name("input") == "input-r1")
    }
}
