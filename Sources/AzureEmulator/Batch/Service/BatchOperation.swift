/// The operations of the Batch service.
enum BatchOperation: String, Sendable, CaseIterable {
    case listSupportedImages, listPoolNodeCounts, listPoolUsageMetrics, listApplications, getApplication
    case listNodeAgentSKUs, getPoolLifetimeStatistics, getJobLifetimeStatistics
    case createCertificate, listCertificates, getCertificate, deleteCertificate, cancelCertificateDeletion

    case createPool, listPools, deletePool, poolExists, getPool, updatePool, replacePoolProperties
    case disablePoolAutoScale, enablePoolAutoScale, evaluatePoolAutoScale, resizePool, stopPoolResize, removeNodes
    case upgradePoolOS

    case listNodes, getNode, rebootNode, startNode, reimageNode, deallocateNode
    case disableNodeScheduling, enableNodeScheduling, getNodeRemoteLoginSettings, uploadNodeLogs, getNodeRemoteDesktop
    case createNodeUser, replaceNodeUser, deleteNodeUser, listNodeExtensions, getNodeExtension
    case listNodeFiles, downloadNodeFile, getNodeFileProperties, deleteNodeFile

    case createJob, listJobs, deleteJob, getJob, updateJob, replaceJob, disableJob, enableJob, terminateJob
    case getJobTaskCounts, listJobPreparationAndReleaseTaskStatus

    case createTask, listTasks, createTaskCollection, deleteTask, getTask, replaceTask
    case listSubtasks, terminateTask, reactivateTask
    case listTaskFiles, downloadTaskFile, getTaskFileProperties, deleteTaskFile

    case createJobSchedule, listJobSchedules, deleteJobSchedule, jobScheduleExists, getJobSchedule
    case updateJobSchedule, replaceJobSchedule, disableJobSchedule, enableJobSchedule, terminateJobSchedule
    case listJobsFromSchedule
}
