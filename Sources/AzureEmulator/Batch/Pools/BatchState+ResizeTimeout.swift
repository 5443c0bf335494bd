import Foundation

extension PoolRecord {
    /// The shortest time that a resize may be given: 5 minutes.
    static let minResizeTimeout = Duration.seconds(300)
    /// How long a resize may take unless told otherwise: 15 minutes.
    static let defaultResizeTimeout = Duration.seconds(900)

    /// How long a resize of this pool may take, when the request does not say.
    var resizeTimeout: Duration {
        properties["resizeTimeout"]?.string.flatMap { BatchDuration.parse($0) } ?? Self.defaultResizeTimeout
    }
}

extension BatchState {
    /// Has a resize that has begun end in time. Pools are looked at when they are measured, each 30 seconds.
    mutating func limitResize(of id: String, to timeout: Duration?, now: Date) {
        guard let pool = pools[id], pool.allocation == .resizing else { return }
        let limit = timeout ?? pool.resizeTimeout
        guard limit < .seconds(365 * 86_400) else { return }
        pools[id]?.resizeDeadline = now + limit / .seconds(1)
    }

    /// Ends the resizes whose time is up: nodes that have not come do not come, and those that have not gone stay.
    mutating func checkResizes(now: Date) {
        let late = pools.records.filter { pool in
            pool.state == .active && pool.allocation == .resizing && pool.resizeDeadline.map { $0 <= now } ?? false
        }
        for pool in late {
            pools[pool.id]?.resizeDeadline = nil
            _ = keepNodes(of: pool.id, isDedicated: true, most: .max)
            _ = keepNodes(of: pool.id, isDedicated: false, most: .max)
            for node in pool.nodes.records where node.state == .creating {
                remove(NodeKey(pool: pool.id, node: node.id), .requeue, now: now)
            }
            pools[pool.id]?.resizeErrors.append([
                "code": "AllocationTimedOut",
                "message": "The desired number of nodes could not be allocated or removed within the resize timeout",
            ])
            settle(pool.id, now: now)
            schedule(now: now)
        }
    }
}

extension BatchValidation {
    /// How long a resize may take, if the body says it.
    @discardableResult
    static func resizeTimeout(_ body: JSONValue) throws -> Duration? {
        guard let text = body["resizeTimeout"]?.string, let timeout = BatchDuration.parse(text) else { return nil }
        guard timeout >= PoolRecord.minResizeTimeout else {
            throw BatchServiceError.invalidProperty("resizeTimeout", text, "It must be 5 minutes or more")
        }
        return timeout
    }

    /// The most characters of the name of a user of a pool.
    static let maxAccountName = 20

    /// The users of the nodes of a pool.
    static func userAccounts(_ pool: JSONValue) throws {
        for account in pool["userAccounts"]?.array ?? [] {
            let name = account["name"]?.string ?? ""
            guard (1...maxAccountName).contains(name.count) else {
                throw BatchServiceError.invalidProperty(
                    "userAccounts", name, "The name must have 1 to \(maxAccountName) characters")
            }
        }
    }
}
