import Foundation

extension BatchState {
    /// Reboots, reimages, deallocates or starts a node, now or when what runs there has ended.
    mutating func restart(_ key: NodeKey, _ restart: NodeRestart, _ removal: NodeRemoval, now: Date) {
        guard let node = pools[key.pool]?.nodes[key.node] else { return }
        pools[key.pool]?.nodes[key.node]?.restart = restart
        pools[key.pool]?.nodes[key.node]?.waitsForFiles = removal == .retainedData
        if removal == .requeue || removal == .terminate {
            for run in node.runs.sorted(by: { $0.number < $1.number }) {
                end(run, removal == .terminate && runs[run]?.task != nil ? .terminate : .requeue)
            }
        }
        beginRestart(key, now: now)
    }

    /// Has a node restarted that is to be, once nothing runs there.
    mutating func beginRestart(_ key: NodeKey, now: Date) {
        guard let node = pools[key.pool]?.nodes[key.node], let restart = node.restart, !node.isRestarting,
            node.runs.isEmpty, !waitsForFiles(node, now: now)
        else { return }
        pools[key.pool]?.nodes[key.node]?.isRestarting = true
        // Other packages than before come onto a node when it restarts.
        let packages = (try? catalog.packages(of: pools[key.pool]?.properties ?? .null)) ?? []
        pools[key.pool]?.nodes[key.node]?.packages = packages
        pools[key.pool]?.nodes[key.node]?.setState(restart.state, now: now)
        if restart != .start { forgetPreparations(on: key, filesAreGone: restart.removesFiles) }
        emit(.restartNode(key, restart))
    }

    /// The machine of a node is back, or gone.
    mutating func nodeRestarted(_ key: NodeKey, now: Date) {
        guard let node = pools[key.pool]?.nodes[key.node], let restart = node.restart, node.isRestarting,
            node.state == restart.state
        else { return }
        pools[key.pool]?.nodes[key.node]?.restart = nil
        pools[key.pool]?.nodes[key.node]?.isRestarting = false
        if restart.removesFiles {
            pools[key.pool]?.nodes[key.node]?.users = [:]
            pools[key.pool]?.nodes[key.node]?.retainedUntil = nil
        }
        if restart == .deallocate {
            pools[key.pool]?.nodes[key.node]?.setState(.deallocated, now: now)
        } else {
            boot(key, now: now)
        }
        finishJobs(on: key, now: now)
        schedule(now: now)
    }

    /// Whether a node has to stay until the files of its tasks may go. If so, it is looked at again when they may.
    mutating func waitsForFiles(_ node: NodeRecord, now: Date) -> Bool {
        guard node.waitsForFiles, let until = node.retainedUntil, until > now else { return false }
        emit(.wake(after: .seconds(until.timeIntervalSince(now))))
        return true
    }

    /// Looks again at the nodes that wait until the files of their tasks may go.
    mutating func checkRetention(now: Date) {
        for pool in pools.indices {
            for place in pools[pool]?.nodes.index.waitingForFiles.places ?? [] {
                guard let id = pools[pool]?.id, let node = pools[pool]?.nodes[place], node.runs.isEmpty,
                    node.retainedUntil.map({ $0 <= now }) ?? true
                else { continue }
                let key = NodeKey(pool: id, node: node.id)
                if node.leavesWhenEmpty { remove(key, .requeue, now: now) } else { beginRestart(key, now: now) }
            }
        }
    }

    /// Notes how long the files of a task that has ended on a node are kept.
    mutating func keep(_ node: NodeKey, for retention: Duration, now: Date) {
        let until = now.addingTimeInterval(retention / .seconds(1))
        let known = pools[node.pool]?.nodes[node.node]?.retainedUntil ?? until
        pools[node.pool]?.nodes[node.node]?.retainedUntil = max(known, until)
    }

    /// Lets a node take tasks, or keeps tasks from it.
    ///
    /// - Parameters:
    ///   - removal: What becomes of the tasks that run there.
    mutating func setScheduling(_ key: NodeKey, takesTasks: Bool, _ removal: NodeRemoval, now: Date) {
        guard let node = pools[key.pool]?.nodes[key.node] else { return }
        pools[key.pool]?.nodes[key.node]?.takesTasks = takesTasks
        if !takesTasks, removal == .requeue || removal == .terminate {
            for run in node.runs.sorted(by: { $0.number < $1.number }) where runs[run]?.task != nil {
                end(run, removal == .terminate ? .terminate : .requeue)
            }
        }
        schedule(now: now)
    }
}
