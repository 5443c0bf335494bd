import Foundation

extension NodeKey: RecordCodable, Comparable {
    static func < (left: NodeKey, right: NodeKey) -> Bool { (left.pool, left.node) < (right.pool, right.node) }

    func write(to row: inout RecordWriter) { row.write(pool, node) }

    init(from row: inout RecordReader) throws { try self.init(pool: row.read(), node: row.read()) }
}

extension NodeRecord.State: RecordCodable {}
extension NodeRestart: RecordCodable {}

extension NodeTaskExecution: RecordCodable {
    func write(to row: inout RecordWriter) {
        row.write(isRunning, startTime, endTime, retryCount, lastRetryTime, outcome)
    }

    init(from row: inout RecordReader) throws {
        try self.init(
            isRunning: row.read(), startTime: row.read(), endTime: row.read(), retryCount: row.readCount(),
            lastRetryTime: row.read(), outcome: row.read())
    }
}

extension ApplicationPackage: RecordCodable {
    func write(to row: inout RecordWriter) { row.write(id, version, path, isDefault) }

    init(from row: inout RecordReader) throws {
        try self.init(id: row.read(), version: row.read(), path: row.read(), isDefault: row.read())
    }
}

extension NodeUser: RecordCodable {
    func write(to row: inout RecordWriter) { row.write(isAdmin, expires) }

    init(from row: inout RecordReader) throws { try self.init(isAdmin: row.read(), expires: row.read()) }
}

extension NodeError: RecordCodable {
    func write(to row: inout RecordWriter) { row.write(code, message, details) }

    init(from row: inout RecordReader) throws {
        try self.init(code: row.read(), message: row.read(), details: row.read())
    }
}

extension NodeLog.Entry: RecordCodable {
    func write(to row: inout RecordWriter) {
        row.write(time)
        switch event {
        case .state(let state):
            row.append(0)
            row.write(state)
        case .task(let key):
            row.append(1)
            row.write(key)
        case .other(let text):
            row.append(2)
            row.write(text)
        }
    }

    init(from row: inout RecordReader) throws {
        let time: Date = try row.read()
        switch try row.byte() {
        case 0: self.init(time: time, event: .state(try row.read()))
        case 1: self.init(time: time, event: .task(try row.read()))
        case 2: self.init(time: time, event: .other(try row.read()))
        default: throw row.damage("An unknown event")
        }
    }
}

/// Its log has rows of its own. What runs on it ends with the process, and is not kept.
extension NodeRecord: RecordCodable {
    func write(to row: inout RecordWriter) {
        row.write(id, isDedicated, allocated, state, stateTime, takesTasks, startTaskInfo, startTask, packages)
        row.write(totalTasksRun, totalTasksSucceeded, leavesWhenEmpty, recentTasks, number, bootTime, restart)
        row.write(isRestarting, waitsForFiles, retainedUntil, users, errors)
    }

    init(from row: inout RecordReader) throws {
        let (id, isDedicated, allocated): (String, Bool, Date) = (try row.read(), try row.read(), try row.read())
        let (state, stateTime): (State, Date) = (try row.read(), try row.read())
        self.init(id: id, isDedicated: isDedicated, allocated: allocated, state: state, stateTime: stateTime)
        takesTasks = try row.read()
        startTaskInfo = try row.read()
        startTask = try row.read()
        packages = try row.read()
        totalTasksRun = try row.readCount()
        totalTasksSucceeded = try row.readCount()
        leavesWhenEmpty = try row.read()
        recentTasks = try row.read()
        number = try row.readCount()
        bootTime = try row.read()
        restart = try row.read()
        isRestarting = try row.read()
        waitsForFiles = try row.read()
        retainedUntil = try row.read()
        users = try row.read()
        errors = try row.read()
    }
}
