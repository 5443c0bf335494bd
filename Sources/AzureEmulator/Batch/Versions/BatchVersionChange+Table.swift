extension BatchVersionChange {
    private typealias Row = BatchVersionChange

    /// All that changed in the objects of requests and answers, as the published models of each version have it.
    static let table = shapes + names + meanings

    /// What came, by version.
    private static let shapes: [BatchVersionChange] = [
        Row(.v5, "BatchJobManagerTask", .added(["allowLowPriorityNode", "outputFiles"])),
        Row(.v5, "BatchNode", .added(["isDedicated"])),
        Row(.v5, "BatchPool", .added(["currentLowPriorityNodes", "targetLowPriorityNodes"])),
        Row(.v5, "BatchPoolCreateOptions", .added(["targetLowPriorityNodes"])),
        Row(.v5, "BatchPoolResizeOptions", .added(["targetLowPriorityNodes"])),
        Row(.v5, "BatchPoolSpecification", .added(["targetLowPriorityNodes"])),
        Row(.v5, "BatchTask", .added(["outputFiles"])),
        Row(.v5, "BatchTaskCreateOptions", .added(["outputFiles"])),
        Row(.v5, "BatchJobPreparationTaskExecutionInfo", .added(["result"])),
        Row(.v5, "BatchJobReleaseTaskExecutionInfo", .added(["result"])),
        Row(.v5, "BatchStartTaskInfo", .added(["result"])),
        Row(.v5, "BatchSubtask", .added(["result"])),
        Row(.v5, "BatchTaskExecutionInfo", .added(["result"])),
        Row(.v5, "ExitConditions", .added(["fileUploadError"])),
        Row(.v5, "UserAccount", .added(["linuxUserConfiguration"])),

        Row(.v5u1, "BatchNode", .added(["endpointConfiguration"])),
        Row(.v5u1, "NetworkConfiguration", .added(["endpointConfiguration"])),

        Row(.v6, "BatchJobManagerTask", .added(["containerSettings"])),
        Row(.v6, "BatchJobPreparationTask", .added(["containerSettings"])),
        Row(.v6, "BatchJobReleaseTask", .added(["containerSettings"])),
        Row(.v6, "BatchStartTask", .added(["containerSettings"])),
        Row(.v6, "BatchTask", .added(["containerSettings"])),
        Row(.v6, "BatchTaskCreateOptions", .added(["containerSettings"])),
        Row(.v6, "BatchJobPreparationTaskExecutionInfo", .added(["containerInfo"])),
        Row(.v6, "BatchJobReleaseTaskExecutionInfo", .added(["containerInfo"])),
        Row(.v6, "BatchStartTaskInfo", .added(["containerInfo"])),
        Row(.v6, "BatchSubtask", .added(["containerInfo"])),
        Row(.v6, "BatchTaskExecutionInfo", .added(["containerInfo"])),
        Row(.v6, "BatchVmImageReference", .added(["virtualMachineImageId"])),
        Row(.v6, "VirtualMachineConfiguration", .added(["containerConfiguration", "dataDisks", "licenseType"])),

        Row(.v7, "BatchNode", .added(["nodeAgentInfo"])),

        Row(.v8, "BatchJob", .added(["networkConfiguration"])),
        Row(.v8, "BatchJobCreateOptions", .added(["networkConfiguration"])),
        Row(.v8, "BatchJobSpecification", .added(["networkConfiguration"])),
        Row(.v8, "NetworkConfiguration", .added(["dynamicVNetAssignmentScope"])),
        Row(.v8, "ResourceFile", .added(["autoStorageContainerName", "blobPrefix", "storageContainerUrl"])),
        Row(.v8, "UserAccount", .added(["windowsUserConfiguration"])),
        Row(.v8, "VirtualMachineConfiguration", .removed(["osDisk"])),

        Row(.v9, "BatchTaskContainerSettings", .added(["workingDirectory"])),
        Row(.v9, "NetworkSecurityGroupRule", .added(["sourcePortRanges"])),

        Row(.v10, "BatchPool", .added(["mountConfiguration"])),
        Row(.v10, "BatchPoolCreateOptions", .added(["mountConfiguration"])),
        Row(.v10, "BatchPoolSpecification", .added(["mountConfiguration"])),

        Row(.v11, "NetworkConfiguration", .added(["publicIPAddressConfiguration"])),
        Row(.v11, "VirtualMachineConfiguration", .added(["diskEncryptionConfiguration"])),

        Row(.v12, "BatchJobManagerTask", .added(["requiredSlots"])),
        Row(.v12, "BatchNode", .added(["runningTaskSlotsCount"])),
        Row(.v12, "BatchTask", .added(["requiredSlots"])),
        Row(.v12, "BatchTaskCreateOptions", .added(["requiredSlots"])),

        Row(.v14, "AzureBlobFileSystemConfiguration", .added(["identityReference"])),
        Row(.v14, "BatchJob", .added(["maxParallelTasks"])),
        Row(.v14, "BatchJobCreateOptions", .added(["maxParallelTasks"])),
        Row(.v14, "BatchJobSpecification", .added(["maxParallelTasks"])),
        Row(.v14, "BatchJobUpdateOptions", .added(["maxParallelTasks"])),
        Row(.v14, "BatchNode", .added(["virtualMachineInfo"])),
        Row(.v14, "BatchOsDisk", .added(["ephemeralOSDiskSettings"])),
        Row(.v14, "BatchPool", .added(["identity"])),
        Row(.v14, "BatchVmImageReference", .added(["exactVersion"])),
        Row(.v14, "ContainerRegistryReference", .added(["identityReference"])),
        Row(.v14, "OutputFileBlobContainerDestination", .added(["identityReference"])),
        Row(.v14, "ResourceFile", .added(["identityReference"])),
        Row(.v14, "UploadBatchServiceLogsOptions", .added(["identityReference"])),
        Row(.v14, "VirtualMachineConfiguration", .added(["extensions", "nodePlacementConfiguration", "osDisk"])),

        Row(.v15, "BatchJob", .added(["allowTaskPreemption"])),
        Row(.v15, "BatchJobCreateOptions", .added(["allowTaskPreemption"])),
        Row(.v15, "BatchJobSpecification", .added(["allowTaskPreemption"])),
        Row(.v15, "BatchJobUpdateOptions", .added(["allowTaskPreemption"])),
        Row(.v15, "OutputFileBlobContainerDestination", .added(["uploadHeaders"])),

        Row(.v16, "BatchPool", .added(["targetNodeCommunicationMode"])),
        Row(.v16, "BatchPoolCreateOptions", .added(["targetNodeCommunicationMode"])),
        Row(.v16, "BatchPoolReplaceOptions", .added(["targetNodeCommunicationMode"])),
        Row(.v16, "BatchPoolSpecification", .added(["targetNodeCommunicationMode"])),
        Row(.v16, "BatchPoolUpdateOptions", .added(["targetNodeCommunicationMode"])),

        Row(.v17, "NetworkConfiguration", .added(["enableAcceleratedNetworking"])),
        Row(.v17, "VMExtension", .added(["enableAutomaticUpgrade"])),

        Row(.v18, "BatchOsDisk", .added(["diskSizeGB", "managedDisk", "writeAcceleratorEnabled"])),
        Row(.v18, "BatchPool", .added(["resourceTags"])),
        Row(.v18, "BatchPoolCreateOptions", .added(["resourceTags"])),
        Row(.v18, "BatchPoolSpecification", .added(["resourceTags"])),
        Row(.v18, "VirtualMachineConfiguration", .added(["securityProfile", "serviceArtifactReference"])),
        Row(.v18, "VirtualMachineInfo", .added(["scaleSetVmResourceId"])),

        Row(.v19, "BatchNodeCounts", .added(["upgradingOS"])),
        Row(.v19, "BatchPool", .added(["upgradePolicy"])),
        Row(.v19, "BatchPoolCreateOptions", .added(["upgradePolicy"])),
        Row(.v19, "BatchPoolSpecification", .added(["upgradePolicy"])),

        Row(.v20, "BatchJobNetworkConfiguration", .added(["skipWithdrawFromVNet"])),
        Row(.v20, "BatchJobUpdateOptions", .added(["networkConfiguration"])),
        Row(.v20, "BatchNodeCounts", .added(["deallocated", "deallocating"])),
        Row(
            .v20, "BatchPoolUpdateOptions",
            .added([
                "displayName", "enableInterNodeCommunication", "mountConfiguration", "networkConfiguration",
                "resourceTags", "taskSchedulingPolicy", "taskSlotsPerNode", "upgradePolicy", "userAccounts",
                "virtualMachineConfiguration", "vmSize",
            ])),
        Row(.v20, "BatchTaskContainerSettings", .added(["containerHostBatchBindMounts"])),
        Row(.v20, "BatchVmImageReference", .added(["communityGalleryImageId", "sharedGalleryImageId"])),
        Row(.v20, "ManagedDisk", .added(["securityProfile"])),

        Row(.v21, "BatchJobManagerTask", .removed(["authenticationTokenSettings"])),
        Row(.v21, "BatchNode", .added(["ipv6Address"])),
        Row(.v21, "BatchNode", .removed(["certificateReferences"])),
        Row(.v21, "BatchNodeRemoteLoginSettings", .added(["ipv6RemoteLoginIPAddress", "ipv6RemoteLoginPort"])),
        Row(.v21, "BatchPool", .removed(olderPoolProperties)),
        Row(.v21, "BatchPoolCreateOptions", .removed(olderPoolProperties)),
        Row(.v21, "BatchPoolReplaceOptions", .removed(["certificateReferences", "targetNodeCommunicationMode"])),
        Row(.v21, "BatchPoolSpecification", .removed(olderPoolProperties)),
        Row(.v21, "BatchPoolUpdateOptions", .removed(olderPoolProperties)),
        Row(.v21, "BatchPublicIpAddressConfiguration", .added(["ipFamilies", "ipTags"])),
        Row(.v21, "BatchTask", .removed(["authenticationTokenSettings"])),
        Row(.v21, "BatchTaskCreateOptions", .removed(["authenticationTokenSettings"])),
        Row(.v21, "BatchTaskSchedulingPolicy", .added(["jobDefaultOrder"])),
        Row(.v21, "DataDisk", .added(["managedDisk"])),
        Row(.v21, "DiskEncryptionConfiguration", .added(["customerManagedKey"])),
        Row(.v21, "ManagedDisk", .added(["diskEncryptionSet"])),
        Row(.v21, "SecurityProfile", .added(["proxyAgentSettings"])),
    ]

    private static let olderPoolProperties = ["certificateReferences", "resourceTags", "targetNodeCommunicationMode"]

    /// What got another name or place.
    private static let names: [BatchVersionChange] = [
        Row(.v5, "BatchPool", .renamed("currentDedicated", "currentDedicatedNodes")),
        Row(.v5, "BatchPool", .renamed("targetDedicated", "targetDedicatedNodes")),
        Row(.v5, "BatchPool", .listed("resizeError", "resizeErrors")),
        Row(.v5, "BatchPoolCreateOptions", .renamed("targetDedicated", "targetDedicatedNodes")),
        Row(.v5, "BatchPoolResizeOptions", .renamed("targetDedicated", "targetDedicatedNodes")),
        Row(.v5, "BatchPoolSpecification", .renamed("targetDedicated", "targetDedicatedNodes")),
        Row(.v5, "BatchJobPreparationTaskExecutionInfo", .renamed("schedulingError", "failureInfo")),
        Row(.v5, "BatchJobReleaseTaskExecutionInfo", .renamed("schedulingError", "failureInfo")),
        Row(.v5, "BatchStartTaskInfo", .renamed("schedulingError", "failureInfo")),
        Row(.v5, "BatchSubtask", .renamed("schedulingError", "failureInfo")),
        Row(.v5, "BatchTaskExecutionInfo", .renamed("schedulingError", "failureInfo")),
        Row(.v5, "ExitConditions", .renamed("schedulingError", "preProcessingError")),
        Row(.v5, "UserAccount", .renamed("sshPrivateKey", "linuxUserConfiguration/sshPrivateKey")),
        Row(.v8, "ResourceFile", .renamed("blobSource", "httpUrl")),
        Row(.v12, "BatchPool", .renamed("maxTasksPerNode", "taskSlotsPerNode")),
        Row(.v12, "BatchPoolCreateOptions", .renamed("maxTasksPerNode", "taskSlotsPerNode")),
        Row(.v12, "BatchPoolSpecification", .renamed("maxTasksPerNode", "taskSlotsPerNode")),
        Row(.v12, "BatchTaskCountsResult", .nested("taskCounts")),
        Row(.v21, "DataDisk", .renamed("storageAccountType", "managedDisk/storageAccountType")),
    ]

    /// What had another meaning, or has none any more.
    private static let meanings: [BatchVersionChange] = [
        Row(.v6, "BatchOsDisk", .retired(["imageUris"])),
        Row(.v7, "BatchContainerConfiguration", .renamedValue("type", "docker", "dockerCompatible")),
        Row(.v7, "BatchTaskCountsResult", .formerConstant("validationStatus", "validated")),
        Row(.v10, "BatchStartTask", .formerDefault("waitForSuccess", false)),
        Row(.v20, "BatchPoolCreateOptions", .retired(["applicationLicenses", "cloudServiceConfiguration"])),
        Row(.v20, "BatchPoolSpecification", .retired(["applicationLicenses", "cloudServiceConfiguration"])),
    ]
}
