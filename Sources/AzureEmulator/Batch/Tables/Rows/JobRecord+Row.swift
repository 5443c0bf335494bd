import Foundation

extension JobRecord.State: RecordCodable {}
extension JobScheduleRecord.State: RecordCodable {}
extension CertificateRecord.State: RecordCodable {}

/// The runs that wait for a node end with the process, and are not kept.
extension JobNode: RecordCodable {
    func write(to row: inout RecordWriter) { row.write(node, number, preparation, release, isPrepared, needsRelease) }

    init(from row: inout RecordReader) throws {
        try self.init(
            node: row.read(), number: row.readCount(), preparation: row.read(), release: row.read(),
            isPrepared: row.read(), needsRelease: row.read())
    }
}

/// Its tasks have rows of their own.
extension JobRecord: RecordCodable {
    func write(to row: inout RecordWriter) {
        row.write(id, created, properties, version, state, stateTime, previous?.state, previous?.time)
        row.write(endTime, terminateReason, schedule, autoPool, nodes, jobNodes, ineligibleNodes)
    }

    init(from row: inout RecordReader) throws {
        let (id, created, properties): (String, Date, JSONValue) = (try row.read(), try row.read(), try row.read())
        let (version, state): (BatchResourceVersion, State) = (try row.read(), try row.read())
        self.init(id: id, created: created, properties: properties, version: version, stateTime: try row.read())
        self.state = state
        previous = try row.readPair()
        endTime = try row.read()
        terminateReason = try row.read()
        schedule = try row.read()
        restore(autoPool: try row.read())
        nodes = try row.read()
        jobNodes = try row.read()
        ineligibleNodes = try row.read()
        support = JobSupport(properties)
    }

    /// Set by an initializer itself, it would not change what follows from it.
    private mutating func restore(autoPool: String?) { self.autoPool = autoPool }
}

extension JobScheduleRecord: RecordCodable {
    func write(to row: inout RecordWriter) {
        row.write(id, created, properties, version, state, stateTime, previous?.state, previous?.time)
        row.write(endTime, nextRunTime, jobCount, recentJob, autoPool)
    }

    init(from row: inout RecordReader) throws {
        let (id, created, properties): (String, Date, JSONValue) = (try row.read(), try row.read(), try row.read())
        self.init(id: id, properties: properties, now: created)
        version = try row.read()
        state = try row.read()
        stateTime = try row.read()
        previous = try row.readPair()
        endTime = try row.read()
        nextRunTime = try row.read()
        jobCount = try row.readCount()
        recentJob = try row.read()
        autoPool = try row.read()
    }
}

extension CertificateRecord: RecordCodable {
    func write(to row: inout RecordWriter) {
        row.write(thumbprint, algorithm, state, stateTime, previous?.state, previous?.time)
    }

    init(from row: inout RecordReader) throws {
        let (thumbprint, algorithm): (String, String) = (try row.read(), try row.read())
        let (state, stateTime): (State, Date) = (try row.read(), try row.read())
        self.init(
            thumbprint: thumbprint, algorithm: algorithm, state: state, stateTime: stateTime,
            previous: try row.readPair())
    }
}
