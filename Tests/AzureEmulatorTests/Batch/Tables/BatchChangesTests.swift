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
            change(&fixture, &running, step, &dice)
            rows.apply(fixture.state.takeChanges())
            let differences = rows.differences(from: BatchRows(of: fixture.state))
            #expect(differences.isEmpty, "after step \(step)")
            guard differences.isEmpty else { return }
        }
        #expect(rows.rows.count > 10)
    }

    private func change(
        _ fixture: inout SchedulerFixture, _ running: inout [RunKey], _ step: Int, _ dice: inout SeededGenerator
    ) {
        let job = "job\(Int.random(in: 0..<4, using: &dice))"
        switch Int.random(in: 0..<14, using: &dice) {
        case 0...1: if fixture.state.jobs[job] == nil { fixture.addJob(job, ["usesTaskDependencies": true]) }
        case 2...5:
            guard fixture.state.jobs[job]?.state == .active else { return }
            let tasks = fixture.state.jobs[job]?.tasks.records.map(\.id) ?? []
            let dependsOn: JSONValue = tasks.randomElement(using: &dice).map { ["taskIds": [.string($0)]] } ?? .null
            fixture.addTask(
                "t\(step)",
                ["dependsOn": step.isMultiple(of: 3) ? dependsOn : .null, "constraints": ["maxTaskRetryCount": 1]],
                to: job)
        case 6...8:
            running += fixture.takeStarted().map(\.run)
            guard let index = running.indices.randomElement(using: &dice) else { return }
            fixture.end(running.remove(at: index), Int32.random(in: 0...1, using: &dice))
        case 9:
            fixture.change { state, now in
                guard let task = state.jobs[job]?.tasks.records.map(\.id).first else { return }
                if step.isMultiple(of: 2) {
                    state.deleteTask(job, task, now: now)
                } else {
                    _ = state.terminateTask(job, task, now: now)
                }
            }
            fixture.endStopped()
        case 10:
            fixture.change { state, now in
                if step.isMultiple(of: 4) { state.deleteJob(job, now: now) }
                if step % 4 == 1 { state.disableJob(job, .requeue, now: now) }
                if step % 4 == 2, state.jobs[job]?.state == .disabled { state.enableJob(job, now: now) }
            }
            fixture.endStopped()
        case 11:
            let nodes = Int.random(in: 0...4, using: &dice)
            fixture.change { state, now in
                state.resizePool("pool", dedicated: nodes, lowPriority: 1, removing: .requeue, now: now)
            }
            fixture.endStopped()
        case 12:
            fixture.change { state, now in
                let certificate = CertificateRecord(thumbprint: "ab\(step % 3)", algorithm: "sha1", stateTime: now)
                if !state.addCertificate(certificate) { state.deleteCertificate(certificate, now: now) }
                state.changePool("pool", ["id": "pool", "taskSlotsPerNode": 2], mounts: nil, now: now)
            }
        default: fixture.pass(60)
        }
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
