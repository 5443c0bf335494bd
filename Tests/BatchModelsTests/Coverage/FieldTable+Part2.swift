import BatchModels

// Which property carries which field, written down apart from the generator, so that a mistake of the
// generator cannot hide.

extension FieldTable {
    static let batchJobPreparationTaskExecutionInfo = probe(BatchJobPreparationTaskExecutionInfo.self) { fields in
        fields.date("startTime", \.startTime)
        fields.date("endTime", \.endTime)
        fields.open("state", \.state)
        fields.text("taskRootDirectory", \.taskRootDirectory)
        fields.text("taskRootDirectoryUrl", \.taskRootDirectoryURL)
        fields.int("exitCode", \.exitCode)
        fields.model("containerInfo", \.containerInfo)
        fields.model("failureInfo", \.failureInfo)
        fields.int("retryCount", \.retryCount)
        fields.date("lastRetryTime", \.lastRetryTime)
        fields.open("result", \.result)
    }

    static let batchJobReleaseTask = probe(BatchJobReleaseTask.self) { fields in
        fields.text("id", \.id)
        fields.text("commandLine", \.commandLine)
        fields.model("containerSettings", \.containerSettings)
        fields.models("resourceFiles", \.resourceFiles)
        fields.models("environmentSettings", \.environmentSettings)
        fields.duration("maxWallClockTime", \.maxWallClockTime)
        fields.duration("retentionTime", \.retentionTime)
        fields.model("userIdentity", \.userIdentity)
    }

    static let batchJobReleaseTaskExecutionInfo = probe(BatchJobReleaseTaskExecutionInfo.self) { fields in
        fields.date("startTime", \.startTime)
        fields.date("endTime", \.endTime)
        fields.open("state", \.state)
        fields.text("taskRootDirectory", \.taskRootDirectory)
        fields.text("taskRootDirectoryUrl", \.taskRootDirectoryURL)
        fields.int("exitCode", \.exitCode)
        fields.model("containerInfo", \.containerInfo)
        fields.model("failureInfo", \.failureInfo)
        fields.open("result", \.result)
    }

    static let batchJobSchedule = probe(BatchJobSchedule.self) { fields in
        fields.text("id", required: \.id, isReadOnly: true)
        fields.text("displayName", \.displayName, isReadOnly: true)
        fields.text("url", \.url, isReadOnly: true)
        fields.etag("eTag", \.etag, isReadOnly: true)
        fields.date("lastModified", \.lastModified, isReadOnly: true)
        fields.date("creationTime", \.creationTime, isReadOnly: true)
        fields.open("state", \.state, isReadOnly: true)
        fields.date("stateTransitionTime", \.stateTransitionTime, isReadOnly: true)
        fields.open("previousState", \.previousState, isReadOnly: true)
        fields.date("previousStateTransitionTime", \.previousStateTransitionTime, isReadOnly: true)
        fields.model("schedule", \.schedule)
        fields.model("jobSpecification", \.jobSpecification)
        fields.model("executionInfo", \.executionInfo, isReadOnly: true)
        fields.models("metadata", \.metadata)
        fields.model("stats", \.jobScheduleStatistics, isReadOnly: true)
    }

    static let batchJobScheduleConfiguration = probe(BatchJobScheduleConfiguration.self) { fields in
        fields.date("doNotRunUntil", \.doNotRunUntil)
        fields.date("doNotRunAfter", \.doNotRunAfter)
        fields.duration("startWindow", \.startWindow)
        fields.duration("recurrenceInterval", \.recurrenceInterval)
    }

    static let batchJobScheduleCreateOptions = probe(BatchJobScheduleCreateOptions.self) { fields in
        fields.text("id", required: \.id)
        fields.text("displayName", \.displayName)
        fields.model("schedule", required: \.schedule)
        fields.model("jobSpecification", required: \.jobSpecification)
        fields.models("metadata", \.metadata)
    }

    static let batchJobScheduleExecutionInfo = probe(BatchJobScheduleExecutionInfo.self) { fields in
        fields.date("nextRunTime", \.nextRunTime)
        fields.model("recentJob", \.recentJob)
        fields.date("endTime", \.endTime)
    }

    static let batchJobScheduleStatistics = probe(BatchJobScheduleStatistics.self) { fields in
        fields.text("url", \.url)
        fields.date("startTime", \.startTime)
        fields.date("lastUpdateTime", \.lastUpdateTime)
        fields.duration("userCPUTime", \.userCPUTime)
        fields.duration("kernelCPUTime", \.kernelCPUTime)
        fields.duration("wallClockTime", \.wallClockTime)
        fields.int64("readIOps", \.readIOPS)
        fields.int64("writeIOps", \.writeIOPS)
        fields.double("readIOGiB", \.readIOGiB)
        fields.double("writeIOGiB", \.writeIOGiB)
        fields.int64("numSucceededTasks", \.succeededTasksCount)
        fields.int64("numFailedTasks", \.failedTasksCount)
        fields.int64("numTaskRetries", \.taskRetriesCount)
        fields.duration("waitTime", \.waitTime)
    }

