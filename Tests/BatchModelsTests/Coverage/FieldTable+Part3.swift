import BatchModels

// Which property carries which field, written down apart from the generator, so that a mistake of the
// generator cannot hide.

extension FieldTable {
    static let batchNodeRebootOptions = probe(BatchNodeRebootOptions.self) { fields in
        fields.open("nodeRebootOption", \.nodeRebootKind)
    }

    static let batchNodeReimageOptions = probe(BatchNodeReimageOptions.self) { fields in
        fields.open("nodeReimageOption", \.nodeReimageOption)
    }

    static let batchNodeRemoteLoginSettings = probe(BatchNodeRemoteLoginSettings.self) { fields in
        fields.text("ipv6RemoteLoginIPAddress", \.ipv6RemoteLoginIPAddress)
        fields.int("ipv6RemoteLoginPort", \.ipv6RemoteLoginPort)
        fields.text("remoteLoginIPAddress", \.remoteLoginIPAddress)
        fields.int("remoteLoginPort", \.remoteLoginPort)
    }

    static let batchNodeRemoveOptions = probe(BatchNodeRemoveOptions.self) { fields in
        fields.texts("nodeList", required: \.nodeIDs)
        fields.duration("resizeTimeout", \.resizeTimeout)
        fields.open("nodeDeallocationOption", \.nodeDeallocationOption)
    }

    static let batchNodeUserCreateOptions = probe(BatchNodeUserCreateOptions.self) { fields in
        fields.text("name", required: \.name)
        fields.bool("isAdmin", \.isAdmin)
        fields.date("expiryTime", \.expiryTime)
        fields.text("password", \.password)
        fields.text("sshPublicKey", \.sshPublicKey)
    }

    static let batchNodeUserReplaceOptions = probe(BatchNodeUserReplaceOptions.self) { fields in
        fields.text("password", \.password)
        fields.date("expiryTime", \.expiryTime)
        fields.text("sshPublicKey", \.sshPublicKey)
    }

    static let batchNodeVMExtension = probe(BatchNodeVMExtension.self) { fields in
        fields.text("provisioningState", \.provisioningState)
        fields.model("vmExtension", \.vmExtension)
        fields.model("instanceView", \.instanceView)
    }

    static let batchOsDisk = probe(BatchOsDisk.self) { fields in
        fields.model("ephemeralOSDiskSettings", \.ephemeralOSDiskSettings)
        fields.open("caching", \.caching)
        fields.int("diskSizeGB", \.diskSizeGB)
        fields.model("managedDisk", \.managedDisk)
        fields.bool("writeAcceleratorEnabled", \.writeAcceleratorEnabled)
    }

    static let batchPool = probe(BatchPool.self) { fields in
        fields.text("id", required: \.id, isReadOnly: true)
        fields.text("displayName", \.displayName, isReadOnly: true)
        fields.text("url", \.url, isReadOnly: true)
        fields.etag("eTag", \.etag, isReadOnly: true)
        fields.date("lastModified", \.lastModified, isReadOnly: true)
        fields.date("creationTime", \.creationTime, isReadOnly: true)
        fields.open("state", \.state, isReadOnly: true)
        fields.date("stateTransitionTime", \.stateTransitionTime, isReadOnly: true)
        fields.open("allocationState", \.allocationState, isReadOnly: true)
        fields.date("allocationStateTransitionTime", \.allocationStateTransitionTime, isReadOnly: true)
        fields.text("vmSize", \.vmSize, isReadOnly: true)
        fields.model("virtualMachineConfiguration", \.virtualMachineConfiguration, isReadOnly: true)
        fields.duration("resizeTimeout", \.resizeTimeout, isReadOnly: true)
        fields.models("resizeErrors", \.resizeErrors, isReadOnly: true)
        fields.int("currentDedicatedNodes", \.currentDedicatedNodes, isReadOnly: true)
        fields.int("currentLowPriorityNodes", \.currentLowPriorityNodes, isReadOnly: true)
        fields.int("targetDedicatedNodes", \.targetDedicatedNodes, isReadOnly: true)
        fields.int("targetLowPriorityNodes", \.targetLowPriorityNodes, isReadOnly: true)
        fields.bool("enableAutoScale", \.enableAutoScale, isReadOnly: true)
        fields.text("autoScaleFormula", \.autoScaleFormula, isReadOnly: true)
        fields.duration("autoScaleEvaluationInterval", \.autoScaleEvaluationInterval, isReadOnly: true)
        fields.model("autoScaleRun", \.autoScaleRun, isReadOnly: true)
        fields.bool("enableInterNodeCommunication", \.enableInterNodeCommunication, isReadOnly: true)
        fields.model("networkConfiguration", \.networkConfiguration, isReadOnly: true)
        fields.model("startTask", \.startTask)
        fields.models("applicationPackageReferences", \.applicationPackageReferences, isReadOnly: true)
        fields.int("taskSlotsPerNode", \.taskSlotsPerNode, isReadOnly: true)
        fields.model("taskSchedulingPolicy", \.taskSchedulingPolicy, isReadOnly: true)
        fields.models("userAccounts", \.userAccounts, isReadOnly: true)
        fields.models("metadata", \.metadata, isReadOnly: true)
        fields.model("stats", \.poolStatistics, isReadOnly: true)
        fields.models("mountConfiguration", \.mountConfiguration, isReadOnly: true)
        fields.model("identity", \.identity, isReadOnly: true)
        fields.model("upgradePolicy", \.upgradePolicy)
    }

