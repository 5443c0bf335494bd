import BatchModels

// Which property carries which field, written down apart from the generator, so that a mistake of the
// generator cannot hide.

extension FieldTable {
    static let automaticOsUpgradePolicy = probe(AutomaticOsUpgradePolicy.self) { fields in
        fields.bool("disableAutomaticRollback", \.disableAutomaticRollback)
        fields.bool("enableAutomaticOSUpgrade", \.enableAutomaticOSUpgrade)
        fields.bool("useRollingUpgradePolicy", \.useRollingUpgradePolicy)
        fields.bool("osRollingUpgradeDeferral", \.osRollingUpgradeDeferral)
    }

    static let autoScaleRun = probe(AutoScaleRun.self) { fields in
        fields.date("timestamp", \.timestamp)
        fields.text("results", \.results)
        fields.model("error", \.error)
    }

    static let autoScaleRunError = probe(AutoScaleRunError.self) { fields in
        fields.text("code", \.code)
        fields.text("message", \.message)
        fields.models("values", \.values)
    }

    static let autoUserSpecification = probe(AutoUserSpecification.self) { fields in
        fields.open("scope", \.scope)
        fields.open("elevationLevel", \.elevationLevel)
    }

    static let azureBlobFileSystemConfiguration = probe(AzureBlobFileSystemConfiguration.self) { fields in
        fields.text("accountName", \.accountName)
        fields.text("containerName", \.containerName)
        fields.text("accountKey", \.accountKey)
        fields.text("sasKey", \.sasKey)
        fields.text("blobfuseOptions", \.blobfuseOptions)
        fields.text("relativeMountPath", \.relativeMountPath)
        fields.model("identityReference", \.identityReference)
    }

    static let azureFileShareConfiguration = probe(AzureFileShareConfiguration.self) { fields in
        fields.text("accountName", \.accountName)
        fields.text("accountKey", \.accountKey)
        fields.text("azureFileUrl", \.azureFileURL)
        fields.text("relativeMountPath", \.relativeMountPath)
        fields.text("mountOptions", \.mountOptions)
    }

    static let batchAffinityInfo = probe(BatchAffinityInfo.self) { fields in
        fields.text("affinityId", \.affinityID)
    }

    static let batchApplication = probe(BatchApplication.self) { fields in
        fields.text("id", required: \.id)
        fields.text("displayName", \.displayName)
        fields.texts("versions", \.versions)
    }

    static let batchApplicationPackageReference = probe(BatchApplicationPackageReference.self) { fields in
        fields.text("applicationId", \.applicationID)
        fields.text("version", \.version)
    }

    static let batchAutoPoolSpecification = probe(BatchAutoPoolSpecification.self) { fields in
        fields.text("autoPoolIdPrefix", \.autoPoolIDPrefix)
        fields.open("poolLifetimeOption", \.poolLifetimeOption)
        fields.bool("keepAlive", \.keepAlive)
        fields.model("pool", \.pool)
    }

    static let batchContainerConfiguration = probe(BatchContainerConfiguration.self) { fields in
        fields.open("type", \.type)
        fields.texts("containerImageNames", \.containerImageNames)
        fields.models("containerRegistries", \.containerRegistries)
    }

    static let batchCreateTaskCollectionResult = probe(BatchCreateTaskCollectionResult.self) { fields in
        fields.models("value", required: \.values)
    }

    static let batchDiffDiskSettings = probe(BatchDiffDiskSettings.self) { fields in
        fields.open("placement", \.placement)
    }

    static let batchError = probe(BatchError.self) { fields in
        fields.text("code", \.code)
        fields.model("message", \.message)
        fields.models("values", \.values)
    }

    static let batchErrorDetail = probe(BatchErrorDetail.self) { fields in
        fields.text("key", \.key)
        fields.text("value", \.value)
    }

    static let batchErrorMessage = probe(BatchErrorMessage.self) { fields in
        fields.text("lang", \.lang)
        fields.text("value", \.value)
    }

    static let batchInboundNatPool = probe(BatchInboundNatPool.self) { fields in
        fields.text("name", \.name)
        fields.open("protocol", \.`protocol`)
        fields.int("backendPort", \.backendPort)
        fields.int("frontendPortRangeStart", \.frontendPortRangeStart)
        fields.int("frontendPortRangeEnd", \.frontendPortRangeEnd)
        fields.models("networkSecurityGroupRules", \.networkSecurityGroupRules)
    }

    static let batchJob = probe(BatchJob.self) { fields in
        fields.text("id", required: \.id, isReadOnly: true)
        fields.text("displayName", \.displayName, isReadOnly: true)
        fields.bool("usesTaskDependencies", \.usesTaskDependencies, isReadOnly: true)
        fields.text("url", \.url, isReadOnly: true)
        fields.etag("eTag", \.etag, isReadOnly: true)
        fields.date("lastModified", \.lastModified, isReadOnly: true)
        fields.date("creationTime", \.creationTime, isReadOnly: true)
        fields.open("state", \.state, isReadOnly: true)
        fields.date("stateTransitionTime", \.stateTransitionTime, isReadOnly: true)
        fields.open("previousState", \.previousState, isReadOnly: true)
        fields.date("previousStateTransitionTime", \.previousStateTransitionTime, isReadOnly: true)
        fields.int("priority", \.priority)
        fields.bool("allowTaskPreemption", \.allowTaskPreemption)
        fields.int("maxParallelTasks", \.maxParallelTasks)
        fields.model("constraints", \.constraints)
        fields.model("jobManagerTask", \.jobManagerTask, isReadOnly: true)
        fields.model("jobPreparationTask", \.jobPreparationTask, isReadOnly: true)
        fields.model("jobReleaseTask", \.jobReleaseTask, isReadOnly: true)
        fields.models("commonEnvironmentSettings", \.commonEnvironmentSettings, isReadOnly: true)
        fields.model("poolInfo", \.poolInfo)
        fields.open("onAllTasksComplete", \.allTasksCompleteMode)
        fields.open("onTaskFailure", \.taskFailureMode, isReadOnly: true)
        fields.model("networkConfiguration", \.networkConfiguration, isReadOnly: true)
        fields.models("metadata", \.metadata)
        fields.model("executionInfo", \.executionInfo, isReadOnly: true)
        fields.model("stats", \.jobStatistics, isReadOnly: true)
    }