    static let batchJobScheduleUpdateOptions = probe(BatchJobScheduleUpdateOptions.self) { fields in
        fields.model("schedule", \.schedule)
        fields.model("jobSpecification", \.jobSpecification)
        fields.models("metadata", \.metadata)
    }

    static let batchJobSchedulingError = probe(BatchJobSchedulingError.self) { fields in
        fields.open("category", \.category)
        fields.text("code", \.code)
        fields.text("message", \.message)
        fields.models("details", \.details)
    }

    static let batchJobSpecification = probe(BatchJobSpecification.self) { fields in
        fields.int("priority", \.priority)
        fields.bool("allowTaskPreemption", \.allowTaskPreemption)
        fields.int("maxParallelTasks", \.maxParallelTasks)
        fields.text("displayName", \.displayName)
        fields.bool("usesTaskDependencies", \.usesTaskDependencies)
        fields.open("onAllTasksComplete", \.allTasksCompleteMode)
        fields.open("onTaskFailure", \.taskFailureMode)
        fields.model("networkConfiguration", \.networkConfiguration)
        fields.model("constraints", \.constraints)
        fields.model("jobManagerTask", \.jobManagerTask)
        fields.model("jobPreparationTask", \.jobPreparationTask)
        fields.model("jobReleaseTask", \.jobReleaseTask)
        fields.models("commonEnvironmentSettings", \.commonEnvironmentSettings)
        fields.model("poolInfo", \.poolInfo)
        fields.models("metadata", \.metadata)
    }

    static let batchJobStatistics = probe(BatchJobStatistics.self) { fields in
        fields.text("url", \.url)
        fields.date("startTime", \.startTime)
        fields.date("lastUpdateTime", \.lastUpdateTime)
        fields.duration("userCPUTime", \.userCPUTime)
        fields.duration("kernelCPUTime", \.kernelCPUTime)
        fields.duration("wallClockTime", \.wallClockTime)
        fields.int64("readIOps", \.readIOPS)
        fields.int64("writeIOps", \.writeIOPS)
        fields.double("readIOGiB", \.readIOGiB)
        fields.double("writeIOGiB", \.writeIOGiB)
        fields.int64("numSucceededTasks", \.succeededTasksCount)
        fields.int64("numFailedTasks", \.failedTasksCount)
        fields.int64("numTaskRetries", \.taskRetriesCount)
        fields.duration("waitTime", \.waitTime)
    }

    static let batchJobTerminateOptions = probe(BatchJobTerminateOptions.self) { fields in
        fields.text("terminateReason", \.terminationReason)
    }

    static let batchJobUpdateOptions = probe(BatchJobUpdateOptions.self) { fields in
        fields.int("priority", \.priority)
        fields.bool("allowTaskPreemption", \.allowTaskPreemption)
        fields.int("maxParallelTasks", \.maxParallelTasks)
        fields.model("constraints", \.constraints)
        fields.model("poolInfo", \.poolInfo)
        fields.open("onAllTasksComplete", \.allTasksCompleteMode)
        fields.models("metadata", \.metadata)
        fields.model("networkConfiguration", \.networkConfiguration)
    }

    static let batchMetadataItem = probe(BatchMetadataItem.self) { fields in
        fields.text("name", \.name)
        fields.text("value", \.value)
    }

    static let batchNode = probe(BatchNode.self) { fields in
        fields.text("id", required: \.id, isReadOnly: true)
        fields.text("url", \.url, isReadOnly: true)
        fields.open("state", \.state, isReadOnly: true)
        fields.open("schedulingState", \.schedulingState, isReadOnly: true)
        fields.date("stateTransitionTime", \.stateTransitionTime, isReadOnly: true)
        fields.date("lastBootTime", \.lastBootTime, isReadOnly: true)
        fields.date("allocationTime", \.allocationTime, isReadOnly: true)
        fields.text("ipAddress", \.ipAddress, isReadOnly: true)
        fields.text("ipv6Address", \.ipv6Address, isReadOnly: true)
        fields.text("affinityId", \.affinityID, isReadOnly: true)
        fields.text("vmSize", \.vmSize, isReadOnly: true)
        fields.int("totalTasksRun", \.totalTasksRun, isReadOnly: true)
        fields.int("runningTasksCount", \.runningTasksCount, isReadOnly: true)
        fields.int("runningTaskSlotsCount", \.runningTaskSlotsCount, isReadOnly: true)
        fields.int("totalTasksSucceeded", \.totalTasksSucceeded, isReadOnly: true)
        fields.models("recentTasks", \.recentTasks, isReadOnly: true)
        fields.model("startTask", \.startTask, isReadOnly: true)
        fields.model("startTaskInfo", \.startTaskInfo, isReadOnly: true)
        fields.models("errors", \.errors, isReadOnly: true)
        fields.bool("isDedicated", \.isDedicated, isReadOnly: true)
        fields.model("endpointConfiguration", \.endpointConfiguration, isReadOnly: true)
        fields.model("nodeAgentInfo", \.nodeAgentInfo, isReadOnly: true)
        fields.model("virtualMachineInfo", \.virtualMachineInfo, isReadOnly: true)
    }

