import BatchModels

// Which property carries which field, written down apart from the generator, so that a mistake of the
// generator cannot hide.

extension FieldTable {
    static let batchStartTask = probe(BatchStartTask.self) { fields in
        fields.text("commandLine", \.commandLine)
        fields.model("containerSettings", \.containerSettings)
        fields.models("resourceFiles", \.resourceFiles)
        fields.models("environmentSettings", \.environmentSettings)
        fields.model("userIdentity", \.userIdentity)
        fields.int("maxTaskRetryCount", \.maxTaskRetryCount)
        fields.bool("waitForSuccess", \.waitForSuccess)
    }

    static let batchStartTaskInfo = probe(BatchStartTaskInfo.self) { fields in
        fields.open("state", \.state)
        fields.date("startTime", \.startTime)
        fields.date("endTime", \.endTime)
        fields.int("exitCode", \.exitCode)
        fields.model("containerInfo", \.containerInfo)
        fields.model("failureInfo", \.failureInfo)
        fields.int("retryCount", \.retryCount)
        fields.date("lastRetryTime", \.lastRetryTime)
        fields.open("result", \.result)
    }

    static let batchSubtask = probe(BatchSubtask.self) { fields in
        fields.int("id", required: \.id)
        fields.model("nodeInfo", \.nodeInfo)
        fields.date("startTime", \.startTime)
        fields.date("endTime", \.endTime)
        fields.int("exitCode", \.exitCode)
        fields.model("containerInfo", \.containerInfo)
        fields.model("failureInfo", \.failureInfo)
        fields.open("state", \.state)
        fields.date("stateTransitionTime", \.stateTransitionTime)
        fields.open("previousState", \.previousState)
        fields.date("previousStateTransitionTime", \.previousStateTransitionTime)
        fields.open("result", \.result)
    }

    static let batchSupportedImage = probe(BatchSupportedImage.self) { fields in
        fields.text("nodeAgentSKUId", \.nodeAgentSKUID)
        fields.model("imageReference", \.imageReference)
        fields.open("osType", \.osType)
        fields.texts("capabilities", \.capabilities)
        fields.date("batchSupportEndOfLife", \.batchSupportEndOfLife)
        fields.open("verificationType", \.verificationType)
    }

    static let batchTask = probe(BatchTask.self) { fields in
        fields.text("id", required: \.id, isReadOnly: true)
        fields.text("displayName", \.displayName, isReadOnly: true)
        fields.text("url", \.url, isReadOnly: true)
        fields.etag("eTag", \.etag, isReadOnly: true)
        fields.date("lastModified", \.lastModified, isReadOnly: true)
        fields.date("creationTime", \.creationTime, isReadOnly: true)
        fields.model("exitConditions", \.exitConditions, isReadOnly: true)
        fields.open("state", \.state, isReadOnly: true)
        fields.date("stateTransitionTime", \.stateTransitionTime, isReadOnly: true)
        fields.open("previousState", \.previousState, isReadOnly: true)
        fields.date("previousStateTransitionTime", \.previousStateTransitionTime, isReadOnly: true)
        fields.text("commandLine", \.commandLine, isReadOnly: true)
        fields.model("containerSettings", \.containerSettings, isReadOnly: true)
        fields.models("resourceFiles", \.resourceFiles, isReadOnly: true)
        fields.models("outputFiles", \.outputFiles, isReadOnly: true)
        fields.models("environmentSettings", \.environmentSettings, isReadOnly: true)
        fields.model("affinityInfo", \.affinityInfo, isReadOnly: true)
        fields.model("constraints", \.constraints)
        fields.int("requiredSlots", \.requiredSlots, isReadOnly: true)
        fields.model("userIdentity", \.userIdentity, isReadOnly: true)
        fields.model("executionInfo", \.executionInfo, isReadOnly: true)
        fields.model("nodeInfo", \.nodeInfo, isReadOnly: true)
        fields.model("multiInstanceSettings", \.multiInstanceSettings, isReadOnly: true)
        fields.model("stats", \.taskStatistics, isReadOnly: true)
        fields.model("dependsOn", \.dependsOn, isReadOnly: true)
        fields.models("applicationPackageReferences", \.applicationPackageReferences, isReadOnly: true)
    }

