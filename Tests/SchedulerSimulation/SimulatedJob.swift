#if DEBUG || AZURE_SWIFT_SIMULATION
import AzureTesting
import Foundation

@testable import AzureEmulator

/// A job that a simulation adds, with what it says of its tasks.
struct SimulatedJob {
    let id: String
    /// Which of the pools.
    let pool: Int
    let priority: Int
    let limit: Int?
    let slots: Int
    let retryLimit: Int
    /// On how many nodes each task runs; nil when on one.
    let instances: Int?
    let isPreemptible: Bool
    let usesDependencies: Bool
    /// Of how many runs in a hundred the program fails.
    let failures: Int
    /// How many tasks it gets in all.
    let total: Int
    /// How many it has.
    var added = 0
    var isClosing = false
    var isOver = false

    init(number: Int, _ plan: SimulationPlan, _ generator: inout SeededGenerator) {
        pool = Int.random(in: 0..<SimulationPlan.pools.count, using: &generator)
        let description = SimulationPlan.pools[pool]
        id = "Job-\(number)"
        priority = Int.random(in: -3...3, using: &generator) * 10
        limit = Int.random(in: 0..<4, using: &generator) == 0 ? Int.random(in: 1...40, using: &generator) : nil
        slots = Int.random(in: 1...max(1, description.slots / 2), using: &generator)
        retryLimit = Int.random(in: 0...2, using: &generator)
        instances = description.takesInstances ? Int.random(in: 1...5, using: &generator) : nil
        isPreemptible = description.preempts && priority <= 0
        usesDependencies = Int.random(in: 0..<4, using: &generator) == 0
        failures = usesDependencies ? 1 : [0, 1, 10][Int.random(in: 0...2, using: &generator)]
        // Few are large, as few jobs are.
        let most = Int.random(in: 0..<8, using: &generator) == 0 ? max(200, plan.tasks / 50) : 600
        total = description.takesInstances ? 40 : Int.random(in: 20...most, using: &generator)
    }

    func record(now: Date) -> JobRecord {
        var properties: JSONValue = [
            "id": .string(id), "poolInfo": ["poolId": .string(SimulationPlan.pools[pool].id)],
            "priority": .integer(Int64(priority)), "usesTaskDependencies": .bool(usesDependencies),
            "allowTaskPreemption": .bool(isPreemptible),
            "constraints": ["maxTaskRetryCount": .integer(Int64(retryLimit))],
        ]
        if let limit { properties["maxParallelTasks"] = .integer(Int64(limit)) }
        return JobRecord(
            id: id, created: now, properties: properties, version: BatchResourceVersion(now: now), stateTime: now)
    }

    /// The id of a task. Those that others depend on are numbers, some of them with zeros in front.
    static func taskID(_ place: Int, usesNumbers: Bool) -> String {
        usesNumbers ? (place % 3 == 0 ? "00\(place)" : "\(place)") : "Task-\(place)"
    }

    /// The next task.
    ///
    /// - Parameters:
    ///   - dependencies: The places of those that it waits for.
    ///   - range: The places of more of them.
    func task(_ dependencies: [Int], _ range: ClosedRange<Int>?, affinity: NodeKey?, now: Date) -> TaskRecord {
        let id = Self.taskID(added, usesNumbers: usesDependencies)
        var properties: JSONValue = [
            "id": .string(id), "commandLine": "/bin/sh -c 'exit 0'", "requiredSlots": .integer(Int64(slots)),
        ]
        if let affinity { properties["affinityInfo"] = ["affinityId": .string(affinity.node)] }
        if let instances {
            properties["multiInstanceSettings"] = [
                "numberOfInstances": .integer(Int64(instances)), "coordinationCommandLine": "true",
            ]
        }
        var dependsOn: JSONValue = [:]
        if !dependencies.isEmpty {
            dependsOn["taskIds"] = .array(dependencies.map { .string(Self.taskID($0, usesNumbers: true)) })
        }
        if let range {
            dependsOn["taskIdRanges"] = [
                ["start": .integer(Int64(range.lowerBound)), "end": .integer(Int64(range.upperBound))]
            ]
        }
        if !dependencies.isEmpty || range != nil { properties["dependsOn"] = dependsOn }
        return TaskRecord(id: id, properties: properties, now: now)
    }
}
#endif
