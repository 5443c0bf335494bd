import AzureTesting
import Foundation

@testable import AzureEmulator

/// Records of the Batch service with anything in them that they can hold.
struct RandomRecords {
    var dice: SeededGenerator

    init(seed: UInt64) { dice = SeededGenerator(seed: seed) }

    private mutating func flag() -> Bool { Bool.random(using: &dice) }

    mutating func count(_ most: Int = 1000) -> Int { Int.random(in: 0...most, using: &dice) }

    private mutating func maybe<Value>(_ make: (inout Self) -> Value) -> Value? { flag() ? make(&self) : nil }

    private mutating func some<Value>(_ most: Int = 4, _ make: (inout Self) -> Value) -> [Value] {
        (0..<count(most)).map { _ in make(&self) }
    }

    mutating func text() -> String {
        let letters = ["a", "Z", "0", "-", "_", " ", "\"", "\\", "\n", "\u{0}", "\u{7F}", "é", "e\u{301}", "漢", "🙂"]
        return (0..<count(12)).map { _ in letters[count(letters.count - 1)] }.joined()
    }

    mutating func date() -> Date {
        Date(timeIntervalSinceReferenceDate: Double.random(in: -1e10...1e10, using: &dice))
    }

    mutating func json(depth: Int = 3) -> JSONValue {
        switch count(depth > 0 ? 7 : 5) {
        case 0: .null
        case 1: .bool(flag())
        case 2: .integer(Int64.random(in: .min ... .max, using: &dice))
        case 3: .number(Double.random(in: -1e30...1e30, using: &dice))
        case 4: .number(Double(count()))
        case 5: .string(text())
        case 6: .array(some { $0.json(depth: depth - 1) })
        default: object(depth: depth)
        }
    }

    private mutating func object(depth: Int = 3) -> JSONValue {
        .object(Dictionary(some { ($0.text(), $0.json(depth: depth - 1)) }) { $1 })
    }

    private mutating func one<Value>(of values: [Value]) -> Value { values[count(values.count - 1)] }

    private mutating func version() -> BatchResourceVersion { .init(etag: text(), lastModified: date()) }

    private mutating func nodeKey() -> NodeKey { NodeKey(pool: text(), node: text()) }

    private mutating func failure() -> TaskFailure {
        TaskFailure(
            one(of: [.user, .server]), text(), text(), details: some { .init(name: $0.text(), value: $0.text()) })
    }

    private mutating func outcome() -> TaskOutcome {
        var outcome = TaskOutcome(
            exitCode: maybe { Int32.random(in: .min ... .max, using: &$0.dice) }, failure: maybe { $0.failure() })
        outcome.wasStopped = flag()
        outcome.mayBeRetried = flag()
        outcome.hasUploadFailed = flag()
        return outcome
    }

    private mutating func ending() -> RunEnding { one(of: [.terminate, .requeue, .delete]) }

    private mutating func list<Element>(limit: Int, _ make: (inout Self) -> Element) -> RecentList<Element> {
        RecentList(limit: limit, some(limit, make), total: count(5000) + limit)
    }

    // MARK: Records

    mutating func task() -> TaskRecord {
        var body = object()
        if flag() { body["requiredSlots"] = .integer(Int64(count(8))) }
        if flag() { body["constraints"] = ["maxTaskRetryCount": .integer(Int64(count(3))), "retentionTime": "PT1H"] }
        if flag() { body["dependsOn"] = ["taskIds": ["one"]] }
        var task = TaskRecord(id: text(), properties: body, now: date())
        if flag() { task.newConstraints = object() }
        task.version = version()
        task.state = one(of: [.active, .preparing, .running, .completed])
        task.satisfiesDependents = flag()
        task.stateTime = date()
        task.previous = maybe { (.preparing, $0.date()) }
        task.knownExecution = maybe { $0.execution() }
        return task
    }

