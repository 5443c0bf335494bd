import HTTPTypes

extension BatchOperation {
    private typealias Row = BatchOperationRow

    /// The table of the operations. One without a handler is not offered.
    var row: BatchOperationRow {
        switch self {
        // MARK: The account
        case .listSupportedImages: Row(.get, "supportedimages") { try await $0.listSupportedImages($1) }
        case .listPoolNodeCounts: Row(.get, "nodecounts") { try await $0.listNodeCounts($1) }
        case .listPoolUsageMetrics: Row(.get, "poolusagemetrics") { try await $0.listUsageMetrics($1) }
        case .listApplications: Row(.get, "applications") { try await $0.listApplications($1) }
        case .getApplication: Row(.get, "applications/*") { try await $0.getApplication($1) }

        // MARK: Pools
        case .createPool: Row(.post, "pools", body: "BatchPoolCreateOptions") { try await $0.createPool($1) }
        case .listPools: Row(.get, "pools") { try await $0.listPools($1) }
        case .deletePool: Row(.delete, "pools/*") { try await $0.deletePool($1) }
        case .poolExists: Row(.head, "pools/*") { try await $0.getPool($1) }
        case .getPool: Row(.get, "pools/*") { try await $0.getPool($1) }
        case .updatePool: Row(.patch, "pools/*", body: "BatchPoolUpdateOptions") { try await $0.updatePool($1) }
        case .disablePoolAutoScale: Row(.post, "pools/*/disableautoscale") { try await $0.disableAutoscale($1) }
        case .enablePoolAutoScale:
            Row(.post, "pools/*/enableautoscale", body: "BatchPoolEnableAutoScaleOptions") {
                try await $0.enableAutoscale($1)
            }
        case .evaluatePoolAutoScale:
            Row(.post, "pools/*/evaluateautoscale", body: "BatchPoolEvaluateAutoScaleOptions") {
                try await $0.evaluateAutoscale($1)
            }
        case .resizePool: Row(.post, "pools/*/resize", body: "BatchPoolResizeOptions") { try await $0.resizePool($1) }
        case .stopPoolResize: Row(.post, "pools/*/stopresize") { try await $0.stopPoolResize($1) }
        case .replacePoolProperties:
            Row(.post, "pools/*/updateproperties", body: "BatchPoolReplaceOptions") {
                try await $0.replacePoolProperties($1)
            }
        case .removeNodes:
            Row(.post, "pools/*/removenodes", body: "BatchNodeRemoveOptions") { try await $0.removeNodes($1) }

        // MARK: Nodes
        case .listNodes: Row(.get, "pools/*/nodes") { try await $0.listNodes($1) }
        case .getNode: Row(.get, "pools/*/nodes/*") { try await $0.getNode($1) }
        case .rebootNode: Row(.post, "pools/*/nodes/*/reboot", body: "BatchNodeRebootOptions")
        case .startNode: Row(.post, "pools/*/nodes/*/start")
        case .reimageNode: Row(.post, "pools/*/nodes/*/reimage", body: "BatchNodeReimageOptions")
        case .deallocateNode: Row(.post, "pools/*/nodes/*/deallocate", body: "BatchNodeDeallocateOptions")
        case .disableNodeScheduling:
            Row(.post, "pools/*/nodes/*/disablescheduling", body: "BatchNodeDisableSchedulingOptions") {
                try await $0.setScheduling($1)
            }
        case .enableNodeScheduling: Row(.post, "pools/*/nodes/*/enablescheduling") { try await $0.setScheduling($1) }
        case .getNodeRemoteLoginSettings: Row(.get, "pools/*/nodes/*/remoteloginsettings")
        case .uploadNodeLogs:
            Row(.post, "pools/*/nodes/*/uploadbatchservicelogs", body: "UploadBatchServiceLogsOptions")
        case .createNodeUser: Row(.post, "pools/*/nodes/*/users", body: "BatchNodeUserCreateOptions")
        case .replaceNodeUser: Row(.put, "pools/*/nodes/*/users/*", body: "BatchNodeUserUpdateOptions")
        case .deleteNodeUser: Row(.delete, "pools/*/nodes/*/users/*")
        case .listNodeExtensions: Row(.get, "pools/*/nodes/*/extensions") { try await $0.listExtensions($1) }
        case .getNodeExtension: Row(.get, "pools/*/nodes/*/extensions/*")
        case .listNodeFiles: Row(.get, "pools/*/nodes/*/files") { try await $0.listFiles($1) }
        case .downloadNodeFile: Row(.get, "pools/*/nodes/*/files/*") { try await $0.downloadFile($1) }
        case .getNodeFileProperties: Row(.head, "pools/*/nodes/*/files/*") { try await $0.fileProperties($1) }
        case .deleteNodeFile: Row(.delete, "pools/*/nodes/*/files/*") { try await $0.deleteFile($1) }

        // MARK: Jobs
        case .createJob: Row(.post, "jobs", body: "BatchJobCreateOptions") { try await $0.createJob($1) }
        case .listJobs: Row(.get, "jobs") { try await $0.listJobs($1) }
        case .deleteJob: Row(.delete, "jobs/*") { try await $0.deleteJob($1) }
        case .getJob: Row(.get, "jobs/*") { try await $0.getJob($1) }
        case .updateJob: Row(.patch, "jobs/*", body: "BatchJobUpdateOptions") { try await $0.updateJob($1) }
        case .replaceJob: Row(.put, "jobs/*", body: "BatchJob") { try await $0.replaceJob($1) }
        case .disableJob: Row(.post, "jobs/*/disable", body: "BatchJobDisableOptions") { try await $0.disableJob($1) }
        case .enableJob: Row(.post, "jobs/*/enable") { try await $0.enableJob($1) }
        case .terminateJob:
            Row(.post, "jobs/*/terminate", body: "BatchJobTerminateOptions") { try await $0.terminateJob($1) }
        case .getJobTaskCounts: Row(.get, "jobs/*/taskcounts") { try await $0.taskCounts($1) }
        case .listJobPreparationAndReleaseTaskStatus:
            Row(.get, "jobs/*/jobpreparationandreleasetaskstatus") { try await $0.preparationStatus($1) }

        // MARK: Tasks
        case .createTask: Row(.post, "jobs/*/tasks", body: "BatchTaskCreateOptions") { try await $0.createTask($1) }
        case .listTasks: Row(.get, "jobs/*/tasks") { try await $0.listTasks($1) }
        case .createTaskCollection:
            Row(.post, "jobs/*/addtaskcollection", body: "BatchTaskGroup") { try await $0.createTasks($1) }
        case .deleteTask: Row(.delete, "jobs/*/tasks/*") { try await $0.deleteTask($1) }
        case .getTask: Row(.get, "jobs/*/tasks/*") { try await $0.getTask($1) }
        case .replaceTask: Row(.put, "jobs/*/tasks/*", body: "BatchTask") { try await $0.replaceTask($1) }
        case .listSubtasks: Row(.get, "jobs/*/tasks/*/subtasksinfo") { try await $0.listSubtasks($1) }
        case .terminateTask: Row(.post, "jobs/*/tasks/*/terminate") { try await $0.terminateTask($1) }
        case .reactivateTask: Row(.post, "jobs/*/tasks/*/reactivate") { try await $0.reactivateTask($1) }
        case .listTaskFiles: Row(.get, "jobs/*/tasks/*/files") { try await $0.listFiles($1) }
        case .downloadTaskFile: Row(.get, "jobs/*/tasks/*/files/*") { try await $0.downloadFile($1) }
        case .getTaskFileProperties: Row(.head, "jobs/*/tasks/*/files/*") { try await $0.fileProperties($1) }
        case .deleteTaskFile: Row(.delete, "jobs/*/tasks/*/files/*") { try await $0.deleteFile($1) }

        // MARK: Job schedules
        case .createJobSchedule: Row(.post, "jobschedules", body: "BatchJobScheduleCreateOptions")
        case .listJobSchedules: Row(.get, "jobschedules")
        case .deleteJobSchedule: Row(.delete, "jobschedules/*")
        case .jobScheduleExists: Row(.head, "jobschedules/*")
        case .getJobSchedule: Row(.get, "jobschedules/*")
        case .updateJobSchedule: Row(.patch, "jobschedules/*", body: "BatchJobScheduleUpdateOptions")
        case .replaceJobSchedule: Row(.put, "jobschedules/*", body: "BatchJobSchedule")
        case .disableJobSchedule: Row(.post, "jobschedules/*/disable")
        case .enableJobSchedule: Row(.post, "jobschedules/*/enable")
        case .terminateJobSchedule: Row(.post, "jobschedules/*/terminate")
        case .listJobsFromSchedule: Row(.get, "jobschedules/*/jobs")
        }
    }
}
