import HTTPTypes

/// Which operation a method and a path stand for, and with which ids.
struct BatchRoute: Sendable, Hashable {
    let operation: BatchOperation
    /// The ids in the path, in their order.
    let ids: [String]

    /// Finds the operation.
    ///
    /// - Throws: A ``BatchServiceError`` when there is none.
    init(_ method: HTTPRequest.Method, segments: [String]) throws {
        let segments = segments.last == "" ? segments.dropLast() : segments[...]
        var isKnownPath = false
        for row in Self.rows {
            guard let ids = Self.match(segments, row.pattern) else { continue }
            isKnownPath = true
            guard row.method == method else { continue }
            (operation, self.ids) = (row.operation, ids)
            return
        }
        throw isKnownPath ? BatchServiceError.unsupportedMethod(method.rawValue) : .invalidURI
    }

    private static func match(_ segments: ArraySlice<String>, _ pattern: [Substring]) -> [String]? {
        guard segments.count == pattern.count else { return nil }
        var ids: [String] = []
        for (segment, part) in zip(segments, pattern) {
            if part == "*" {
                guard !segment.isEmpty else { return nil }
                ids.append(segment)
            } else if segment.lowercased() != part {
                return nil
            }
        }
        return ids
    }

    private struct Row: Sendable {
        let method: HTTPRequest.Method
        let pattern: [Substring]
        let operation: BatchOperation

        init(_ method: HTTPRequest.Method, _ pattern: String, _ operation: BatchOperation) {
            self.method = method
            self.pattern = pattern.split(separator: "/")
            self.operation = operation
        }
    }

    private static let rows = accountRows + poolRows + nodeRows + jobRows + taskRows + jobScheduleRows

    private static let accountRows = [
        Row(.get, "supportedimages", .listSupportedImages),
        Row(.get, "nodecounts", .listPoolNodeCounts),
        Row(.get, "poolusagemetrics", .listPoolUsageMetrics),
        Row(.get, "applications", .listApplications),
        Row(.get, "applications/*", .getApplication),
    ]

    private static let poolRows = [
        Row(.post, "pools", .createPool),
        Row(.get, "pools", .listPools),
        Row(.delete, "pools/*", .deletePool),
        Row(.head, "pools/*", .poolExists),
        Row(.get, "pools/*", .getPool),
        Row(.patch, "pools/*", .updatePool),
        Row(.post, "pools/*/disableautoscale", .disablePoolAutoScale),
        Row(.post, "pools/*/enableautoscale", .enablePoolAutoScale),
        Row(.post, "pools/*/evaluateautoscale", .evaluatePoolAutoScale),
        Row(.post, "pools/*/resize", .resizePool),
        Row(.post, "pools/*/stopresize", .stopPoolResize),
        Row(.post, "pools/*/updateproperties", .replacePoolProperties),
        Row(.post, "pools/*/removenodes", .removeNodes),
    ]

    private static let nodeRows = [
        Row(.get, "pools/*/nodes", .listNodes),
        Row(.get, "pools/*/nodes/*", .getNode),
        Row(.post, "pools/*/nodes/*/reboot", .rebootNode),
        Row(.post, "pools/*/nodes/*/start", .startNode),
        Row(.post, "pools/*/nodes/*/reimage", .reimageNode),
        Row(.post, "pools/*/nodes/*/deallocate", .deallocateNode),
        Row(.post, "pools/*/nodes/*/disablescheduling", .disableNodeScheduling),
        Row(.post, "pools/*/nodes/*/enablescheduling", .enableNodeScheduling),
        Row(.get, "pools/*/nodes/*/remoteloginsettings", .getNodeRemoteLoginSettings),
        Row(.post, "pools/*/nodes/*/uploadbatchservicelogs", .uploadNodeLogs),
        Row(.post, "pools/*/nodes/*/users", .createNodeUser),
        Row(.put, "pools/*/nodes/*/users/*", .replaceNodeUser),
        Row(.delete, "pools/*/nodes/*/users/*", .deleteNodeUser),
        Row(.get, "pools/*/nodes/*/extensions", .listNodeExtensions),
        Row(.get, "pools/*/nodes/*/extensions/*", .getNodeExtension),
        Row(.get, "pools/*/nodes/*/files", .listNodeFiles),
        Row(.get, "pools/*/nodes/*/files/*", .downloadNodeFile),
        Row(.head, "pools/*/nodes/*/files/*", .getNodeFileProperties),
        Row(.delete, "pools/*/nodes/*/files/*", .deleteNodeFile),
    ]

    private static let jobRows = [
        Row(.post, "jobs", .createJob),
        Row(.get, "jobs", .listJobs),
        Row(.delete, "jobs/*", .deleteJob),
        Row(.get, "jobs/*", .getJob),
        Row(.patch, "jobs/*", .updateJob),
        Row(.put, "jobs/*", .replaceJob),
        Row(.post, "jobs/*/disable", .disableJob),
        Row(.post, "jobs/*/enable", .enableJob),
        Row(.post, "jobs/*/terminate", .terminateJob),
        Row(.get, "jobs/*/taskcounts", .getJobTaskCounts),
        Row(.get, "jobs/*/jobpreparationandreleasetaskstatus", .listJobPreparationAndReleaseTaskStatus),
    ]

    private static let taskRows = [
        Row(.post, "jobs/*/tasks", .createTask),
        Row(.get, "jobs/*/tasks", .listTasks),
        Row(.post, "jobs/*/addtaskcollection", .createTaskCollection),
        Row(.delete, "jobs/*/tasks/*", .deleteTask),
        Row(.get, "jobs/*/tasks/*", .getTask),
        Row(.put, "jobs/*/tasks/*", .replaceTask),
        Row(.get, "jobs/*/tasks/*/subtasksinfo", .listSubtasks),
        Row(.post, "jobs/*/tasks/*/terminate", .terminateTask),
        Row(.post, "jobs/*/tasks/*/reactivate", .reactivateTask),
        Row(.get, "jobs/*/tasks/*/files", .listTaskFiles),
        Row(.get, "jobs/*/tasks/*/files/*", .downloadTaskFile),
        Row(.head, "jobs/*/tasks/*/files/*", .getTaskFileProperties),
        Row(.delete, "jobs/*/tasks/*/files/*", .deleteTaskFile),
    ]

    private static let jobScheduleRows = [
        Row(.post, "jobschedules", .createJobSchedule),
        Row(.get, "jobschedules", .listJobSchedules),
        Row(.delete, "jobschedules/*", .deleteJobSchedule),
        Row(.head, "jobschedules/*", .jobScheduleExists),
        Row(.get, "jobschedules/*", .getJobSchedule),
        Row(.patch, "jobschedules/*", .updateJobSchedule),
        Row(.put, "jobschedules/*", .replaceJobSchedule),
        Row(.post, "jobschedules/*/disable", .disableJobSchedule),
        Row(.post, "jobschedules/*/enable", .enableJobSchedule),
        Row(.post, "jobschedules/*/terminate", .terminateJobSchedule),
        Row(.get, "jobschedules/*/jobs", .listJobsFromSchedule),
    ]
}
