import Foundation

extension BatchResourceVersion: RecordCodable {
    func write(to row: inout RecordWriter) { row.write(etag, lastModified) }

    init(from row: inout RecordReader) throws { try self.init(etag: row.read(), lastModified: row.read()) }
}

extension PoolRecord.State: RecordCodable {}
extension PoolRecord.Allocation: RecordCodable {}
extension AutoscaleNames: RecordCodable {}
extension AutoscaleError.Kind: RecordCodable {}

extension PoolResize: RecordCodable {
    func write(to row: inout RecordWriter) { row.write(start, end, targetDedicated, targetLowPriority, errors) }

    init(from row: inout RecordReader) throws {
        try self.init(
            start: row.read(), end: row.read(), targetDedicated: row.readCount(), targetLowPriority: row.readCount(),
            errors: row.read())
    }
}

extension AutoscalePosition: RecordCodable {
    func write(to row: inout RecordWriter) { row.write(line, column) }

    init(from row: inout RecordReader) throws { try self.init(line: row.readCount(), column: row.readCount()) }
}

extension AutoscaleError: RecordCodable {
    func write(to row: inout RecordWriter) { row.write(kind, position, reason) }

    init(from row: inout RecordReader) throws {
        let (kind, position): (Kind, AutoscalePosition?) = (try row.read(), try row.read())
        self.init(kind, at: position, try row.read())
    }
}

extension PoolAutoscale.Run: RecordCodable {
    func write(to row: inout RecordWriter) { row.write(timestamp, results, error) }

    init(from row: inout RecordReader) throws {
        try self.init(timestamp: row.read(), results: row.read(), error: row.read())
    }
}

extension PoolAutoscale: RecordCodable {
    /// The formula is its text, which is read again.
    func write(to row: inout RecordWriter) { row.write(formula.text, interval, names, nextEvaluation, run) }

    init(from row: inout RecordReader) throws {
        guard let formula = try? AutoscaleFormula(row.read()) else { throw row.damage("No formula") }
        let (interval, names): (Duration, AutoscaleNames) = (try row.read(), try row.read())
        guard Self.intervals.contains(interval) else { throw row.damage("No interval") }
        self.init(
            formula: formula, interval: interval, names: names, nextEvaluation: try row.read(), run: try row.read())
    }
}

extension NodeMount: RecordCodable {
    func write(to row: inout RecordWriter) {
        row.write(path, kind)
        switch source {
        case .container(let url): row.write(true, url)
        case .unavailable(let reason): row.write(false, reason)
        }
    }

    init(from row: inout RecordReader) throws {
        let (path, kind): (String, String) = (try row.read(), try row.read())
        let isContainer: Bool = try row.read()
        let text: String = try row.read()
        self.init(path: path, kind: kind, source: isContainer ? .container(url: text) : .unavailable(text))
    }
}

extension AutoscaleSample: RecordCodable {
    func write(to row: inout RecordWriter) {
        row.write(time.ticks, values.activeTasks, values.runningTasks, values.succeededTasks, values.failedTasks)
        row.write(values.dedicatedNodes, values.lowPriorityNodes, values.preemptedNodes, values.usableNodes)
    }

    init(from row: inout RecordReader) throws {
        guard let time = AutoscaleTime(ticks: try row.read()) else { throw row.damage("No time") }
        let values = try Values(
            activeTasks: row.readCount(), runningTasks: row.readCount(), succeededTasks: row.readCount(),
            failedTasks: row.readCount(), dedicatedNodes: row.readCount(), lowPriorityNodes: row.readCount(),
            preemptedNodes: row.readCount(), usableNodes: row.readCount())
        self.init(time: time, values: values)
    }
}

/// Its nodes and what was measured of it have rows of their own. Room that was being made for tasks is not kept, since
/// nothing runs any more.
extension PoolRecord: RecordCodable {
    func write(to row: inout RecordWriter) {
        row.write(id, created, properties, version, state, stateTime, allocation, allocationTime)
        row.write(targetDedicated, targetLowPriority, resizeErrors, resizeDeadline, mounts, autoscale, autoscaleEnabled)
        resizes.write(to: &row)
        evaluations.write(to: &row)
    }

    init(from row: inout RecordReader) throws {
        let (id, created, properties): (String, Date, JSONValue) = (try row.read(), try row.read(), try row.read())
        let (version, state): (BatchResourceVersion, State) = (try row.read(), try row.read())
        let stateTime: Date = try row.read()
        let (allocation, allocationTime): (Allocation, Date) = (try row.read(), try row.read())
        try self.init(
            id: id, created: created, properties: properties, version: version, stateTime: stateTime,
            allocationTime: allocationTime, targetDedicated: row.readCount(), targetLowPriority: row.readCount())
        self.state = state
        self.allocation = allocation
        resizeErrors = try row.read()
        resizeDeadline = try row.read()
        mounts = try row.read()
        autoscale = try row.read()
        autoscaleEnabled = try row.read()
        resizes = try RecentList(limit: PoolResize.limit, from: &row)
        evaluations = try RecentList(limit: PoolAutoscale.maxEvaluations, from: &row)
    }
}