    static let batchTaskConstraints = probe(BatchTaskConstraints.self) { fields in
        fields.duration("maxWallClockTime", \.maxWallClockTime)
        fields.duration("retentionTime", \.retentionTime)
        fields.int("maxTaskRetryCount", \.maxTaskRetryCount)
    }

    static let batchTaskContainerExecutionInfo = probe(BatchTaskContainerExecutionInfo.self) { fields in
        fields.text("containerId", \.containerID)
        fields.text("state", \.state)
        fields.text("error", \.error)
    }

    static let batchTaskContainerSettings = probe(BatchTaskContainerSettings.self) { fields in
        fields.text("containerRunOptions", \.containerRunOptions)
        fields.text("imageName", \.imageName)
        fields.model("registry", \.registry)
        fields.open("workingDirectory", \.workingDirectory)
        fields.models("containerHostBatchBindMounts", \.containerHostBatchBindMounts)
    }

    static let batchTaskCounts = probe(BatchTaskCounts.self) { fields in
        fields.int("active", \.active)
        fields.int("running", \.running)
        fields.int("completed", \.completed)
        fields.int("succeeded", \.succeeded)
        fields.int("failed", \.failed)
    }

    static let batchTaskCountsResult = probe(BatchTaskCountsResult.self) { fields in
        fields.model("taskCounts", required: \.taskCounts)
        fields.model("taskSlotCounts", \.taskSlotCounts)
    }

    static let batchTaskCreateOptions = probe(BatchTaskCreateOptions.self) { fields in
        fields.text("id", required: \.id)
        fields.text("displayName", \.displayName)
        fields.model("exitConditions", \.exitConditions)
        fields.text("commandLine", required: \.commandLine)
        fields.model("containerSettings", \.containerSettings)
        fields.models("resourceFiles", \.resourceFiles)
        fields.models("outputFiles", \.outputFiles)
        fields.models("environmentSettings", \.environmentSettings)
        fields.model("affinityInfo", \.affinityInfo)
        fields.model("constraints", \.constraints)
        fields.int("requiredSlots", \.requiredSlots)
        fields.model("userIdentity", \.userIdentity)
        fields.model("multiInstanceSettings", \.multiInstanceSettings)
        fields.model("dependsOn", \.dependsOn)
        fields.models("applicationPackageReferences", \.applicationPackageReferences)
    }

    static let batchTaskCreateResult = probe(BatchTaskCreateResult.self) { fields in
        fields.open("status", \.status)
        fields.text("taskId", \.taskID)
        fields.etag("eTag", \.etag)
        fields.date("lastModified", \.lastModified)
        fields.text("location", \.location)
        fields.model("error", \.error)
    }

    static let batchTaskDependencies = probe(BatchTaskDependencies.self) { fields in
        fields.texts("taskIds", \.taskIDs)
        fields.models("taskIdRanges", \.taskIDRanges)
    }

    static let batchTaskExecutionInfo = probe(BatchTaskExecutionInfo.self) { fields in
        fields.date("startTime", \.startTime)
        fields.date("endTime", \.endTime)
        fields.int("exitCode", \.exitCode)
        fields.model("containerInfo", \.containerInfo)
        fields.model("failureInfo", \.failureInfo)
        fields.int("retryCount", \.retryCount)
        fields.date("lastRetryTime", \.lastRetryTime)
        fields.int("requeueCount", \.requeueCount)
        fields.date("lastRequeueTime", \.lastRequeueTime)
        fields.open("result", \.result)
    }