    private mutating func execution() -> TaskRecord.Execution {
        TaskRecord.Execution(
            startTime: maybe { $0.date() }, endTime: maybe { $0.date() }, outcome: maybe { $0.outcome() },
            retryCount: count(), lastRetryTime: maybe { $0.date() }, requeueCount: count(),
            lastRequeueTime: maybe { $0.date() }, node: maybe { $0.nodeKey() },
            run: maybe { RunKey(number: $0.count()) }, ending: maybe { $0.ending() },
            instances: some { random in
                var instance = TaskInstance(
                    node: random.nodeKey(), run: random.maybe { RunKey(number: $0.count()) },
                    isCoordinated: random.flag(), state: random.one(of: [.preparing, .running, .completed]),
                    stateTime: random.date(), previous: random.maybe { (.running, $0.date()) })
                instance.startTime = random.maybe { $0.date() }
                instance.endTime = random.maybe { $0.date() }
                instance.outcome = random.maybe { $0.outcome() }
                return instance
            },
            instancesEnd: maybe { random in
                InstancesEnd(outcome: random.outcome(), ending: random.maybe { $0.ending() })
            },
            history: list(limit: TaskRun.limit) { random in
                TaskRun(
                    node: random.nodeKey(), slots: random.some { $0.count() }, placed: random.date(),
                    start: random.maybe { $0.date() }, end: random.date())
            },
            hasFiles: flag())
    }

    mutating func node() -> NodeRecord {
        var node = NodeRecord(
            id: text(), isDedicated: flag(), allocated: date(), state: one(of: NodeRecord.State.allCases),
            stateTime: date())
        node.takesTasks = flag()
        node.startTaskInfo = maybe { random in
            NodeTaskExecution(
                isRunning: random.flag(), startTime: random.date(), endTime: random.maybe { $0.date() },
                retryCount: random.count(), lastRetryTime: random.maybe { $0.date() },
                outcome: random.maybe { $0.outcome() })
        }
        node.startTask = maybe { $0.object() }
        node.packages = some { .init(id: $0.text(), version: $0.text(), path: $0.text(), isDefault: $0.flag()) }
        (node.totalTasksRun, node.totalTasksSucceeded, node.number) = (count(), count(), count())
        (node.leavesWhenEmpty, node.isRestarting, node.waitsForFiles) = (flag(), flag(), flag())
        node.recentTasks = some { TaskKey(job: $0.text(), task: $0.text()) }
        node.bootTime = maybe { $0.date() }
        node.restart = maybe { $0.one(of: NodeRestart.allCases) }
        node.retainedUntil = maybe { $0.date() }
        node.users = Dictionary(some { ($0.text(), NodeUser(isAdmin: $0.flag(), expires: $0.date())) }) { $1 }
        node.errors = some { random in
            NodeError(
                code: random.text(), message: random.text(),
                details: random.some { .init(name: $0.text(), value: $0.text()) })
        }
        return node
    }

    mutating func event() -> NodeLog.Entry {
        switch count(2) {
        case 0: NodeLog.Entry(time: date(), event: .state(one(of: NodeRecord.State.allCases)))
        case 1: NodeLog.Entry(time: date(), event: .task(TaskKey(job: text(), task: text())))
        default: NodeLog.Entry(time: date(), event: .other(text()))
        }
    }

    mutating func pool() -> PoolRecord {
        var pool = PoolRecord(
            id: text(), created: date(), properties: object(), version: version(), stateTime: date(),
            allocationTime: date(), targetDedicated: count(), targetLowPriority: count())
        pool.state = one(of: [.active, .deleting])
        pool.allocation = one(of: [.steady, .resizing, .stopping])
        pool.resizeErrors = some { $0.json() }
        pool.resizeDeadline = maybe { $0.date() }
        pool.mounts = some { random in
            let source: NodeMount.Source =
                random.flag() ? .container(url: random.text()) : .unavailable(random.text())
            return NodeMount(path: random.text(), kind: random.text(), source: source)
        }
        pool.autoscale = flag() ? autoscale() : nil
        pool.autoscaleEnabled = maybe { $0.date() }
        pool.resizes = list(limit: PoolResize.limit) { random in
            PoolResize(
                start: random.date(), end: random.maybe { $0.date() }, targetDedicated: random.count(),
                targetLowPriority: random.count(), errors: random.some { $0.text() })
        }
        pool.evaluations = list(limit: PoolAutoscale.maxEvaluations) { $0.evaluation() }
        return pool
    }

