import Foundation

extension TaskKey: RecordCodable {
    func write(to row: inout RecordWriter) { row.write(job, task) }

    init(from row: inout RecordReader) throws { try self.init(job: row.read(), task: row.read()) }
}

extension RunKey: RecordCodable {
    func write(to row: inout RecordWriter) { row.write(number) }

    init(from row: inout RecordReader) throws { try self.init(number: row.read()) }
}

extension RunEnding: RecordCodable {}
extension TaskFailure.Category: RecordCodable {}
extension TaskRecord.State: RecordCodable {}
extension TaskInstance.State: RecordCodable {}

extension TaskFailure.Detail: RecordCodable {
    func write(to row: inout RecordWriter) { row.write(name, value) }

    init(from row: inout RecordReader) throws { try self.init(name: row.read(), value: row.read()) }
}

extension TaskFailure: RecordCodable {
    func write(to row: inout RecordWriter) { row.write(category, code, message, details) }

    init(from row: inout RecordReader) throws {
        let (category, code): (Category, String) = (try row.read(), try row.read())
        self.init(category, code, try row.read(), details: try row.read())
    }
}

extension TaskOutcome: RecordCodable {
    func write(to row: inout RecordWriter) { row.write(exitCode, failure, wasStopped, mayBeRetried, hasUploadFailed) }

    init(from row: inout RecordReader) throws {
        self.init(exitCode: try row.read(), failure: try row.read())
        wasStopped = try row.read()
        mayBeRetried = try row.read()
        hasUploadFailed = try row.read()
    }
}

extension InstancesEnd: RecordCodable {
    func write(to row: inout RecordWriter) { row.write(outcome, ending) }

    init(from row: inout RecordReader) throws { try self.init(outcome: row.read(), ending: row.read()) }
}

extension TaskInstance: RecordCodable {
    func write(to row: inout RecordWriter) {
        row.write(
            node, run, isCoordinated, state, stateTime, previous?.state, previous?.time, startTime, endTime, outcome)
    }

    init(from row: inout RecordReader) throws {
        let (node, run, isCoordinated): (NodeKey, RunKey?, Bool) = (try row.read(), try row.read(), try row.read())
        let (state, stateTime): (State, Date) = (try row.read(), try row.read())
        self.init(
            node: node, run: run, isCoordinated: isCoordinated, state: state, stateTime: stateTime,
            previous: try row.readPair())
        startTime = try row.read()
        endTime = try row.read()
        outcome = try row.read()
    }
}

extension TaskRun: RecordCodable {
    func write(to row: inout RecordWriter) { row.write(node, slots, placed, start, end) }

    init(from row: inout RecordReader) throws {
        try self.init(node: row.read(), slots: row.read(), placed: row.read(), start: row.read(), end: row.read())
    }
}

extension TaskRecord.Execution: RecordCodable {
    func write(to row: inout RecordWriter) {
        row.write(startTime, endTime, outcome, retryCount, lastRetryTime, requeueCount, lastRequeueTime, node, run)
        row.write(ending, instances, instancesEnd, hasFiles)
        history.write(to: &row)
    }

    init(from row: inout RecordReader) throws {
        self.init()
        startTime = try row.read()
        endTime = try row.read()
        outcome = try row.read()
        retryCount = try row.readCount()
        lastRetryTime = try row.read()
        requeueCount = try row.readCount()
        lastRequeueTime = try row.read()
        node = try row.read()
        run = try row.read()
        ending = try row.read()
        instances = try row.read()
        instancesEnd = try row.read()
        hasFiles = try row.read()
        history = try RecentList(limit: TaskRun.limit, from: &row)
    }
}

extension TaskRecord: RecordCodable {
    func write(to row: inout RecordWriter) {
        row.write(id, created, body, slots, hasDependencies, rules != nil, newConstraints)
        row.write(version, state, satisfiesDependents, stateTime, previous?.state, previous?.time, knownExecution)
    }

    init(from row: inout RecordReader) throws {
        let (id, created, body): (String, Date, Data) = (try row.read(), try row.read(), try row.read())
        let slots = try row.readCount()
        let (hasDependencies, hasRules): (Bool, Bool) = (try row.read(), try row.read())
        let (newConstraints, version): (JSONValue?, BatchResourceVersion) = (try row.read(), try row.read())
        self.init(
            id: id, created: created, body: body, slots: slots, hasDependencies: hasDependencies, hasRules: hasRules,
            newConstraints: newConstraints, version: version)
        state = try row.read()
        satisfiesDependents = try row.read()
        stateTime = try row.read()
        previous = try row.readPair()
        knownExecution = try row.read()
    }
}

extension RecordReader {
    /// A state and its time, which are there both or not at all.
    mutating func readPair<State: RecordCodable>() throws -> (state: State, time: Date)? {
        let (state, time): (State?, Date?) = (try read(), try read())
        guard let state, let time else {
            guard state == nil, time == nil else { throw damage("A state without its time") }
            return nil
        }
        return (state, time)
    }
}