    static let batchPoolCreateOptions = probe(BatchPoolCreateOptions.self) { fields in
        fields.text("id", required: \.id)
        fields.text("displayName", \.displayName)
        fields.text("vmSize", required: \.vmSize)
        fields.model("virtualMachineConfiguration", \.virtualMachineConfiguration)
        fields.duration("resizeTimeout", \.resizeTimeout)
        fields.int("targetDedicatedNodes", \.targetDedicatedNodes)
        fields.int("targetLowPriorityNodes", \.targetLowPriorityNodes)
        fields.bool("enableAutoScale", \.enableAutoScale)
        fields.text("autoScaleFormula", \.autoScaleFormula)
        fields.duration("autoScaleEvaluationInterval", \.autoScaleEvaluationInterval)
        fields.bool("enableInterNodeCommunication", \.enableInterNodeCommunication)
        fields.model("networkConfiguration", \.networkConfiguration)
        fields.model("startTask", \.startTask)
        fields.models("applicationPackageReferences", \.applicationPackageReferences)
        fields.int("taskSlotsPerNode", \.taskSlotsPerNode)
        fields.model("taskSchedulingPolicy", \.taskSchedulingPolicy)
        fields.models("userAccounts", \.userAccounts)
        fields.models("metadata", \.metadata)
        fields.models("mountConfiguration", \.mountConfiguration)
        fields.model("upgradePolicy", \.upgradePolicy)
    }

    static let batchPoolEnableAutoScaleOptions = probe(BatchPoolEnableAutoScaleOptions.self) { fields in
        fields.text("autoScaleFormula", \.autoScaleFormula)
        fields.duration("autoScaleEvaluationInterval", \.autoScaleEvaluationInterval)
    }

    static let batchPoolEndpointConfiguration = probe(BatchPoolEndpointConfiguration.self) { fields in
        fields.models("inboundNATPools", \.inboundNATPools)
    }

    static let batchPoolEvaluateAutoScaleOptions = probe(BatchPoolEvaluateAutoScaleOptions.self) { fields in
        fields.text("autoScaleFormula", required: \.autoScaleFormula)
    }

    static let batchPoolIdentity = probe(BatchPoolIdentity.self) { fields in
        fields.open("type", \.type)
        fields.models("userAssignedIdentities", \.userAssignedIdentities)
    }

    static let batchPoolIdentityReference = probe(BatchPoolIdentityReference.self) { fields in
        fields.text("resourceId", \.resourceID)
    }

    static let batchPoolInfo = probe(BatchPoolInfo.self) { fields in
        fields.text("poolId", \.poolID)
        fields.model("autoPoolSpecification", \.autoPoolSpecification)
    }

    static let batchPoolNodeCounts = probe(BatchPoolNodeCounts.self) { fields in
        fields.text("poolId", \.poolID)
        fields.model("dedicated", \.dedicated)
        fields.model("lowPriority", \.lowPriority)
    }

    static let batchPoolReplaceOptions = probe(BatchPoolReplaceOptions.self) { fields in
        fields.model("startTask", \.startTask)
        fields.models("applicationPackageReferences", required: \.applicationPackageReferences)
        fields.models("metadata", required: \.metadata)
    }

    static let batchPoolResizeOptions = probe(BatchPoolResizeOptions.self) { fields in
        fields.int("targetDedicatedNodes", \.targetDedicatedNodes)
        fields.int("targetLowPriorityNodes", \.targetLowPriorityNodes)
        fields.duration("resizeTimeout", \.resizeTimeout)
        fields.open("nodeDeallocationOption", \.nodeDeallocationOption)
    }

    static let batchPoolResourceStatistics = probe(BatchPoolResourceStatistics.self) { fields in
        fields.date("startTime", \.startTime)
        fields.date("lastUpdateTime", \.lastUpdateTime)
        fields.double("avgCPUPercentage", \.avgCPUPercentage)
        fields.double("avgMemoryGiB", \.avgMemoryGiB)
        fields.double("peakMemoryGiB", \.peakMemoryGiB)
        fields.double("avgDiskGiB", \.avgDiskGiB)
        fields.double("peakDiskGiB", \.peakDiskGiB)
        fields.int64("diskReadIOps", \.diskReadIOPS)
        fields.int64("diskWriteIOps", \.diskWriteIOPS)
        fields.double("diskReadGiB", \.diskReadGiB)
        fields.double("diskWriteGiB", \.diskWriteGiB)
        fields.double("networkReadGiB", \.networkReadGiB)
        fields.double("networkWriteGiB", \.networkWriteGiB)
    }

