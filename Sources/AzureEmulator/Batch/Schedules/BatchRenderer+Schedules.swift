extension BatchRenderer {
    func scheduleURL(_ id: String) -> String { "\(endpoint)/jobschedules/\(id)" }

    func schedule(_ schedule: JobScheduleRecord, statistics: JobStatistics? = nil) -> JSONValue {
        var json = schedule.properties
        json["jobSpecification"] = Self.jobDefaults(schedule.specification)
        json["id"] = .string(schedule.id)
        json["url"] = .string(scheduleURL(schedule.id))
        addVersion(schedule.version, created: schedule.created, to: &json)
        json["state"] = .string(schedule.state.rawValue)
        json["stateTransitionTime"] = time(schedule.stateTime)
        json["previousState"] = schedule.previous.map { .string($0.state.rawValue) }
        json["previousStateTransitionTime"] = time(schedule.previous?.time)
        var execution: JSONValue = [:]
        execution["nextRunTime"] = time(schedule.nextRunTime)
        execution["recentJob"] = schedule.recentJob.map { ["id": .string($0), "url": .string(jobURL($0))] }
        execution["endTime"] = time(schedule.endTime)
        json["executionInfo"] = execution
        json["stats"] = statistics.map { self.statistics($0, url: "\(scheduleURL(schedule.id))/stats") }
        return json
    }
}
