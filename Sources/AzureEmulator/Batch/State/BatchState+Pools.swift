import Foundation

extension BatchState {
    /// Adds a pool and begins to allocate its nodes; false when the id is taken.
    mutating func createPool(_ pool: PoolRecord, now: Date) -> Bool {
        guard pools.insert(pool, id: pool.id) else { return false }
        allocate(pool.id, removing: .requeue, now: now)
        limitResize(of: pool.id, to: nil, now: now)
        beginMeasuring()
        if let autoscale = pool.autoscale { enableAutoscale(pool.id, autoscale, now: now) }
        return true
    }

    /// Gives a pool other properties, and other file systems for nodes that start from now on.
    mutating func changePool(_ id: String, _ properties: JSONValue, mounts: [NodeMount]?, now: Date) {
        pools[id]?.properties = properties
        pools[id]?.version = BatchResourceVersion(now: now)
        if let mounts { pools[id]?.mounts = mounts }
        schedule(now: now)
    }

    /// Gives a pool other targets.
    mutating func resizePool(
        _ id: String, dedicated: Int, lowPriority: Int, removing: NodeRemoval, timeout: Duration? = nil, now: Date
    ) {
        pools[id]?.targetDedicated = dedicated
        pools[id]?.targetLowPriority = lowPriority
        pools[id]?.version = BatchResourceVersion(now: now)
        allocate(id, removing: removing, now: now)
        limitResize(of: id, to: timeout, now: now)
        schedule(now: now)
    }

    /// Leaves a pool with the nodes that it has.
    mutating func stopResize(_ id: String, now: Date) {
        for isDedicated in [true, false] { _ = keepNodes(of: id, isDedicated: isDedicated, most: .max) }
        guard let pool = pools[id] else { return }
        pools[id]?.targetDedicated = pool.count(isDedicated: true)
        pools[id]?.targetLowPriority = pool.count(isDedicated: false)
        pools[id]?.setAllocation(.stopping, now: now)
        settle(id, now: now)
        schedule(now: now)
    }

    /// Takes nodes away, and lowers the targets by as many. One that is named twice, or on its way out, does not count.
    mutating func removeNodes(
        _ nodes: [String], from id: String, removing: NodeRemoval, timeout: Duration? = nil, now: Date
    ) {
        for node in nodes {
            guard let pool = pools[id], let record = pool.nodes[node], record.state != .leavingPool,
                !record.leavesWhenEmpty
            else { continue }
            if record.isDedicated {
                pools[id]?.targetDedicated = max(0, pool.targetDedicated - 1)
            } else {
                pools[id]?.targetLowPriority = max(0, pool.targetLowPriority - 1)
            }
            remove(NodeKey(pool: id, node: record.id), removing, now: now)
        }
        pools[id]?.setAllocation(.resizing, now: now)
        pools[id]?.resizeErrors = []
        limitResize(of: id, to: timeout, now: now)
        settle(id, now: now)
    }

    /// Deletes a pool once its nodes are gone. Their tasks go back into the queue.
    mutating func deletePool(_ id: String, now: Date) {
        guard let pool = pools[id] else { return }
        pools[id]?.state = .deleting
        pools[id]?.stateTime = now
        for node in pool.nodes.records { remove(NodeKey(pool: id, node: node.id), .requeue, now: now) }
        settle(id, now: now)
    }

    /// Makes or removes nodes until a pool has what it should.
    private mutating func allocate(_ id: String, removing: NodeRemoval, now: Date) {
        pools[id]?.setAllocation(.resizing, now: now)
        pools[id]?.resizeErrors = []
        for isDedicated in [true, false] {
            guard let pool = pools[id] else { return }
            let target = isDedicated ? pool.targetDedicated : pool.targetLowPriority
            let staying = pool.nodes.records.filter {
                $0.isDedicated == isDedicated && $0.state != .leavingPool && !$0.leavesWhenEmpty
            }
            var missing = target - staying.count
            if missing > 0 {
                missing -= keepNodes(of: id, isDedicated: isDedicated, most: missing)
                let total = pools.records.reduce(0) { $0 + $1.nodes.count }
                let granted = min(missing, max(0, nodeQuota - total))
                addNodes(granted, to: id, isDedicated: isDedicated, now: now)
                if granted < missing { noteQuota(id, isDedicated: isDedicated) }
            } else if missing < 0 {
                // Idle nodes first, then those with the least to lose.
                for node in staying.sorted(by: { $0.usedSlots < $1.usedSlots }).prefix(-missing) {
                    remove(NodeKey(pool: id, node: node.id), removing, now: now)
                }
            }
        }
        settle(id, now: now)
    }

    /// Keeps nodes that were to go once their tasks have ended, and returns how many.
    mutating func keepNodes(of id: String, isDedicated: Bool, most: Int) -> Int {
        let waiting = (pools[id]?.nodes.records.filter { $0.isDedicated == isDedicated && $0.leavesWhenEmpty } ?? [])
            .filter { $0.state != .leavingPool }.prefix(most)
        for node in waiting { pools[id]?.nodes[node.id]?.leavesWhenEmpty = false }
        return waiting.count
    }

    /// Adds nodes, each with the least number that no other has.
    private mutating func addNodes(_ count: Int, to id: String, isDedicated: Bool, now: Date) {
        let taken = Set(pools[id]?.nodes.records.map(\.number) ?? [])
        let packages = (try? catalog.packages(of: pools[id]?.properties ?? .null)) ?? []
        for number in (0...).lazy.filter({ !taken.contains($0) }).prefix(count) {
            var node = NodeRecord(
                id: nextNodeID(isDedicated: isDedicated), isDedicated: isDedicated, allocated: now, stateTime: now)
            node.number = number
            node.packages = packages
            pools[id]?.nodes.insert(node, id: node.id)
            emit(.makeNode(NodeKey(pool: pools[id]?.id ?? id, node: node.id)))
        }
    }

    private mutating func noteQuota(_ id: String, isDedicated: Bool) {
        pools[id]?.resizeErrors.append([
            "code": isDedicated ? "AccountCoreQuotaReached" : "AccountLowPriorityCoreQuotaReached",
            "message": .string("The account may have no more than \(nodeQuota) nodes"),
            "values": [["name": "Limit", "value": .string("\(nodeQuota)")]],
        ])
    }

    /// Ends a resize when no node is on its way in or out, and a deletion when no node is left.
    mutating func settle(_ id: String, now: Date) {
        guard let state = pools[id]?.state, let allocation = pools[id]?.allocation else { return }
        if state == .deleting, pools[id]?.nodes.isEmpty == true {
            pools.remove(id)
            return
        }
        guard allocation != .steady, pools[id]?.nodes.index.movingCount == 0 else { return }
        pools[id]?.setAllocation(.steady, now: now)
        pools[id]?.resizeDeadline = nil
    }
}
