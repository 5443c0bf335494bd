import Foundation

/// How long the nodes of pools have been there, half hour by half hour, as far as it was measured.
struct PoolUsage: Sendable {
    /// The nodes of one size of a pool in one interval.
    struct Key: Sendable, Hashable {
        /// The id of the pool.
        let pool: String
        let vmSize: String
        /// Which half hour since 1970.
        let interval: Int64
    }

    /// An entry of the list.
    struct Entry: Sendable, Hashable {
        let key: Key
        let nodeSeconds: Double

        var start: Date { Date(timeIntervalSince1970: Double(key.interval) * PoolUsage.intervalLength) }
        var end: Date { start + PoolUsage.intervalLength }
        var coreHours: Double { nodeSeconds / 3600 * Double(VMSizeName.cores(key.vmSize)) }
    }

    /// How long an interval is: half an hour.
    static let intervalLength: TimeInterval = 1800
    /// How many intervals are kept: those of a week.
    static let keptIntervals: Int64 = 336

    private var seconds: [Key: Double] = [:]
    private var lastMeasured: Date?
    private var newest: Int64 = .min

    /// Adds the time since the last measurement, if it was no longer ago than two.
    mutating func measure(_ pools: some Sequence<PoolRecord>, now: Date) {
        let elapsed = lastMeasured.map { now.timeIntervalSince($0) } ?? 0
        lastMeasured = now
        let interval = Self.interval(of: now)
        forget(before: interval)
        guard elapsed > 0, elapsed <= 2 * (AutoscaleHistory.interval / .seconds(1)) else { return }
        for pool in pools {
            let nodes = pool.nodes.records.count { ![.creating, .deallocated].contains($0.state) }
            guard nodes > 0 else { continue }
            let size = pool.properties["vmSize"]?.string?.lowercased() ?? ""
            seconds[Key(pool: pool.id, vmSize: size, interval: interval), default: 0] += Double(nodes) * elapsed
        }
    }

    private mutating func forget(before interval: Int64) {
        guard interval != newest else { return }
        newest = interval
        seconds = seconds.filter { $0.key.interval > interval - Self.keptIntervals }
    }

    /// The intervals that lie in a time, those of the last one that is over unless told otherwise.
    func entries(from start: Date?, to end: Date?, now: Date) -> [Entry] {
        let last = min(end ?? now, now)
        let first = start ?? last - 2 * Self.intervalLength
        let found = seconds.map { Entry(key: $0.key, nodeSeconds: $0.value) }.filter {
            $0.end <= last && $0.start >= first
        }
        let newest = found.map(\.key.interval).max()
        return found.filter { start != nil || $0.key.interval == newest }.sorted {
            ($0.key.interval, $0.key.pool, $0.key.vmSize) < ($1.key.interval, $1.key.pool, $1.key.vmSize)
        }
    }

    private static func interval(of date: Date) -> Int64 {
        Int64(exactly: (date.timeIntervalSince1970 / intervalLength).rounded(.down)) ?? 0
    }
}

extension VMSizeName {
    /// How many processors a machine of a size has: the first number in the name of its family.
    static func cores(_ name: String) -> Int {
        let parts = name.split(separator: "_")
        let family = parts.count > 1 ? parts[1] : ""
        return Int(family.drop { !$0.isNumber }.prefix { $0.isNumber }).map { max(1, $0) } ?? 1
    }
}

extension BatchOperations {
    func poolUsage(_ call: BatchCall) async throws -> BatchAnswer {
        let (start, end) = (try call.time("startTime"), try call.time("endtime"))
        let entries = await engine.read { state, now in state.usage.entries(from: start, to: end, now: now) }
        let shown = entries.enumerated().map { (key: Self.key($0.offset), value: renderer.usage($0.element)) }
        return list(shown, kind: "poolusagemetrics", call: call)
    }
}

extension BatchCall {
    /// A moment in the query.
    fileprivate func time(_ name: String) throws -> Date? {
        guard let text = request.query[name] else { return nil }
        guard let time = BatchTime.parse(text) else {
            throw BatchServiceError.invalidQuery(name, text, "It is no date.")
        }
        return time
    }
}

extension BatchRenderer {
    fileprivate func usage(_ entry: PoolUsage.Entry) -> JSONValue {
        [
            "poolId": .string(entry.key.pool), "vmSize": .string(entry.key.vmSize),
            "startTime": time(entry.start) ?? .null, "endTime": time(entry.end) ?? .null,
            "totalCoreHours": .number(entry.coreHours),
        ]
    }
}
