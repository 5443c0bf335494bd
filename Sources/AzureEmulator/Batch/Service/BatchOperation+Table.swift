import HTTPTypes

extension BatchOperation {
    private typealias Row = BatchOperationRow

    /// The table of the operations: a new one does not compile until it has its row.
    var row: BatchOperationRow {
        switch self {
        // MARK: The account
        case .listSupportedImages: Row(.get, "supportedimages", from: .v9) { try await $0.listSupportedImages($1) }
        case .listPoolNodeCounts:
            Row(.get, "nodecounts", from: .v6u1, answer: "BatchPoolNodeCounts") { try await $0.listNodeCounts($1) }
        case .listPoolUsageMetrics: Row(.get, "poolusagemetrics") { try await $0.poolUsage($1) }
        case .listNodeAgentSKUs: Row(.get, "nodeagentskus", to: .v8) { try await $0.listNodeAgentSKUs($1) }
        case .getPoolLifetimeStatistics:
            Row(.get, "lifetimepoolstats", to: .v16) { try await $0.getPoolLifetimeStatistics($1) }
        case .getJobLifetimeStatistics:
            Row(.get, "lifetimejobstats", to: .v16) { try await $0.getJobLifetimeStatistics($1) }
        case .listApplications: Row(.get, "applications") { $0.listApplications($1) }
        case .getApplication: Row(.get, "applications/*") { try $0.getApplication($1) }

        // MARK: Certificates
        case .createCertificate:
            Row(.post, "certificates", to: .v20, body: "BatchCertificate") { try await $0.createCertificate($1) }
        case .listCertificates: Row(.get, "certificates", to: .v20) { try await $0.listCertificates($1) }
        case .getCertificate: Row(.get, "certificates(*)", to: .v20) { try await $0.getCertificate($1) }
        case .deleteCertificate: Row(.delete, "certificates(*)", to: .v20) { try await $0.deleteCertificate($1) }
        case .cancelCertificateDeletion:
            Row(.post, "certificates(*)/canceldelete", to: .v20) { try await $0.cancelCertificateDeletion($1) }

        // MARK: Pools
        case .createPool: Row(.post, "pools", body: "BatchPoolCreateOptions") { try await $0.createPool($1) }
        case .listPools: Row(.get, "pools", answer: "BatchPool") { try await $0.listPools($1) }
        case .deletePool: Row(.delete, "pools/*") { try await $0.deletePool($1) }
        case .poolExists: Row(.head, "pools/*") { try await $0.getPool($1) }
        case .getPool: Row(.get, "pools/*", answer: "BatchPool") { try await $0.getPool($1) }
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
        case .upgradePoolOS:
            Row(.post, "pools/*/upgradeos", to: .v7, body: "PoolUpgradeOSOptions") { try await $0.upgradePoolOS($1) }

        // MARK: Nodes
        case .listNodes: Row(.get, "pools/*/nodes", answer: "BatchNode") { try await $0.listNodes($1) }
        case .getNode: Row(.get, "pools/*/nodes/*", answer: "BatchNode") { try await $0.getNode($1) }
        case .rebootNode:
            Row(.post, "pools/*/nodes/*/reboot", body: "BatchNodeRebootOptions") {
                try await $0.restartNode($1, .reboot, "nodeRebootOption")
            }
        case .startNode: Row(.post, "pools/*/nodes/*/start", from: .v20) { try await $0.startNode($1) }
        case .reimageNode:
            Row(.post, "pools/*/nodes/*/reimage", body: "BatchNodeReimageOptions") {
                try await $0.restartNode($1, .reimage, "nodeReimageOption")
            }
        case .deallocateNode:
            Row(.post, "pools/*/nodes/*/deallocate", from: .v20, body: "BatchNodeDeallocateOptions") {
                try await $0.restartNode($1, .deallocate, "nodeDeallocateOption")
            }
        case .disableNodeScheduling:
            Row(.post, "pools/*/nodes/*/disablescheduling", body: "BatchNodeDisableSchedulingOptions") {
                try await $0.setScheduling($1)
            }
        case .enableNodeScheduling: Row(.post, "pools/*/nodes/*/enablescheduling") { try await $0.setScheduling($1) }
        case .getNodeRemoteLoginSettings:
            Row(.get, "pools/*/nodes/*/remoteloginsettings", answer: "BatchNodeRemoteLoginSettings") {
                try await $0.remoteLogin($1)
            }
        case .getNodeRemoteDesktop:
            Row(.get, "pools/*/nodes/*/rdp", to: .v19) { try await $0.getNodeRemoteDesktop($1) }
        case .uploadNodeLogs:
            Row(.post, "pools/*/nodes/*/uploadbatchservicelogs", from: .v6u1, body: "UploadBatchServiceLogsOptions") {
                try await $0.uploadLogs($1)
            }
        case .createNodeUser:
            Row(.post, "pools/*/nodes/*/users", body: "BatchNodeUserCreateOptions") { try await $0.createUser($1) }
        case .replaceNodeUser:
            Row(.put, "pools/*/nodes/*/users/*", body: "BatchNodeUserReplaceOptions") { try await $0.replaceUser($1) }
        case .deleteNodeUser: Row(.delete, "pools/*/nodes/*/users/*") { try await $0.deleteUser($1) }
        case .listNodeExtensions:
            Row(.get, "pools/*/nodes/*/extensions", from: .v14) { try await $0.listExtensions($1) }
        case .getNodeExtension: Row(.get, "pools/*/nodes/*/extensions/*", from: .v14) { try await $0.getExtension($1) }
        case .listNodeFiles: Row(.get, "pools/*/nodes/*/files") { try await $0.listFiles($1) }
        case .downloadNodeFile: Row(.get, "pools/*/nodes/*/files/*") { try await $0.downloadFile($1) }
        case .getNodeFileProperties: Row(.head, "pools/*/nodes/*/files/*") { try await $0.fileProperties($1) }
        case .deleteNodeFile: Row(.delete, "pools/*/nodes/*/files/*") { try await $0.deleteFile($1) }

        // MARK: Jobs
        case .createJob: Row(.post, "jobs", body: "BatchJobCreateOptions") { try await $0.createJob($1) }
        case .listJobs: Row(.get, "jobs", answer: "BatchJob") { try await $0.listJobs($1) }
        case .deleteJob: Row(.delete, "jobs/*") { try await $0.deleteJob($1) }
        case .getJob: Row(.get, "jobs/*", answer: "BatchJob") { try await $0.getJob($1) }
        case .updateJob: Row(.patch, "jobs/*", body: "BatchJobUpdateOptions") { try await $0.updateJob($1) }
        case .replaceJob: Row(.put, "jobs/*", body: "BatchJob") { try await $0.replaceJob($1) }
        case .disableJob: Row(.post, "jobs/*/disable", body: "BatchJobDisableOptions") { try await $0.disableJob($1) }
        case .enableJob: Row(.post, "jobs/*/enable") { try await $0.enableJob($1) }
        case .terminateJob:
            Row(.post, "jobs/*/terminate", body: "BatchJobTerminateOptions") { try await $0.terminateJob($1) }
        case .getJobTaskCounts:
            Row(.get, "jobs/*/taskcounts", from: .v5u1, answer: "BatchTaskCountsResult") { try await $0.taskCounts($1) }
        case .listJobPreparationAndReleaseTaskStatus:
            Row(.get, "jobs/*/jobpreparationandreleasetaskstatus", answer: "BatchJobPreparationAndReleaseTaskStatus") {
                try await $0.jobSupportStatus($1)
            }

        // MARK: Tasks
        case .createTask: Row(.post, "jobs/*/tasks", body: "BatchTaskCreateOptions") { try await $0.createTask($1) }
        case .listTasks: Row(.get, "jobs/*/tasks", answer: "BatchTask") { try await $0.listTasks($1) }
        case .createTaskCollection:
            Row(.post, "jobs/*/addtaskcollection", body: "BatchTaskGroup") { try await $0.createTasks($1) }
        case .deleteTask: Row(.delete, "jobs/*/tasks/*") { try await $0.deleteTask($1) }
        case .getTask: Row(.get, "jobs/*/tasks/*", answer: "BatchTask") { try await $0.getTask($1) }
        case .replaceTask: Row(.put, "jobs/*/tasks/*", body: "BatchTask") { try await $0.replaceTask($1) }
        case .listSubtasks:
            Row(.get, "jobs/*/tasks/*/subtasksinfo", answer: "BatchSubtask") { try await $0.listSubtasks($1) }
        case .terminateTask: Row(.post, "jobs/*/tasks/*/terminate") { try await $0.terminateTask($1) }
        case .reactivateTask: Row(.post, "jobs/*/tasks/*/reactivate") { try await $0.reactivateTask($1) }
        case .listTaskFiles: Row(.get, "jobs/*/tasks/*/files") { try await $0.listFiles($1) }
        case .downloadTaskFile: Row(.get, "jobs/*/tasks/*/files/*") { try await $0.downloadFile($1) }
        case .getTaskFileProperties: Row(.head, "jobs/*/tasks/*/files/*") { try await $0.fileProperties($1) }
        case .deleteTaskFile: Row(.delete, "jobs/*/tasks/*/files/*") { try await $0.deleteFile($1) }

        // MARK: Job schedules
        case .createJobSchedule:
            Row(.post, "jobschedules", body: "BatchJobScheduleCreateOptions") { try await $0.createJobSchedule($1) }
        case .listJobSchedules:
            Row(.get, "jobschedules", answer: "BatchJobSchedule") { try await $0.listJobSchedules($1) }
        case .deleteJobSchedule: Row(.delete, "jobschedules/*") { try await $0.deleteJobSchedule($1) }
        case .jobScheduleExists: Row(.head, "jobschedules/*") { try await $0.getJobSchedule($1) }
        case .getJobSchedule:
            Row(.get, "jobschedules/*", answer: "BatchJobSchedule") { try await $0.getJobSchedule($1) }
        case .updateJobSchedule:
            Row(.patch, "jobschedules/*", body: "BatchJobScheduleUpdateOptions") { try await $0.updateJobSchedule($1) }
        case .replaceJobSchedule:
            Row(.put, "jobschedules/*", body: "BatchJobSchedule") { try await $0.replaceJobSchedule($1) }
        case .disableJobSchedule: Row(.post, "jobschedules/*/disable") { try await $0.disableJobSchedule($1) }
        case .enableJobSchedule: Row(.post, "jobschedules/*/enable") { try await $0.enableJobSchedule($1) }
        case .terminateJobSchedule: Row(.post, "jobschedules/*/terminate") { try await $0.terminateJobSchedule($1) }
        case .listJobsFromSchedule:
            Row(.get, "jobschedules/*/jobs", answer: "BatchJob") { try await $0.listJobsFromSchedule($1) }
        }
    }
}
