import Foundation

/// What the tasks of a job, or of several, have taken and come to. The emulator measures no processor time and no
/// input and output: those are nothing.
struct JobStatistics: Sendable, Hashable {
    /// When the first of it began to be counted.
    var startTime: Date
    /// Up to when it is counted.
    let updateTime: Date
    var succeeded = 0
    var failed = 0
    var retries = 0
    /// The time in which tasks ran.
    var wallClock = TimeInterval.zero
    /// The time in which tasks waited for a node.
    var wait = TimeInterval.zero

    /// Nothing as yet.
    init(from startTime: Date, now: Date) {
        (self.startTime, updateTime) = (startTime, now)
    }

    init(_ job: JobRecord, now: Date) {
        self.init(from: job.created, now: now)
        add(job)
    }

    /// Counts the tasks of one more job.
    mutating func add(_ job: JobRecord) {
        startTime = min(startTime, job.created)
        succeeded += job.counts.tasks.succeeded
        failed += job.counts.tasks.failed
        for task in job.tasks.records { addTimes(task) }
    }

    mutating func addTimes(_ task: TaskRecord) {
        let execution = task.execution
        retries += execution.retryCount
        let start = execution.startTime
        wait += max(0, (start ?? execution.endTime ?? updateTime).timeIntervalSince(task.created))
        if let start { wallClock += max(0, (execution.endTime ?? updateTime).timeIntervalSince(start)) }
    }
}

extension BatchCall {
    /// What the request wants to know of a job beyond the job itself.
    func statistics(of job: JobRecord, now: Date) -> JobStatistics? {
        expandsStatistics ? JobStatistics(job, now: now) : nil
    }

    /// A task as an answer has it, with what it has taken if the request wants to know.
    func withStatistics(_ json: JSONValue, of task: TaskRecord, _ renderer: BatchRenderer, now: Date) -> JSONValue {
        guard expandsStatistics else { return json }
        var statistics = JobStatistics(from: task.created, now: now)
        statistics.addTimes(task)
        var result = json
        let url = json["url"]?.string ?? ""
        result["stats"] = renderer.statistics(statistics, url: "\(url)/stats", countsTasks: false)
        return result
    }

    /// The same for a job schedule: what all its jobs have taken.
    func statistics(of schedule: JobScheduleRecord, _ state: BatchState, now: Date) -> JobStatistics? {
        guard expandsStatistics else { return nil }
        var statistics = JobStatistics(from: schedule.created, now: now)
        for job in state.jobs(ofSchedule: schedule.id) { statistics.add(job) }
        return statistics
    }
}

extension BatchRenderer {
    func statistics(_ statistics: JobStatistics, url: String, countsTasks: Bool = true) -> JSONValue {
        var json: JSONValue = [
            "url": .string(url), "userCPUTime": "PT0S", "kernelCPUTime": "PT0S", "readIOps": "0", "writeIOps": "0",
            "readIOGiB": 0, "writeIOGiB": 0,
            "wallClockTime": .string(BatchDuration.format(.seconds(statistics.wallClock))),
            "waitTime": .string(BatchDuration.format(.seconds(statistics.wait))),
        ]
        if countsTasks {
            json["numSucceededTasks"] = .string("\(statistics.succeeded)")
            json["numFailedTasks"] = .string("\(statistics.failed)")
            json["numTaskRetries"] = .string("\(statistics.retries)")
        }
        json["startTime"] = time(statistics.startTime)
        json["lastUpdateTime"] = time(statistics.updateTime)
        return json
    }
}
