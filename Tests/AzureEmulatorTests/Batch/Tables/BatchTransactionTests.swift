import AzureCore
import AzureTesting
import Foundation
import Testing

@testable import AzureEmulator

@Suite("Transactions of the emulated Batch service", .timeLimit(.minutes(5)))
struct BatchTransactionTests {
    /// Tables whose transactions end when a test says how.
    private actor SlowTables: BatchTables {
        struct DiskFull: Error {}

        private(set) var commits: [BatchChanges] = []
        private var isOpen = false
        private var waiting: [CheckedContinuation<Void, any Error>] = []
        let (begun, isBegun) = AsyncStream.makeStream(of: Void.self)

        func load() -> KeptBatch { KeptBatch() }

        func close() {}

        func commit(_ changes: BatchChanges) async throws {
            commits.append(changes)
            isBegun.yield()
            if !isOpen { try await withCheckedThrowingContinuation { waiting.append($0) } }
        }

        /// Ends the transactions that are under way, and from now on each at once.
        func open() {
            isOpen = true
            for call in waiting { call.resume() }
            waiting = []
        }

        func end() { waiting.removeFirst().resume() }

        func fail() { waiting.removeFirst().resume(throwing: DiskFull()) }
    }

    private struct Fixture {
        let engine: BatchEngine
        let tables: SlowTables
        let clock: ManualClock

        func createPool(_ id: String) async throws {
            try await engine.perform { state, now in
                _ = state.createPool(
                    PoolRecord(
                        id: id, created: now, properties: [:], version: BatchResourceVersion(now: now),
                        stateTime: now, allocationTime: now, targetDedicated: 1, targetLowPriority: 0), now: now)
            }
        }

        func node(of pool: String) async -> NodeRecord.State? {
            await engine.read { state, _ in state.pools[pool]?.nodes.records.first { _ in true }?.state }
        }

        /// Returns when a transaction has begun.
        func begun() async {
            for await _ in tables.begun { return }
        }
    }

    private func with(_ body: (Fixture) async throws -> Void) async throws {
        let root = FileManager.default.temporaryDirectory.path + "/azure-engine-test-\(UUID().uuidString)"
        let directory = try await EmulatorDirectory.take(root, for: EmulatorInstance())
        defer { FileTree.remove(root) }
        let clock = ManualClock()
        let agent = NodeAgent(
            directory: directory, instance: EmulatorInstance(), runner: ScriptedRunner(), account: "local",
            accountURL: "http://127.0.0.1", transport: MockTransport(), timeSource: clock.timeSource)
        let tables = SlowTables()
        let engine = BatchEngine(agent: agent, nodeQuota: 10, tables: tables, timeSource: clock.timeSource)
        do {
            try await body(Fixture(engine: engine, tables: tables, clock: clock))
        } catch {
            Issue.record(error)
        }
        await tables.open()
        await engine.stop()
    }

    @Test("What follows from a call waits until the call is kept, and so does its answer")
    func order() async throws {
        try await with { fixture in
            async let created: Void = fixture.createPool("a")
            await fixture.begun()
            // The rules have been followed, and nothing has been done yet.
            #expect(await fixture.node(of: "a") == .creating)
            await fixture.tables.end()
            try await created
            // The node is made after that, which is a transaction of its own.
            await fixture.begun()
            #expect(await fixture.node(of: "a") == .idle)
            let commits = await fixture.tables.commits
            #expect(commits.first?.changes.map(\.key).contains(.pool("a")) == true)
            #expect(commits.first?.lastNode == 1)
        }
    }

    @Test("Calls that come while others are being kept are kept together")
    func together() async throws {
        try await with { fixture in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await fixture.createPool("first") }
                await fixture.begun()
                for id in ["a", "b", "c"] { group.addTask { try await fixture.createPool(id) } }
                while await fixture.engine.read({ state, _ in state.pools.count }) < 4 { await Task.yield() }
                await fixture.tables.end()
                await fixture.begun()
                let second = await fixture.tables.commits[1].changes.map(\.key)
                for id in ["a", "b", "c"] { #expect(second.contains(.pool(id))) }
                await fixture.tables.open()
                try await group.waitForAll()
            }
        }
    }

    @Test("What cannot be kept is an error, is not followed by anything, and is kept with what comes next")
    func failure() async throws {
        try await with { fixture in
            let refused = Task { try await fixture.createPool("a") }
            await fixture.begun()
            await fixture.tables.fail()
            await #expect(throws: SlowTables.DiskFull.self) { try await refused.value }
            #expect(await fixture.node(of: "a") == .creating)
            async let created: Void = fixture.createPool("b")
            await fixture.begun()
            let keys = await fixture.tables.commits[1].changes.map(\.key)
            #expect(keys.contains(.pool("a")) && keys.contains(.pool("b")))
            await fixture.tables.open()
            try await created
            await fixture.engine.wait { $0.pools["a"]?.nodes.records.allSatisfy { $0.state == .idle } == true }
        }
    }

    @Test("What could not be kept is tried again by itself")
    func again() async throws {
        try await with { fixture in
            let refused = Task { try await fixture.createPool("a") }
            await fixture.begun()
            await fixture.tables.fail()
            await #expect(throws: SlowTables.DiskFull.self) { try await refused.value }
            await fixture.clock.waitForSleepers(1)
            fixture.clock.advance(by: .seconds(1))
            await fixture.begun()
            #expect(await fixture.tables.commits[1].changes.map(\.key).contains(.pool("a")))
            await fixture.tables.end()
        }
    }

    @Test("Who follows the changes gets the keys of each transaction, and sees by its number when some were lost")
    func follow() async throws {
        try await with { fixture in
            await fixture.tables.open()
            let news = await fixture.engine.follow()
            try await fixture.createPool("a")
            var iterator = news.makeAsyncIterator()
            let first = try #require(await iterator.next())
            #expect(first.number == 1 && first.keys.contains(.pool("a")))
            #expect(first.keys.contains { if case .node(pool: "a", _) = $0 { true } else { false } })
            let slow = await fixture.engine.follow()
            for index in 0...BatchFollowers.limit { try await fixture.createPool("p\(index)") }
            try await fixture.createPool("last")
            await fixture.engine.stop()
            var numbers: [Int] = []
            for await piece in slow { numbers.append(piece.number) }
            #expect(numbers.count == BatchFollowers.limit)
            #expect(try #require(numbers.first) > 2)
            #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 + 1 == $1 })
        }
    }
}