    private mutating func evaluation() -> PoolAutoscale.Run {
        PoolAutoscale.Run(
            timestamp: date(), results: text(),
            error: maybe { random in
                AutoscaleError(
                    random.one(of: [.tooLong, .syntax, .evaluation, .insufficientSamples]),
                    at: random.maybe { .init(line: $0.count(), column: $0.count()) }, random.text())
            })
    }

    private mutating func autoscale() -> PoolAutoscale? {
        guard let formula = try? AutoscaleFormula("$TargetDedicatedNodes = min(\(count()), $ActiveTasks.GetSample(1));")
        else { return nil }
        return PoolAutoscale(
            formula: formula, interval: .milliseconds(Int.random(in: 300_000...1_000_000, using: &dice)),
            names: one(of: [.current, .dedicatedOnly]), nextEvaluation: date(), run: maybe { $0.evaluation() })
    }

    mutating func sample() -> AutoscaleSample {
        AutoscaleSample(
            time: AutoscaleTime(date()),
            values: .init(
                activeTasks: count(), runningTasks: count(), succeededTasks: count(), failedTasks: count(),
                dedicatedNodes: count(), lowPriorityNodes: count(), preemptedNodes: count(), usableNodes: count()))
    }

    mutating func job() -> JobRecord {
        var properties = object()
        properties["poolInfo"] = ["poolId": .string(text())]
        if flag() { properties["jobPreparationTask"] = ["commandLine": .string(text())] }
        var job = JobRecord(
            id: text(), created: date(), properties: properties, version: version(), stateTime: date(),
            schedule: maybe { $0.text() })
        job.state = one(of: [.active, .disabling, .disabled, .enabling, .terminating, .completed, .deleting])
        job.previous = maybe { (.disabling, $0.date()) }
        job.endTime = maybe { $0.date() }
        job.terminateReason = maybe { $0.text() }
        job.autoPool = maybe { $0.text() }
        job.support = JobSupport(properties)
        job.nodes = Set(some { $0.nodeKey() })
        job.ineligibleNodes = Set(some { $0.nodeKey() })
        job.jobNodes = Dictionary(some { ($0.nodeKey(), $0.jobNode()) }) { $1 }
        return job
    }

    private mutating func jobNode() -> JobNode {
        JobNode(
            node: nodeKey(), number: count(), preparation: maybe { $0.support() }, release: maybe { $0.support() },
            isPrepared: flag(), needsRelease: flag())
    }

    private mutating func support() -> NodeTaskExecution {
        NodeTaskExecution(
            isRunning: flag(), startTime: date(), endTime: maybe { $0.date() }, retryCount: count(),
            lastRetryTime: maybe { $0.date() }, outcome: maybe { $0.outcome() })
    }

    mutating func schedule() -> JobScheduleRecord {
        var schedule = JobScheduleRecord(id: text(), properties: object(), now: date())
        schedule.version = version()
        schedule.state = one(of: [.active, .completed, .disabled, .terminating, .deleting])
        schedule.stateTime = date()
        schedule.previous = maybe { (.disabled, $0.date()) }
        schedule.endTime = maybe { $0.date() }
        schedule.nextRunTime = maybe { $0.date() }
        schedule.jobCount = count()
        schedule.recentJob = maybe { $0.text() }
        schedule.autoPool = maybe { $0.text() }
        return schedule
    }

    mutating func certificate() -> CertificateRecord {
        CertificateRecord(
            thumbprint: text(), algorithm: text(), state: one(of: [.active, .deleteFailed]), stateTime: date(),
            previous: maybe { (.active, $0.date()) })
    }
}
