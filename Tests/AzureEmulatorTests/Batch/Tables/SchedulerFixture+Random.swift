import AzureTesting
import Foundation

@testable import AzureEmulator

extension SchedulerFixture {
    /// Does one of the things at random that may happen to a pool and four jobs.
    ///
    /// - Parameters:
    ///   - step: A number that no other step has.
    ///   - running: The runs that have begun and not ended.
    mutating func doSomething(_ step: Int, _ running: inout [RunKey], _ dice: inout SeededGenerator) {
        let job = "job\(Int.random(in: 0..<4, using: &dice))"
        switch Int.random(in: 0..<17, using: &dice) {
        case 0...1: addRandomJob(job, &dice)
        case 2...5: addRandomTask("t\(step)", to: job, &dice)
        case 6...9:
            running += takeStarted().map(\.run)
            guard let index = running.indices.randomElement(using: &dice) else { return }
            end(running.remove(at: index), Int32.random(in: 0...1, using: &dice))
        case 10:
            change { state, now in
                guard let task = state.jobs[job]?.tasks.records.map(\.id).randomElement(using: &dice) else { return }
                if step.isMultiple(of: 2) {
                    state.deleteTask(job, task, now: now)
                } else {
                    _ = state.terminateTask(job, task, now: now)
                }
            }
        case 11: changeJob(job, step)
        case 12:
            let nodes = Int.random(in: 0...4, using: &dice)
            change { state, now in
                state.resizePool("pool", dedicated: nodes, lowPriority: 1, removing: .requeue, now: now)
            }
        case 13:
            change { state, now in
                let certificate = CertificateRecord(thumbprint: "ab\(step % 3)", algorithm: "sha1", stateTime: now)
                if !state.addCertificate(certificate) { state.deleteCertificate(certificate, now: now) }
                state.changePool("pool", ["id": "pool", "taskSlotsPerNode": 2], mounts: nil, now: now)
            }
        case 14: restartRandomNode(&dice)
        case 15: if step.isMultiple(of: 2) { finishRestarts() } else { change { $0.measurePools(now: $1) } }
        default: pass(60)
        }
        // What was to be ended may take its time.
        if !step.isMultiple(of: 3) { endStopped() }
    }

    private mutating func addRandomJob(_ id: String, _ dice: inout SeededGenerator) {
        guard state.jobs[id] == nil else { return }
        var job: JSONValue = ["usesTaskDependencies": true]
        if Bool.random(using: &dice) { job["jobPreparationTask"] = ["commandLine": "prepare"] }
        if Bool.random(using: &dice) { job["jobReleaseTask"] = ["commandLine": "release"] }
        if Int.random(in: 0..<4, using: &dice) == 0 { job["jobManagerTask"] = ["id": "manager", "commandLine": "m"] }
        addJob(id, job)
    }

    private mutating func addRandomTask(_ id: String, to job: String, _ dice: inout SeededGenerator) {
        guard state.jobs[job]?.state == .active else { return }
        let tasks = state.jobs[job]?.tasks.records.map(\.id) ?? []
        let dependsOn: JSONValue = tasks.randomElement(using: &dice).map { ["taskIds": [.string($0)]] } ?? .null
        addTask(
            id,
            [
                "dependsOn": Int.random(in: 0..<3, using: &dice) == 0 ? dependsOn : .null,
                "constraints": ["maxTaskRetryCount": 1],
            ], to: job)
    }

    private mutating func changeJob(_ job: String, _ step: Int) {
        change { state, now in
            switch (step % 5, state.jobs[job]?.state) {
            case (0, .some): state.deleteJob(job, now: now)
            case (1, .active): state.disableJob(job, .requeue, now: now)
            case (2, .active): state.disableJob(job, .terminate, now: now)
            case (3, .disabled): state.enableJob(job, now: now)
            case (4, .active), (4, .disabled):
                if step.isMultiple(of: 3) { state.terminateJob(job, reason: "UserTerminate", now: now) }
            default: break
            }
        }
    }

    private mutating func restartRandomNode(_ dice: inout SeededGenerator) {
        guard let node = nodes.randomElement(using: &dice),
            let restart = NodeRestart.allCases.randomElement(using: &dice)
        else { return }
        let removal: NodeRemoval = [.requeue, .terminate, .taskCompletion][Int.random(in: 0..<3, using: &dice)]
        change { state, now in
            let key = NodeKey(pool: "pool", node: node)
            guard let record = state.pools["pool"]?.nodes[node], record.restart == nil,
                restart == .start ? record.state == .deallocated : [.idle, .running].contains(record.state)
            else { return }
            state.restart(key, restart, removal, now: now)
        }
    }
}
