#if Emulator
import AzureCore
import AzureTesting
import Foundation
import TestSupport
import Testing

@testable import AzureEmulator

/// The witness is the state itself, and other tables that keep the same rows in memory.
@Suite("SQLite tables of the emulated Batch service", .timeLimit(.minutes(5)))
struct SQLiteBatchTablesTests {
    private func with(_ body: (_ path: String) async throws -> Void) async throws {
        try await withTemporaryDirectory { try await body("\($0.path)/batch.sqlite") }
    }

    /// What is in tables that nobody has open.
    private func load(_ path: String) async throws -> KeptBatch {
        let tables = try await SQLiteBatchTables(path)
        let kept = try await tables.load()
        await tables.close()
        return kept
    }

    @Test("What was committed is there, in its order, whatever has happened", arguments: 1...8 as ClosedRange<UInt64>)
    func random(seed: UInt64) async throws {
        try await with { path in
            var dice = SeededGenerator(seed: seed)
            var fixture = SchedulerFixture(nodes: 3, slots: 2)
            var running: [RunKey] = []
            var step = 0
            for life in 0..<3 {
                let tables = try await SQLiteBatchTables(path)
                if life > 0 { fixture = SchedulerFixture(restoring: try await tables.load(), now: fixture.now + 60) }
                running = []
                for _ in 0..<80 {
                    step += 1
                    fixture.doSomething(step, &running, &dice)
                    if Bool.random(using: &dice) { try await tables.commit(fixture.state.takeChanges()) }
                }
                try await tables.commit(fixture.state.takeChanges())
                await tables.close()
                let loaded = try await load(path)
                try #require(KeptContent(loaded) == KeptContent(fixture.state), "after step \(step)")
                #expect(loaded.lastNode > 3)
            }
        }
    }

    @Test("Lists that go on for ever have their last elements, and no more")
    func tails() async throws {
        try await with { path in
            var fixture = SchedulerFixture(nodes: 1)
            let tables = try await SQLiteBatchTables(path)
            let key = fixture.key()
            for round in 0..<4 {
                for index in 0..<1000 {
                    fixture.now += 30
                    fixture.change { state, now in
                        state.measurePools(now: now)
                        state.pools["pool"]?.nodes[key.node]?.log.add("\(round) \(index)", now: now)
                    }
                }
                try await tables.commit(fixture.state.takeChanges())
            }
            await tables.close()
            let loaded = try await load(path)
            #expect(KeptContent(loaded) == KeptContent(fixture.state))
            #expect(loaded.pools["pool"]?.history.samples.count == AutoscaleHistory.limit)
            #expect(loaded.pools["pool"]?.history.total == 4000)
            #expect(loaded.pools["pool"]?.nodes[key.node]?.log.entries.last?.text == "3 999")
        }
    }

    @Test("A file that is no database, or has a row that is none, is a clear error")
    func damaged() async throws {
        try await with { path in
            try Data("this is no database, and never was one".utf8).write(to: URL(fileURLWithPath: path), options: [])
            await #expect(throws: AzureError.self) { try await SQLiteBatchTables(path) }
        }
        try await with { path in
            do {
                let tables = try await SQLiteBatchTables(path)
                var fixture = SchedulerFixture(nodes: 1)
                fixture.addJob("job-with-a-name")
                try await tables.commit(fixture.state.takeChanges())
                await tables.close()
            }
            let file = URL(fileURLWithPath: path)
            var data = try Data(contentsOf: file)
            while let name = data.range(of: Data("job-with-a-name".utf8)) {
                data.replaceSubrange(name, with: Data(repeating: 0xFF, count: name.count))
            }
            try data.write(to: file, options: [])
            let tables = try await SQLiteBatchTables(path)
            let error = await #expect(throws: AzureError.self) { try await tables.load() }
            #expect(error?.code == .fileError && error?.message.contains("damaged") == true)
        }
    }
}
#endif