    static let batchTaskFailureInfo = probe(BatchTaskFailureInfo.self) { fields in
        fields.open("category", \.category)
        fields.text("code", \.code)
        fields.text("message", \.message)
        fields.models("details", \.details)
    }

    static let batchTaskGroup = probe(BatchTaskGroup.self) { fields in
        fields.models("value", required: \.values)
    }

    static let batchTaskIdRange = probe(BatchTaskIdRange.self) { fields in
        fields.int("start", \.start)
        fields.int("end", \.end)
    }

    static let batchTaskInfo = probe(BatchTaskInfo.self) { fields in
        fields.text("taskUrl", \.taskURL)
        fields.text("jobId", \.jobID)
        fields.text("taskId", \.taskID)
        fields.int("subtaskId", \.subtaskID)
        fields.open("taskState", \.taskState)
        fields.model("executionInfo", \.executionInfo)
    }

    static let batchTaskSchedulingPolicy = probe(BatchTaskSchedulingPolicy.self) { fields in
        fields.open("jobDefaultOrder", \.jobDefaultOrder)
        fields.open("nodeFillType", \.nodeFillType)
    }

    static let batchTaskSlotCounts = probe(BatchTaskSlotCounts.self) { fields in
        fields.int("active", \.active)
        fields.int("running", \.running)
        fields.int("completed", \.completed)
        fields.int("succeeded", \.succeeded)
        fields.int("failed", \.failed)
    }

    static let batchTaskStatistics = probe(BatchTaskStatistics.self) { fields in
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
        fields.duration("waitTime", \.waitTime)
    }

    static let batchUefiSettings = probe(BatchUefiSettings.self) { fields in
        fields.bool("secureBootEnabled", \.secureBootEnabled)
        fields.bool("vTpmEnabled", \.vtpmEnabled)
    }

    static let batchUserAssignedIdentity = probe(BatchUserAssignedIdentity.self) { fields in
        fields.text("resourceId", \.resourceID)
        fields.text("clientId", \.clientID, isReadOnly: true)
        fields.text("principalId", \.principalID, isReadOnly: true)
    }

    static let batchVmDiskSecurityProfile = probe(BatchVmDiskSecurityProfile.self) { fields in
        fields.open("securityEncryptionType", \.securityEncryptionType)
    }

    static let batchVmImageReference = probe(BatchVmImageReference.self) { fields in
        fields.text("publisher", \.publisher)
        fields.text("offer", \.offer)
        fields.text("sku", \.sku)
        fields.text("version", \.version)
        fields.text("virtualMachineImageId", \.virtualMachineImageID)
        fields.text("exactVersion", \.exactVersion, isReadOnly: true)
        fields.text("sharedGalleryImageId", \.sharedGalleryImageID)
        fields.text("communityGalleryImageId", \.communityGalleryImageID)
    }

    static let cifsMountConfiguration = probe(CifsMountConfiguration.self) { fields in
        fields.text("username", \.username)
        fields.text("source", \.source)
        fields.text("relativeMountPath", \.relativeMountPath)
        fields.text("mountOptions", \.mountOptions)
        fields.text("password", \.password)
    }
}

extension FieldTable {
    static let part4: [any AnyModelProbe] = [
        batchStartTask, batchStartTaskInfo, batchSubtask, batchSupportedImage, batchTask, batchTaskConstraints,
        batchTaskContainerExecutionInfo, batchTaskContainerSettings, batchTaskCounts, batchTaskCountsResult,
        batchTaskCreateOptions, batchTaskCreateResult, batchTaskDependencies, batchTaskExecutionInfo,
        batchTaskFailureInfo, batchTaskGroup, batchTaskIdRange, batchTaskInfo, batchTaskSchedulingPolicy,
        batchTaskSlotCounts, batchTaskStatistics, batchUefiSettings, batchUserAssignedIdentity,
        batchVmDiskSecurityProfile, batchVmImageReference, cifsMountConfiguration,
    ]
}