    static let batchNodeAgentInfo = probe(BatchNodeAgentInfo.self) { fields in
        fields.text("version", \.version)
        fields.date("lastUpdateTime", \.lastUpdateTime)
    }

    static let batchNodeCounts = probe(BatchNodeCounts.self) { fields in
        fields.int("creating", \.creating)
        fields.int("idle", \.idle)
        fields.int("offline", \.offline)
        fields.int("preempted", \.preempted)
        fields.int("rebooting", \.rebooting)
        fields.int("reimaging", \.reimaging)
        fields.int("running", \.running)
        fields.int("starting", \.starting)
        fields.int("startTaskFailed", \.startTaskFailed)
        fields.int("leavingPool", \.leavingPool)
        fields.int("unknown", \.unknown)
        fields.int("unusable", \.unusable)
        fields.int("waitingForStartTask", \.waitingForStartTask)
        fields.int("deallocated", \.deallocated)
        fields.int("deallocating", \.deallocating)
        fields.int("total", \.total)
        fields.int("upgradingOS", \.upgradingOS)
    }

    static let batchNodeDeallocateOptions = probe(BatchNodeDeallocateOptions.self) { fields in
        fields.open("nodeDeallocateOption", \.nodeDeallocateOption)
    }

    static let batchNodeDisableSchedulingOptions = probe(BatchNodeDisableSchedulingOptions.self) { fields in
        fields.open("nodeDisableSchedulingOption", \.nodeDisableSchedulingOption)
    }

    static let batchNodeEndpointConfiguration = probe(BatchNodeEndpointConfiguration.self) { fields in
        fields.models("inboundEndpoints", \.inboundEndpoints)
    }

    static let batchNodeError = probe(BatchNodeError.self) { fields in
        fields.text("code", \.code)
        fields.text("message", \.message)
        fields.models("errorDetails", \.errorDetails)
    }

    static let batchNodeFile = probe(BatchNodeFile.self) { fields in
        fields.text("name", \.name)
        fields.text("url", \.url)
        fields.bool("isDirectory", \.isDirectory)
        fields.model("properties", \.properties)
    }

    static let batchNodeIdentityReference = probe(BatchNodeIdentityReference.self) { fields in
        fields.text("resourceId", \.resourceID)
    }

    static let batchNodeInfo = probe(BatchNodeInfo.self) { fields in
        fields.text("affinityId", \.affinityID)
        fields.text("nodeUrl", \.nodeURL)
        fields.text("poolId", \.poolID)
        fields.text("nodeId", \.nodeID)
        fields.text("taskRootDirectory", \.taskRootDirectory)
        fields.text("taskRootDirectoryUrl", \.taskRootDirectoryURL)
    }

    static let batchNodePlacementConfiguration = probe(BatchNodePlacementConfiguration.self) { fields in
        fields.open("policy", \.policy)
    }
}

extension FieldTable {
    static let part2: [any AnyModelProbe] = [
        batchJobPreparationTaskExecutionInfo, batchJobReleaseTask, batchJobReleaseTaskExecutionInfo, batchJobSchedule,
        batchJobScheduleConfiguration, batchJobScheduleCreateOptions, batchJobScheduleExecutionInfo,
        batchJobScheduleStatistics, batchJobScheduleUpdateOptions, batchJobSchedulingError, batchJobSpecification,
        batchJobStatistics, batchJobTerminateOptions, batchJobUpdateOptions, batchMetadataItem, batchNode,
        batchNodeAgentInfo, batchNodeCounts, batchNodeDeallocateOptions, batchNodeDisableSchedulingOptions,
        batchNodeEndpointConfiguration, batchNodeError, batchNodeFile, batchNodeIdentityReference, batchNodeInfo,
        batchNodePlacementConfiguration,
    ]
}
