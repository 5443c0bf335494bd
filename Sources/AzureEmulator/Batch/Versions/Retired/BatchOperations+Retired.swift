import AzureCore
import Foundation

/// Operations that older versions have and the newest has not.
extension BatchOperations {
    /// The node agents with the images that are verified with them. Other images were not listed then.
    func listNodeAgentSKUs(_ call: BatchCall) async throws -> BatchAnswer {
        var agents: [(key: String, value: JSONValue)] = []
        for image in BatchSupportedImages.list(now: timeSource.now()) where image["verificationType"] == "verified" {
            let id = image["nodeAgentSKUId"]?.string ?? ""
            let reference = image["imageReference"] ?? [:]
            if let place = agents.firstIndex(where: { $0.key == id }) {
                let references = agents[place].value["verifiedImageReferences"]?.array ?? []
                agents[place].value["verifiedImageReferences"] = .array(references + [reference])
            } else {
                let osType = image["osType"] ?? "linux"
                agents.append((id, ["id": .string(id), "osType": osType, "verifiedImageReferences": [reference]]))
            }
        }
        return list(agents.sorted { $0.key < $1.key }, kind: "nodeagentskus", call: call)
    }

    /// What all jobs that there are have taken; those that are deleted are not kept.
    func getJobLifetimeStatistics(_ call: BatchCall) async throws -> BatchAnswer {
        let statistics = await engine.read { state, now in
            var statistics = JobStatistics(from: now, now: now)
            for job in state.jobs.records { statistics.add(job) }
            return statistics
        }
        let url = "\(renderer.endpoint)/lifetimejobstats"
        return element(renderer.statistics(statistics, url: url), kind: "jobstats", call: call, version: nil)
    }

    /// The time that the nodes of all pools have been there, those that are gone not counted.
    func getPoolLifetimeStatistics(_ call: BatchCall) async throws -> BatchAnswer {
        let (start, now, time) = await engine.read { state, now in
            let nodes = state.pools.records.flatMap { $0.nodes.records }
            let time = nodes.reduce(0) { $0 + max(0, now.timeIntervalSince($1.allocated)) }
            return (state.pools.records.map(\.created).min() ?? now, now, time)
        }
        var usage: JSONValue = ["dedicatedCoreTime": .string(BatchDuration.format(.seconds(time)))]
        usage["startTime"] = renderer.time(start)
        usage["lastUpdateTime"] = renderer.time(now)
        var json: JSONValue = ["url": .string("\(renderer.endpoint)/lifetimepoolstats"), "usageStats": usage]
        json["startTime"] = renderer.time(start)
        json["lastUpdateTime"] = renderer.time(now)
        return element(json, kind: "poolstats", call: call, version: nil)
    }

    /// Only pools of cloud services had a system to upgrade, and there are none any more.
    func upgradePoolOS(_ call: BatchCall) async throws -> BatchAnswer {
        _ = try await call.body()
        _ = try await engine.read { state, _ in try state.activePool(call).id }
        throw BatchServiceError(
            400, "PoolNotEligibleForOSVersionUpgrade", "The specified pool is not eligible for OS Version upgrade.")
    }

    /// Nor did others have a file for remote desktops.
    func getNodeRemoteDesktop(_ call: BatchCall) async throws -> BatchAnswer {
        try await engine.read { state, _ in
            guard try state.pool(call).nodes[call.ids[1]] != nil else { throw BatchServiceError.notFound("Node") }
        }
        throw BatchServiceError.conflict("OperationNotValidOnNode", "The specified operation is not valid on the node.")
    }
}