    static let batchJobConstraints = probe(BatchJobConstraints.self) { fields in
        fields.duration("maxWallClockTime", \.maxWallClockTime)
        fields.int("maxTaskRetryCount", \.maxTaskRetryCount)
    }

    static let batchJobCreateOptions = probe(BatchJobCreateOptions.self) { fields in
        fields.text("id", required: \.id)
        fields.text("displayName", \.displayName)
        fields.bool("usesTaskDependencies", \.usesTaskDependencies)
        fields.int("priority", \.priority)
        fields.bool("allowTaskPreemption", \.allowTaskPreemption)
        fields.int("maxParallelTasks", \.maxParallelTasks)
        fields.model("constraints", \.constraints)
        fields.model("jobManagerTask", \.jobManagerTask)
        fields.model("jobPreparationTask", \.jobPreparationTask)
        fields.model("jobReleaseTask", \.jobReleaseTask)
        fields.models("commonEnvironmentSettings", \.commonEnvironmentSettings)
        fields.model("poolInfo", required: \.poolInfo)
        fields.open("onAllTasksComplete", \.allTasksCompleteMode)
        fields.open("onTaskFailure", \.taskFailureMode)
        fields.model("networkConfiguration", \.networkConfiguration)
        fields.models("metadata", \.metadata)
    }

    static let batchJobDisableOptions = probe(BatchJobDisableOptions.self) { fields in
        fields.open("disableTasks", required: \.disableTasks)
    }

    static let batchJobExecutionInfo = probe(BatchJobExecutionInfo.self) { fields in
        fields.date("startTime", \.startTime)
        fields.date("endTime", \.endTime)
        fields.text("poolId", \.poolID)
        fields.model("schedulingError", \.schedulingError)
        fields.text("terminateReason", \.terminationReason)
    }

    static let batchJobManagerTask = probe(BatchJobManagerTask.self) { fields in
        fields.text("id", \.id)
        fields.text("displayName", \.displayName)
        fields.text("commandLine", \.commandLine)
        fields.model("containerSettings", \.containerSettings)
        fields.models("resourceFiles", \.resourceFiles)
        fields.models("outputFiles", \.outputFiles)
        fields.models("environmentSettings", \.environmentSettings)
        fields.model("constraints", \.constraints)
        fields.int("requiredSlots", \.requiredSlots)
        fields.bool("killJobOnCompletion", \.killJobOnCompletion)
        fields.model("userIdentity", \.userIdentity)
        fields.bool("runExclusive", \.runExclusive)
        fields.models("applicationPackageReferences", \.applicationPackageReferences)
        fields.bool("allowLowPriorityNode", \.allowLowPriorityNode)
    }

    static let batchJobNetworkConfiguration = probe(BatchJobNetworkConfiguration.self) { fields in
        fields.text("subnetId", \.subnetID)
        fields.bool("skipWithdrawFromVNet", \.skipWithdrawFromVNet)
    }

    static let batchJobPreparationAndReleaseTaskStatus = probe(BatchJobPreparationAndReleaseTaskStatus.self) { fields in
        fields.text("poolId", required: \.poolID)
        fields.text("nodeId", required: \.nodeID)
        fields.text("nodeUrl", \.nodeURL)
        fields.model("jobPreparationTaskExecutionInfo", \.jobPreparationTaskExecutionInfo)
        fields.model("jobReleaseTaskExecutionInfo", \.jobReleaseTaskExecutionInfo)
    }

    static let batchJobPreparationTask = probe(BatchJobPreparationTask.self) { fields in
        fields.text("id", \.id)
        fields.text("commandLine", \.commandLine)
        fields.model("containerSettings", \.containerSettings)
        fields.models("resourceFiles", \.resourceFiles)
        fields.models("environmentSettings", \.environmentSettings)
        fields.model("constraints", \.constraints)
        fields.bool("waitForSuccess", \.waitForSuccess)
        fields.model("userIdentity", \.userIdentity)
        fields.bool("rerunOnNodeRebootAfterSuccess", \.rerunOnNodeRebootAfterSuccess)
    }
}

extension FieldTable {
    static let part1: [any AnyModelProbe] = [
        automaticOsUpgradePolicy, autoScaleRun, autoScaleRunError, autoUserSpecification,
        azureBlobFileSystemConfiguration, azureFileShareConfiguration, batchAffinityInfo, batchApplication,
        batchApplicationPackageReference, batchAutoPoolSpecification, batchContainerConfiguration,
        batchCreateTaskCollectionResult, batchDiffDiskSettings, batchError, batchErrorDetail, batchErrorMessage,
        batchInboundNatPool, batchJob, batchJobConstraints, batchJobCreateOptions, batchJobDisableOptions,
        batchJobExecutionInfo, batchJobManagerTask, batchJobNetworkConfiguration,
        batchJobPreparationAndReleaseTaskStatus, batchJobPreparationTask,
    ]
}
