import struct Foundation.Date

extension BatchValidation {
    /// The shortest interval between jobs of a schedule, and the shortest window of a start: one minute.
    static let shortestScheduleTime = Duration.seconds(60)

    /// What may be written to a job schedule at any time.
    static func jobSchedule(_ body: JSONValue, names: AutoscaleNames, now: Date) throws {
        if let schedule = body["schedule"], !schedule.isNull {
            try scheduleTime(schedule, "recurrenceInterval")
            try scheduleTime(schedule, "startWindow")
            if let start = schedule["doNotRunUntil"]?.string.flatMap({ BatchTime.parse($0) }),
                let text = schedule["doNotRunAfter"]?.string, let end = BatchTime.parse(text), end <= start
            {
                throw BatchServiceError.invalidProperty("doNotRunAfter", text, "It must be later than doNotRunUntil")
            }
        }
        if let specification = body["jobSpecification"], !specification.isNull {
            try jobSpecification(specification)
            if let pool = specification["poolInfo"]?["autoPoolSpecification"], !pool.isNull {
                _ = try autoPool(pool, names: names, now: now)
            }
        }
    }

    private static func scheduleTime(_ schedule: JSONValue, _ name: String) throws {
        guard let text = schedule[name]?.string, let time = BatchDuration.parse(text), time < shortestScheduleTime
        else { return }
        throw BatchServiceError.invalidProperty(name, text, "It must be one minute or longer")
    }
}
