import AzureTesting
import Foundation
import SchedulerSimulation
import Testing

@testable import AzureEmulator

/// The witness is the state at the moment of the last commit, which knew nothing of its end.
@Suite("The emulated scheduler after the end of its process at any moment")
struct SchedulerKillTests {
    @Test("What was kept goes on: nothing is lost, doubled or done again", arguments: 1...60 as ClosedRange<UInt64>)
    func random(seed: UInt64) throws {
        var dice = SeededGenerator(seed: seed)
        var fixture = SchedulerFixture(nodes: 3, slots: 2)
        var step = 0
        var rows = KeptRows()
        for _ in 0..<4 {
            rows.apply(fixture.state.takeChanges())
            var running: [RunKey] = []
            // From some moment on nothing is kept any more.
            let kept = Int.random(in: 0..<80, using: &dice)
            var acknowledged = fixture.state
            for index in 0..<100 {
                step += 1
                fixture.doSomething(step, &running, &dice)
                let changes = fixture.state.takeChanges()
                guard index < kept else { continue }
                rows.apply(changes)
                acknowledged = fixture.state
            }
            let loaded = try rows.load()
            try #require(KeptContent(loaded) == KeptContent(acknowledged), "step \(step)")
            let later = fixture.now + Double(Int.random(in: 0..<1000, using: &dice))
            fixture = SchedulerFixture(restoring: loaded, now: later)
            try check(fixture.state, after: acknowledged)
            try checkRuns(of: fixture.state)
        }
        try finish(&fixture)
    }

    private func check(_ state: BatchState, after acknowledged: BatchState) throws {
        let gone = acknowledged.jobs.records.filter { $0.state == .deleting }.map(\.id)
        let jobs = acknowledged.jobs.records.map(\.id).filter { !gone.contains($0) }
        #expect(state.jobs.records.map(\.id).filter { !gone.contains($0) } == jobs)
        for job in acknowledged.jobs.records where !gone.contains(job.id) {
            let restored = try #require(state.jobs[job.id])
            #expect(restored.tasks.records.map(\.id) == job.tasks.records.map(\.id))
            for task in job.tasks.records {
                let after = try #require(restored.tasks[task.id])
                switch task.state {
                case .completed: #expect(RecordWriter.data(after) == RecordWriter.data(task), "\(job.id)/\(task.id)")
                case .preparing, .running:
                    if task.execution.ending == .terminate { #expect(after.state == .completed) }
                    #expect(after.execution.retryCount == task.execution.retryCount)
                case .active: break
                }
            }
        }
        for pool in acknowledged.pools.records {
            let left = pool.nodes.records.filter { $0.state != .leavingPool && !$0.leavesWhenEmpty }.map(\.id)
            let nodes = state.pools[pool.id]?.nodes.records.map(\.id) ?? []
            #expect(left.allSatisfy { nodes.contains($0) })
        }
    }

    /// Each task that runs has its run, each run has its task and its node, and no task has two.
    private func checkRuns(of state: BatchState) throws {
        #expect(state.indexDifference() == nil)
        var expected: Set<RunKey> = []
        for job in state.jobs.records {
            var counts = TaskCounts()
            for task in job.tasks.records {
                counts.add(task.tally, 1)
                let runs = task.execution.runs
                #expect(runs.isEmpty == ![.preparing, .running].contains(task.state), "\(job.id)/\(task.id)")
                for run in runs {
                    #expect(expected.insert(run).inserted)
                    #expect(state.runs[run]?.task == TaskKey(job: job.id, task: task.id))
                }
            }
            #expect(job.counts == counts)
        }
        #expect(state.runs.keys.filter { state.runs[$0]?.task != nil }.count == expected.count)
    }

    /// Lets everything come to its end, so that nothing waits for ever.
    private func finish(_ fixture: inout SchedulerFixture) throws {
        fixture.change { state, now in
            state.resizePool("pool", dedicated: 3, lowPriority: 0, removing: .requeue, now: now)
            for job in state.jobs.records where job.state == .disabled { state.enableJob(job.id, now: now) }
        }
        for round in 0..<1000 {
            fixture.finishRestarts()
            fixture.endStopped()
            let started = fixture.takeStarted()
            for run in started { fixture.end(run.run) }
            fixture.change { state, now in
                for job in state.jobs.records where job.state == .disabled { state.enableJob(job.id, now: now) }
                for node in state.pools["pool"]?.nodes.records.filter({ $0.state == .deallocated }) ?? [] {
                    state.restart(NodeKey(pool: "pool", node: node.id), .start, .requeue, now: now)
                }
            }
            try checkRuns(of: fixture.state)
            if started.isEmpty, fixture.restarts.isEmpty, fixture.stopped.isEmpty { break }
            try #require(round < 999)
        }
        #expect(fixture.state.runs.isEmpty)
        for job in fixture.state.jobs.records {
            #expect([.active, .completed].contains(job.state), "\(job.id): \(job.state)")
            // What waits still waits for a task that has failed.
            #expect(job.counts.tasks.active == (job.state == .active ? job.blocked.count : 0), "\(job.id)")
        }
        #expect(fixture.state.pools["pool"]?.allocation == .steady)
        #expect(fixture.state.pools["pool"]?.nodes.count == 3)
    }
}
