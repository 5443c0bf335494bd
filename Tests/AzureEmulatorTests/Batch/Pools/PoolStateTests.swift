import Foundation
import Testing

@testable import AzureEmulator

@Suite("Resizes, use and file systems of pools in the scheduler")
struct PoolStateTests {
    private let now = Date(timeIntervalSince1970: 1_800_000_000)

    private func pool(_ more: JSONValue = [:], nodes: Int = 2) -> PoolRecord {
        var properties: JSONValue = ["id": "pool", "vmSize": "STANDARD_D4s_v3"]
        for (name, value) in more.object ?? [:] { properties[name] = value }
        return PoolRecord(
            id: "pool", created: now, properties: properties, version: BatchResourceVersion(now: now), stateTime: now,
            allocationTime: now, targetDedicated: nodes, targetLowPriority: 0)
    }

    /// The limit, its default and its least value are those of the reference of the REST API; the code is one of
    /// `PoolResizeErrorCodes` of the official .NET client.
    @Test(
        "A resize that takes too long ends with an error, and the pool has the nodes that have come",
        arguments: [nil, 300])
    func resizeTimeout(seconds: Int?) {
        var state = BatchState(nodeQuota: 100)
        let isCreated = state.createPool(pool(seconds.map { ["resizeTimeout": .string("PT\($0)S")] } ?? [:]), now: now)
        #expect(isCreated)
        let made = state.takeEffects().compactMap { effect -> NodeKey? in
            if case .makeNode(let key) = effect { key } else { nil }
        }
        #expect(made.count == 2)
        state.nodeMade(made[0], now: now)
        let limit = TimeInterval(seconds ?? 900)
        state.measurePools(now: now + limit - 1)
        #expect(state.pools["pool"]?.allocation == .resizing)
        state.measurePools(now: now + limit)
        for effect in state.takeEffects() {
            if case .removeNode(let key) = effect { state.nodeGone(key, now: now) }
        }
        #expect(state.pools["pool"]?.allocation == .steady && state.pools["pool"]?.nodes.count == 1)
        #expect(state.pools["pool"]?.resizeErrors.first?["code"] == "AllocationTimedOut")
        #expect(state.pools["pool"]?.targetDedicated == 2)
        // A node that comes too late is none.
        state.nodeMade(made[1], now: now)
        #expect(state.pools["pool"]?.nodes.count == 1)
        state.resizePool(
            "pool", dedicated: 2, lowPriority: 0, removing: .requeue, timeout: .seconds(600), now: now + 2000)
        #expect(state.pools["pool"]?.resizeErrors.isEmpty == true)
        #expect(state.pools["pool"]?.resizeDeadline == now + 2600)
    }

    /// The intervals are those of the reference of the REST API: half an hour each, the last one unless told otherwise.
    @Test("The use of a pool is summed up by half hours")
    func usage() {
        var usage = PoolUsage()
        var record = pool()
        for number in 0..<2 {
            var node = NodeRecord(id: "n\(number)", isDedicated: true, allocated: now, stateTime: now)
            node.state = number == 0 ? .idle : .running
            record.nodes.insert(node, id: node.id)
        }
        record.nodes.insert(NodeRecord(id: "new", isDedicated: true, allocated: now, stateTime: now), id: "new")
        // 1,800,000,000 is where a half hour begins.
        for step in 0...120 { usage.measure([record], now: now + Double(step) * 30) }
        let last = usage.entries(from: nil, to: nil, now: now + 3600)
        #expect(last.map(\.start) == [now + 1800] && last.map(\.end) == [now + 3600])
        // Two nodes of four processors for half an hour, but for the measurement at its very end.
        #expect(abs((last.first?.coreHours ?? 0) - 4) < 0.1)
        #expect(usage.entries(from: now, to: nil, now: now + 3600).count == 2)
        #expect(usage.entries(from: now, to: now + 1800, now: now + 3600).map(\.start) == [now])
        #expect(usage.entries(from: nil, to: nil, now: now + 1000).isEmpty)
        // What lies between two measurements far apart was not measured.
        usage.measure([record], now: now + 90_000)
        #expect(usage.entries(from: now + 3600, to: nil, now: now + 100_000).map(\.nodeSeconds) == [60])
        usage.measure([], now: now + 700_000)
        #expect(usage.entries(from: now, to: nil, now: now + 700_000).isEmpty)
    }

    @Test(
        "The processors of a size stand in its name",
        arguments: [("standard_d2s_v3", 2), ("Standard_E64-16ds_v5", 64), ("basic_a1", 1), ("odd", 1)])
    func cores(name: String, cores: Int) {
        #expect(VMSizeName.cores(name) == cores)
    }

    @Test("A node whose file systems cannot be mounted is unusable, and says why; a reboot tries again")
    func mounts() {
        var state = BatchState(nodeQuota: 100)
        var record = pool(nodes: 1)
        let mount = NodeMount(path: "data", kind: "nfsMountConfiguration", source: .unavailable("no"))
        record.mounts = [mount]
        let isCreated = state.createPool(record, now: now)
        #expect(isCreated)
        guard case .makeNode(let key) = state.takeEffects().first else { return #expect(Bool(false)) }
        state.nodeMade(key, now: now)
        guard case .mount(key, [mount]) = state.takeEffects().first else { return #expect(Bool(false)) }
        #expect(state.pools["pool"]?.nodes[key.node]?.state == .starting)
        state.nodeMounted(key, [.mountFailed(mount, "no")], now: now)
        #expect(state.pools["pool"]?.nodes[key.node]?.state == .unusable)
        #expect(state.pools["pool"]?.nodes[key.node]?.errors.first?.code == "MountConfigurationException")
        state.restart(key, .reboot, .requeue, now: now)
        state.nodeRestarted(key, now: now)
        state.nodeMounted(key, [], now: now)
        #expect(state.pools["pool"]?.nodes[key.node]?.state == .idle)
        #expect(state.pools["pool"]?.nodes[key.node]?.errors.isEmpty == true)
    }
}