    static let batchPoolSpecification = probe(BatchPoolSpecification.self) { fields in
        fields.text("displayName", \.displayName)
        fields.text("vmSize", \.vmSize)
        fields.model("virtualMachineConfiguration", \.virtualMachineConfiguration)
        fields.int("taskSlotsPerNode", \.taskSlotsPerNode)
        fields.model("taskSchedulingPolicy", \.taskSchedulingPolicy)
        fields.duration("resizeTimeout", \.resizeTimeout)
        fields.int("targetDedicatedNodes", \.targetDedicatedNodes)
        fields.int("targetLowPriorityNodes", \.targetLowPriorityNodes)
        fields.bool("enableAutoScale", \.enableAutoScale)
        fields.text("autoScaleFormula", \.autoScaleFormula)
        fields.duration("autoScaleEvaluationInterval", \.autoScaleEvaluationInterval)
        fields.bool("enableInterNodeCommunication", \.enableInterNodeCommunication)
        fields.model("networkConfiguration", \.networkConfiguration)
        fields.model("startTask", \.startTask)
        fields.models("applicationPackageReferences", \.applicationPackageReferences)
        fields.models("userAccounts", \.userAccounts)
        fields.models("metadata", \.metadata)
        fields.models("mountConfiguration", \.mountConfiguration)
        fields.model("upgradePolicy", \.upgradePolicy)
    }

    static let batchPoolStatistics = probe(BatchPoolStatistics.self) { fields in
        fields.text("url", \.url)
        fields.date("startTime", \.startTime)
        fields.date("lastUpdateTime", \.lastUpdateTime)
        fields.model("usageStats", \.usageStatistics)
        fields.model("resourceStats", \.resourceStatistics)
    }

    static let batchPoolUpdateOptions = probe(BatchPoolUpdateOptions.self) { fields in
        fields.text("displayName", \.displayName)
        fields.text("vmSize", \.vmSize)
        fields.bool("enableInterNodeCommunication", \.enableInterNodeCommunication)
        fields.model("startTask", \.startTask)
        fields.models("applicationPackageReferences", \.applicationPackageReferences)
        fields.models("metadata", \.metadata)
        fields.model("virtualMachineConfiguration", \.virtualMachineConfiguration)
        fields.int("taskSlotsPerNode", \.taskSlotsPerNode)
        fields.model("taskSchedulingPolicy", \.taskSchedulingPolicy)
        fields.model("networkConfiguration", \.networkConfiguration)
        fields.models("userAccounts", \.userAccounts)
        fields.models("mountConfiguration", \.mountConfiguration)
        fields.model("upgradePolicy", \.upgradePolicy)
    }

    static let batchPoolUsageMetrics = probe(BatchPoolUsageMetrics.self) { fields in
        fields.text("poolId", \.poolID)
        fields.date("startTime", \.startTime)
        fields.date("endTime", \.endTime)
        fields.text("vmSize", \.vmSize)
        fields.double("totalCoreHours", \.totalCoreHours)
    }

    static let batchPoolUsageStatistics = probe(BatchPoolUsageStatistics.self) { fields in
        fields.date("startTime", \.startTime)
        fields.date("lastUpdateTime", \.lastUpdateTime)
        fields.duration("dedicatedCoreTime", \.dedicatedCoreTime)
    }

    static let batchPublicIpAddressConfiguration = probe(BatchPublicIpAddressConfiguration.self) { fields in
        fields.open("provision", \.ipAddressProvisioningType)
        fields.opens("ipFamilies", \.ipFamilies)
        fields.texts("ipAddressIds", \.ipAddressIDs)
        fields.models("ipTags", \.ipTags)
    }
}

extension FieldTable {
    static let part3: [any AnyModelProbe] = [
        batchNodeRebootOptions, batchNodeReimageOptions, batchNodeRemoteLoginSettings, batchNodeRemoveOptions,
        batchNodeUserCreateOptions, batchNodeUserReplaceOptions, batchNodeVMExtension, batchOsDisk, batchPool,
        batchPoolCreateOptions, batchPoolEnableAutoScaleOptions, batchPoolEndpointConfiguration,
        batchPoolEvaluateAutoScaleOptions, batchPoolIdentity, batchPoolIdentityReference, batchPoolInfo,
        batchPoolNodeCounts, batchPoolReplaceOptions, batchPoolResizeOptions, batchPoolResourceStatistics,
        batchPoolSpecification, batchPoolStatistics, batchPoolUpdateOptions, batchPoolUsageMetrics,
        batchPoolUsageStatistics, batchPublicIpAddressConfiguration,
    ]
}
