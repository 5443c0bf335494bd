import AzureCore
import BatchModels
import Testing

@testable import BatchService

@Suite("Following a file: decisions")
struct TailStateTests {
    private typealias Run = TailState.Run

    private func state(_ options: BatchFileTailOptions = .init()) -> TailState { TailState(options: options) }

    private func missing() -> AzureError { AzureError(service: .batch, code: .fileNotFound, message: "Gone.") }

    /// A state in which ten bytes of a running task were read.
    private func afterTenBytes(_ options: BatchFileTailOptions = .init()) throws -> TailState {
        var state = state(options)
        try state.noteTask(.running, run: Run())
        try state.noteFile(size: 10)
        try state.noteContent(count: 10)
        state.notePause()
        return state
    }

    @Test(
        "a task that does not run yet is asked for again, and its file is not",
        arguments: [BatchTaskState.active, .preparing])
    func notStarted(state taskState: BatchTaskState) throws {
        var state = state()
        #expect(state.step == .askForTask)
        try state.noteTask(taskState, run: Run())
        #expect(state.step == .pause)
        state.notePause()
        #expect(state.step == .askForTask)
    }

    @Test("a running task without the file is waited for, a completed one is an error")
    func missingFile() throws {
        var state = state()
        try state.noteTask(.running, run: Run())
        #expect(state.step == .askForFile)
        try state.noteMissingFile(missing())
        #expect(state.step == .pause)
        try state.noteTask(.completed, run: Run())
        #expect(throws: AzureError.self) { try state.noteMissingFile(missing()) }
    }

    @Test("what is new is fetched in pieces of 1 MiB, and a short piece is completed")
    func pieces() throws {
        var state = state()
        try state.noteTask(.running, run: Run())
        try state.noteFile(size: 2_500_000)
        #expect(state.step == .fetch(.init(offset: 0, length: 1_048_576)))
        try state.noteContent(count: 1_048_576)
        #expect(state.step == .fetch(.init(offset: 1_048_576, length: 1_048_576)))
        try state.noteContent(count: 1000)
        #expect(state.step == .fetch(.init(offset: 1_049_576, length: 1_048_576)))
        try state.noteContent(count: 1_048_576)
        #expect(state.step == .fetch(.init(offset: 2_098_152, length: 401_848)))
        try state.noteContent(count: 401_848)
        #expect(state.step == .pause)
        #expect(state.offset == 2_500_000)
    }

    @Test("it ends when all was read after the task had completed, and not before")
    func end() throws {
        var state = try afterTenBytes()
        try state.noteTask(.running, run: Run())
        try state.noteFile(size: 10)
        #expect(state.step == .pause)
        state.notePause()
        try state.noteTask(.completed, run: Run())
        try state.noteFile(size: 12)
        #expect(state.step == .fetch(.init(offset: 10, length: 2)))
        try state.noteContent(count: 2)
        #expect(state.step == .end)
        var empty = self.state()
        try empty.noteTask(.completed, run: Run())
        try empty.noteFile(size: 0)
        #expect(empty.step == .end)
    }

    @Test("a file that became shorter is an error, or is read from its start")
    func shorter() throws {
        var failing = try afterTenBytes()
        try failing.noteTask(.running, run: Run())
        let error = #expect(throws: AzureError.self) { try failing.noteFile(size: 9) }
        #expect(error?.code == .fileRewritten)
        #expect(error?.message.contains("10 bytes") == true)
        var following = try afterTenBytes(.init(whenRewritten: .startOver))
        try following.noteTask(.running, run: Run())
        try following.noteFile(size: 4)
        #expect(following.step == .fetch(.init(offset: 0, length: 4)))
    }

    @Test("a run that is another is a rewritten file, however long it is", arguments: [(1, 0), (0, 1)])
    func otherRun(retries: Int, requeues: Int) throws {
        let next = Run(retries: retries, requeues: requeues)
        var failing = try afterTenBytes()
        #expect(throws: AzureError.self) { try failing.noteTask(.running, run: next) }
        var following = try afterTenBytes(.init(whenRewritten: .startOver))
        try following.noteTask(.running, run: next)
        try following.noteFile(size: 30)
        #expect(following.step == .fetch(.init(offset: 0, length: 30)))
    }

    @Test("a run that is another does not matter before there was a file")
    func otherRunBeforeFile() throws {
        var state = state()
        try state.noteTask(.running, run: Run())
        try state.noteMissingFile(missing())
        state.notePause()
        try state.noteTask(.running, run: Run(retries: 1))
        try state.noteFile(size: 3)
        #expect(state.step == .fetch(.init(offset: 0, length: 3)))
    }

    @Test("an offset beyond the end waits for the file to grow")
    func offset() throws {
        var state = state(.init(offset: 100))
        try state.noteTask(.running, run: Run())
        try state.noteFile(size: 50)
        #expect(state.step == .pause)
        try state.noteFile(size: 101)
        #expect(state.step == .fetch(.init(offset: 100, length: 1)))
    }

    @Test("bytes that never come are asked for again, and are an error once the task has completed")
    func noBytes() throws {
        var state = state()
        try state.noteTask(.running, run: Run())
        for _ in 0..<5 {
            try state.noteFile(size: 5)
            try state.noteContent(count: 0)
            #expect(state.step == .pause)
        }
        try state.noteTask(.completed, run: Run())
        try state.noteFile(size: 5)
        #expect(throws: AzureError.self) { try state.noteContent(count: 0) }
    }
}
