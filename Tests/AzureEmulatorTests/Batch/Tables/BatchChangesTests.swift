import AzureTesting
import Foundation
import Testing

@testable import AzureEmulator

/// The witness is a look at the whole state.
@Suite("Changes of the emulated Batch service")
struct BatchChangesTests {
    @Test(
        "Whatever happens, the rows that have changed make the rows that there are",
        arguments: 1...20 as ClosedRange<UInt64>)
    func random(seed: UInt64) {
        var dice = SeededGenerator(seed: seed)
        var fixture = SchedulerFixture(nodes: 3, slots: 2)
        var rows = BatchRows()
        var running: [RunKey] = []
        for step in 0..<150 {
            fixture.doSomething(step, &running, &dice)
            rows.apply(fixture.state.takeChanges())
            let differences = rows.differences(from: BatchRows(of: fixture.state))
            #expect(differences.isEmpty, "after step \(step)")
            guard differences.isEmpty else { return }
        }
        #expect(rows.rows.count > 3)
    }

    @Test("A job that is made anew under an id has none of the tasks of the one before")
    func sameID() throws {
        var fixture = SchedulerFixture(nodes: 0)
        var rows = BatchRows()
        fixture.addJob("job")
        fixture.addTask("one", to: "job")
        rows.apply(fixture.state.takeChanges())
        fixture.change { state, now in state.deleteJob("job", now: now) }
        fixture.addJob("JOB")
        fixture.addTask("two", to: "job")
        let changes = fixture.state.takeChanges()
        rows.apply(changes)
        #expect(rows.rows[.task(job: "job", "one")] == nil)
        #expect(rows.rows[.task(job: "job", "two")] != nil)
        #expect(rows.differences(from: BatchRows(of: fixture.state)).isEmpty)
        #expect(changes.changes.map(\.key) == [.job("job"), .job("job"), .task(job: "job", "two")])
    }

    @Test("Nothing has changed when nothing was done, and numbers of nodes are told")
    func nothing() {
        var fixture = SchedulerFixture(nodes: 2)
        #expect(fixture.state.hasChanges)
        #expect(fixture.state.takeChanges().lastNode == 2)
        #expect(!fixture.state.hasChanges)
        #expect(fixture.state.takeChanges().isEmpty)
        fixture.change { state, now in
            _ = state.terminateTask("nowhere", "nothing", now: now)
            state.schedule(now: now)
        }
        #expect(fixture.state.takeChanges().isEmpty)
    }
}
