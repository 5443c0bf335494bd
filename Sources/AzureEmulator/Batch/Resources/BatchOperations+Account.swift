import AzureCore

extension BatchOperations {
    func listSupportedImages(_ call: BatchCall) async throws -> BatchAnswer {
        let images = BatchSupportedImages.list(now: timeSource.now()).enumerated()
        return list(images.map { (Self.key($0.offset), $0.element) }, kind: "supportedimages", call: call)
    }

    func listNodeCounts(_ call: BatchCall) async throws -> BatchAnswer {
        let pools = await engine.read { state, _ in Array(state.pools.records) }
        return list(pools.map { ($0.id, Self.nodeCounts($0)) }, kind: "poolnodecounts", call: call)
    }

    /// A key that keeps the order of a list.
    static func key(_ index: Int) -> String {
        let digits = String(index)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    private static func nodeCounts(_ pool: PoolRecord) -> JSONValue {
        func counts(isDedicated: Bool) -> JSONValue {
            let nodes = pool.nodes.records.filter { $0.isDedicated == isDedicated }
            var json: JSONValue = ["total": .integer(Int64(nodes.count(where: { _ in true })))]
            for name in [
                "creating", "idle", "offline", "preempted", "rebooting", "reimaging", "running", "starting",
                "startTaskFailed", "leavingPool", "unknown", "unusable", "waitingForStartTask", "deallocated",
                "deallocating", "upgradingOS",
            ] {
                json[name] = .integer(Int64(nodes.count { $0.state.rawValue == name }))
            }
            return json
        }
        return [
            "poolId": .string(pool.id), "dedicated": counts(isDedicated: true),
            "lowPriority": counts(isDedicated: false),
        ]
    }
}
