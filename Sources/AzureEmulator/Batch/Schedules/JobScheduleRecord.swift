import Foundation

/// A job schedule.
struct JobScheduleRecord: Sendable {
    enum State: String, Sendable {
        case active, completed, disabled, terminating, deleting
    }

    /// How late a clock may wake who waits for a moment, in seconds: less than that before it is as good as there.
    private static let tolerance = 0.005

    let id: String
    let created: Date
    /// What the client wrote.
    var properties: JSONValue
    var version: BatchResourceVersion
    var state = State.active
    var stateTime: Date
    var previous: (state: State, time: Date)?
    var endTime: Date?
    /// When the next job is due; nil when none will be.
    var nextRunTime: Date?
    /// How many jobs have been made.
    var jobCount = 0
    /// The id of the job that was made last.
    var recentJob: String?
    /// The pool that all its jobs share; nil where each has its own, or names one.
    var autoPool: String?
    /// The moment that the outside has been told to wake the schedule at.
    var watchedTime: Date?

    init(id: String, properties: JSONValue, now: Date) {
        (self.id, self.properties) = (id, properties)
        created = now
        version = BatchResourceVersion(now: now)
        stateTime = now
        nextRunTime = firstRunTime(now: now)
    }

    mutating func setState(_ state: State, now: Date) {
        guard self.state != state else { return }
        previous = (self.state, stateTime)
        self.state = state
        stateTime = now
        version = BatchResourceVersion(now: now)
    }
}

extension JobScheduleRecord {
    var specification: JSONValue { properties["jobSpecification"] ?? [:] }
    var notBefore: Date? { time("doNotRunUntil") }
    var notAfter: Date? { time("doNotRunAfter") }
    /// The seconds from one job to the next; nil when there is but one.
    var recurrence: TimeInterval? { seconds("recurrenceInterval") }
    /// The seconds within which a job has to be made; nil for any number.
    var startWindow: TimeInterval? { seconds("startWindow") }

    private func time(_ name: String) -> Date? {
        properties["schedule"]?[name]?.string.flatMap { BatchTime.parse($0) }
    }

    private func seconds(_ name: String) -> TimeInterval? {
        properties["schedule"]?[name]?.string.flatMap { BatchDuration.parse($0) }.map { $0 / .seconds(1) }
    }

    /// Whether no more jobs are made from now on.
    func isOver(now: Date) -> Bool { notAfter.map { $0 <= now.addingTimeInterval(Self.tolerance) } ?? false }

    /// Whether a job is due.
    func isDue(now: Date) -> Bool { nextRunTime.map { $0 <= now.addingTimeInterval(Self.tolerance) } ?? false }

    /// When the first job is due, after the schedule was made or changed.
    func firstRunTime(now: Date) -> Date { max(notBefore ?? now, now) }

    /// Goes on to the time that is due now. A job that was not made in its window, or in its interval, is not made up for.
    mutating func skipMissedRuns(now: Date) {
        guard let next = nextRunTime, next < now else { return }
        guard let recurrence else {
            if let startWindow, now.timeIntervalSince(next) > startWindow + Self.tolerance { nextRunTime = nil }
            return
        }
        let passed = (now.timeIntervalSince(next) + Self.tolerance) / recurrence
        let current = next.addingTimeInterval(passed.rounded(.down) * recurrence)
        let isLate = startWindow.map { now.timeIntervalSince(current) > $0 + Self.tolerance } ?? false
        nextRunTime = isLate ? current.addingTimeInterval(recurrence) : current
    }

    /// Notes that a job was made for the time that was due, and names it.
    mutating func nextJob() -> String {
        jobCount += 1
        let job = "\(id):job-\(jobCount)"
        recentJob = job
        nextRunTime = recurrence.flatMap { interval in nextRunTime?.addingTimeInterval(interval) }
        return job
    }

    /// The next moment at which something becomes of the schedule by itself.
    func wakeTime(now: Date) -> Date? {
        let interval = recurrence.flatMap { interval in nextRunTime?.addingTimeInterval(interval) }
        return [nextRunTime, interval, notAfter].compactMap { $0 }.filter { $0 > now }.min()
    }
}
