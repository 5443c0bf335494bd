extension BatchSchema {
    /// The objects that request bodies are made of: names, types, `!` where required, `~` where no answer has it, and with
    /// a minus sign the names that only the service writes.
    static let models = """
        AutoUserSpecification
            scope AutoUserScope, elevationLevel ElevationLevel
        AutomaticOsUpgradePolicy
            disableAutomaticRollback bool, enableAutomaticOSUpgrade bool, useRollingUpgradePolicy bool,
            osRollingUpgradeDeferral bool
        AzureBlobFileSystemConfiguration
            accountName string!, containerName string!, accountKey string~, sasKey string~,
            blobfuseOptions string, relativeMountPath string!, identityReference BatchNodeIdentityReference
        AzureFileShareConfiguration
            accountName string!, accountKey string!~, azureFileUrl string!, relativeMountPath string!,
            mountOptions string
        BatchAffinityInfo
            affinityId string!
        BatchApplicationPackageReference
            applicationId string!, version string
        BatchAutoPoolSpecification
            autoPoolIdPrefix string, poolLifetimeOption BatchPoolLifetimeOption!, keepAlive bool,
            pool BatchPoolSpecification
        BatchContainerConfiguration
            type ContainerType!, containerImageNames [string],
            containerRegistries [ContainerRegistryReference]
        BatchDiffDiskSettings
            placement DiffDiskPlacement
        BatchInboundNatPool
            name string!, protocol InboundEndpointProtocol!, backendPort int32!,
            frontendPortRangeStart int32!, frontendPortRangeEnd int32!,
            networkSecurityGroupRules [NetworkSecurityGroupRule]
        BatchJob
            priority int32, allowTaskPreemption bool, maxParallelTasks int32,
            constraints BatchJobConstraints, poolInfo BatchPoolInfo!,
            onAllTasksComplete BatchAllTasksCompleteMode, metadata [BatchMetadataItem], -id, -displayName,
            -usesTaskDependencies, -url, -eTag, -lastModified, -creationTime, -state, -stateTransitionTime,
            -previousState, -previousStateTransitionTime, -jobManagerTask, -jobPreparationTask,
            -jobReleaseTask, -commonEnvironmentSettings, -onTaskFailure, -networkConfiguration,
            -executionInfo, -stats
        BatchJobConstraints
            maxWallClockTime duration, maxTaskRetryCount int32
        BatchJobCreateOptions
            id string!, displayName string, usesTaskDependencies bool, priority int32,
            allowTaskPreemption bool, maxParallelTasks int32, constraints BatchJobConstraints,
            jobManagerTask BatchJobManagerTask, jobPreparationTask BatchJobPreparationTask,
            jobReleaseTask BatchJobReleaseTask, commonEnvironmentSettings [EnvironmentSetting],
            poolInfo BatchPoolInfo!, onAllTasksComplete BatchAllTasksCompleteMode,
            onTaskFailure BatchTaskFailureMode, networkConfiguration BatchJobNetworkConfiguration,
            metadata [BatchMetadataItem]
        BatchJobDisableOptions
            disableTasks DisableBatchJobOption!
        BatchJobManagerTask
            id string!, displayName string, commandLine string!,
            containerSettings BatchTaskContainerSettings, resourceFiles [ResourceFile],
            outputFiles [OutputFile], environmentSettings [EnvironmentSetting],
            constraints BatchTaskConstraints, requiredSlots int32, killJobOnCompletion bool,
            userIdentity UserIdentity, runExclusive bool,
            applicationPackageReferences [BatchApplicationPackageReference], allowLowPriorityNode bool
        BatchJobNetworkConfiguration
            subnetId string!, skipWithdrawFromVNet bool
        BatchJobPreparationTask
            id string, commandLine string!, containerSettings BatchTaskContainerSettings,
            resourceFiles [ResourceFile], environmentSettings [EnvironmentSetting],
            constraints BatchTaskConstraints, waitForSuccess bool, userIdentity UserIdentity,
            rerunOnNodeRebootAfterSuccess bool
        BatchJobReleaseTask
            id string, commandLine string!, containerSettings BatchTaskContainerSettings,
            resourceFiles [ResourceFile], environmentSettings [EnvironmentSetting],
            maxWallClockTime duration, retentionTime duration, userIdentity UserIdentity
        BatchJobTerminateOptions
            terminateReason string
        BatchJobUpdateOptions
            priority int32, allowTaskPreemption bool, maxParallelTasks int32,
            constraints BatchJobConstraints, poolInfo BatchPoolInfo,
            onAllTasksComplete BatchAllTasksCompleteMode, metadata [BatchMetadataItem],
            networkConfiguration BatchJobNetworkConfiguration
        BatchMetadataItem
            name string!, value string!
        BatchNodeDisableSchedulingOptions
            nodeDisableSchedulingOption BatchNodeDisableSchedulingOption
        BatchNodeIdentityReference
            resourceId string
        BatchNodePlacementConfiguration
            policy BatchNodePlacementPolicyType
        BatchNodeRemoveOptions
            nodeList [string]!, resizeTimeout duration, nodeDeallocationOption BatchNodeDeallocationOption
        BatchOsDisk
            ephemeralOSDiskSettings BatchDiffDiskSettings, caching CachingType, diskSizeGB int32,
            managedDisk ManagedDisk, writeAcceleratorEnabled bool
        BatchPoolCreateOptions
            id string!, displayName string, vmSize string!,
            virtualMachineConfiguration VirtualMachineConfiguration, resizeTimeout duration,
            targetDedicatedNodes int32, targetLowPriorityNodes int32, enableAutoScale bool,
            autoScaleFormula string, autoScaleEvaluationInterval duration,
            enableInterNodeCommunication bool, networkConfiguration NetworkConfiguration,
            startTask BatchStartTask, applicationPackageReferences [BatchApplicationPackageReference],
            taskSlotsPerNode int32, taskSchedulingPolicy BatchTaskSchedulingPolicy,
            userAccounts [UserAccount], metadata [BatchMetadataItem],
            mountConfiguration [MountConfiguration], upgradePolicy UpgradePolicy
        BatchPoolEndpointConfiguration
            inboundNATPools [BatchInboundNatPool]!
        BatchPoolIdentityReference
            resourceId string
        BatchPoolInfo
            poolId string, autoPoolSpecification BatchAutoPoolSpecification
        BatchPoolReplaceOptions
            startTask BatchStartTask, applicationPackageReferences [BatchApplicationPackageReference]!,
            metadata [BatchMetadataItem]!
        BatchPoolResizeOptions
            targetDedicatedNodes int32, targetLowPriorityNodes int32, resizeTimeout duration,
            nodeDeallocationOption BatchNodeDeallocationOption
        BatchPoolSpecification
            displayName string, vmSize string!, virtualMachineConfiguration VirtualMachineConfiguration,
            taskSlotsPerNode int32, taskSchedulingPolicy BatchTaskSchedulingPolicy, resizeTimeout duration,
            targetDedicatedNodes int32, targetLowPriorityNodes int32, enableAutoScale bool,
            autoScaleFormula string, autoScaleEvaluationInterval duration,
            enableInterNodeCommunication bool, networkConfiguration NetworkConfiguration,
            startTask BatchStartTask, applicationPackageReferences [BatchApplicationPackageReference],
            userAccounts [UserAccount], metadata [BatchMetadataItem],
            mountConfiguration [MountConfiguration], upgradePolicy UpgradePolicy
        BatchPoolUpdateOptions
            displayName string, vmSize string, enableInterNodeCommunication bool, startTask BatchStartTask,
            applicationPackageReferences [BatchApplicationPackageReference], metadata [BatchMetadataItem],
            virtualMachineConfiguration VirtualMachineConfiguration, taskSlotsPerNode int32,
            taskSchedulingPolicy BatchTaskSchedulingPolicy, networkConfiguration NetworkConfiguration,
            userAccounts [UserAccount], mountConfiguration [MountConfiguration], upgradePolicy UpgradePolicy
        BatchPublicIpAddressConfiguration
            provision IpAddressProvisioningType, ipFamilies [IPFamily], ipAddressIds [string],
            ipTags [IPTag]
        BatchStartTask
            commandLine string!, containerSettings BatchTaskContainerSettings, resourceFiles [ResourceFile],
            environmentSettings [EnvironmentSetting], userIdentity UserIdentity, maxTaskRetryCount int32,
            waitForSuccess bool
        BatchTask
            constraints BatchTaskConstraints, -id, -displayName, -url, -eTag, -lastModified, -creationTime,
            -exitConditions, -state, -stateTransitionTime, -previousState, -previousStateTransitionTime,
            -commandLine, -containerSettings, -resourceFiles, -outputFiles, -environmentSettings,
            -affinityInfo, -requiredSlots, -userIdentity, -executionInfo, -nodeInfo, -multiInstanceSettings,
            -stats, -dependsOn, -applicationPackageReferences
        BatchTaskConstraints
            maxWallClockTime duration, retentionTime duration, maxTaskRetryCount int32
        BatchTaskContainerSettings
            containerRunOptions string, imageName string!, registry ContainerRegistryReference,
            workingDirectory ContainerWorkingDirectory,
            containerHostBatchBindMounts [ContainerHostBatchBindMountEntry]
        BatchTaskCreateOptions
            id string!, displayName string, exitConditions ExitConditions, commandLine string!,
            containerSettings BatchTaskContainerSettings, resourceFiles [ResourceFile],
            outputFiles [OutputFile], environmentSettings [EnvironmentSetting],
            affinityInfo BatchAffinityInfo, constraints BatchTaskConstraints, requiredSlots int32,
            userIdentity UserIdentity, multiInstanceSettings MultiInstanceSettings,
            dependsOn BatchTaskDependencies, applicationPackageReferences [BatchApplicationPackageReference]
        BatchTaskDependencies
            taskIds [string], taskIdRanges [BatchTaskIdRange]
        BatchTaskGroup
            value [BatchTaskCreateOptions]!
        BatchTaskIdRange
            start int32!, end int32!
        BatchTaskSchedulingPolicy
            jobDefaultOrder BatchJobDefaultOrder, nodeFillType BatchNodeFillType!
        BatchUefiSettings
            secureBootEnabled bool, vTpmEnabled bool
        BatchVmDiskSecurityProfile
            securityEncryptionType SecurityEncryptionTypes
        BatchVmImageReference
            publisher string, offer string, sku string, version string, virtualMachineImageId string,
            sharedGalleryImageId string, communityGalleryImageId string, -exactVersion
        CifsMountConfiguration
            username string!, source string!, relativeMountPath string!, mountOptions string,
            password string!~
        ContainerHostBatchBindMountEntry
            source ContainerHostDataPath, isReadOnly bool
        ContainerRegistryReference
            username string, password string~, registryServer string,
            identityReference BatchNodeIdentityReference
        DataDisk
            lun int32!, caching CachingType, diskSizeGB int32!, managedDisk ManagedDisk
        DiskCustomerManagedKey
            identityReference BatchPoolIdentityReference, keyUrl string,
            rotationToLatestKeyVersionEnabled bool
        DiskEncryptionConfiguration
            customerManagedKey DiskCustomerManagedKey, targets [DiskEncryptionTarget]
        DiskEncryptionSetParameters
            id string
        EnvironmentSetting
            name string!, value string
        ExitCodeMapping
            code int32!, exitOptions ExitOptions!
        ExitCodeRangeMapping
            start int32!, end int32!, exitOptions ExitOptions!
        ExitConditions
            exitCodes [ExitCodeMapping], exitCodeRanges [ExitCodeRangeMapping],
            preProcessingError ExitOptions, fileUploadError ExitOptions, default ExitOptions
        ExitOptions
            jobAction BatchJobActionKind, dependencyAction DependencyAction
        HostEndpointSettings
            inVMAccessControlProfileReferenceId string, mode HostEndpointSettingsModeTypes
        IPTag
            ipTagType string, tag string
        LinuxUserConfiguration
            uid int32, gid int32, sshPrivateKey string~
        ManagedDisk
            diskEncryptionSet DiskEncryptionSetParameters, storageAccountType StorageAccountType,
            securityProfile BatchVmDiskSecurityProfile
        MountConfiguration
            azureBlobFileSystemConfiguration AzureBlobFileSystemConfiguration,
            nfsMountConfiguration NfsMountConfiguration, cifsMountConfiguration CifsMountConfiguration,
            azureFileShareConfiguration AzureFileShareConfiguration
        MultiInstanceSettings
            numberOfInstances int32, coordinationCommandLine string!, commonResourceFiles [ResourceFile]
        NetworkConfiguration
            subnetId string, dynamicVNetAssignmentScope DynamicVNetAssignmentScope,
            endpointConfiguration BatchPoolEndpointConfiguration,
            publicIPAddressConfiguration BatchPublicIpAddressConfiguration, enableAcceleratedNetworking bool
        NetworkSecurityGroupRule
            priority int32!, access NetworkSecurityGroupRuleAccess!, sourceAddressPrefix string!,
            sourcePortRanges [string]
        NfsMountConfiguration
            source string!, relativeMountPath string!, mountOptions string
        OutputFile
            filePattern string!, destination OutputFileDestination!,
            uploadOptions OutputFileUploadConfiguration!
        OutputFileBlobContainerDestination
            path string, containerUrl string!, identityReference BatchNodeIdentityReference,
            uploadHeaders [OutputFileUploadHeader]
        OutputFileDestination
            container OutputFileBlobContainerDestination
        OutputFileUploadConfiguration
            uploadCondition OutputFileUploadCondition!
        OutputFileUploadHeader
            name string!, value string
        ProxyAgentSettings
            enabled bool, imds HostEndpointSettings, wireServer HostEndpointSettings
        ResourceFile
            autoStorageContainerName string, storageContainerUrl string, httpUrl string, blobPrefix string,
            filePath string, fileMode string, identityReference BatchNodeIdentityReference
        RollingUpgradePolicy
            enableCrossZoneUpgrade bool, maxBatchInstancePercent int32, maxUnhealthyInstancePercent int32,
            maxUnhealthyUpgradedInstancePercent int32, pauseTimeBetweenBatches duration,
            prioritizeUnhealthyInstances bool, rollbackFailedInstancesOnPolicyBreach bool
        SecurityProfile
            encryptionAtHost bool, proxyAgentSettings ProxyAgentSettings, securityType SecurityTypes,
            uefiSettings BatchUefiSettings
        ServiceArtifactReference
            id string!
        UpgradePolicy
            mode UpgradeMode!, automaticOSUpgradePolicy AutomaticOsUpgradePolicy,
            rollingUpgradePolicy RollingUpgradePolicy
        UserAccount
            name string!, password string!~, elevationLevel ElevationLevel,
            linuxUserConfiguration LinuxUserConfiguration, windowsUserConfiguration WindowsUserConfiguration
        UserIdentity
            username string, autoUser AutoUserSpecification
        VMExtension
            name string!, publisher string!, type string!, typeHandlerVersion string,
            autoUpgradeMinorVersion bool, enableAutomaticUpgrade bool, settings any, protectedSettings any~,
            provisionAfterExtensions [string]
        VirtualMachineConfiguration
            imageReference BatchVmImageReference!, nodeAgentSKUId string!,
            windowsConfiguration WindowsConfiguration, dataDisks [DataDisk], licenseType string,
            containerConfiguration BatchContainerConfiguration,
            diskEncryptionConfiguration DiskEncryptionConfiguration,
            nodePlacementConfiguration BatchNodePlacementConfiguration, extensions [VMExtension],
            osDisk BatchOsDisk, securityProfile SecurityProfile,
            serviceArtifactReference ServiceArtifactReference
        WindowsConfiguration
            enableAutomaticUpdates bool
        WindowsUserConfiguration
            loginMode LoginMode
        """

    /// The values that properties with a fixed choice take.
    static let enumerations = """
        AutoUserScope
            task, pool
        BatchAllTasksCompleteMode
            noaction, terminatejob
        BatchJobActionKind
            none, disable, terminate
        BatchJobDefaultOrder
            none, creationtime
        BatchNodeDeallocationOption
            requeue, terminate, taskcompletion, retaineddata
        BatchNodeDisableSchedulingOption
            requeue, terminate, taskcompletion
        BatchNodeFillType
            spread, pack
        BatchNodePlacementPolicyType
            regional, zonal
        BatchPoolLifetimeOption
            jobschedule, job
        BatchTaskFailureMode
            noaction, performexitoptionsjobaction
        CachingType
            none, readonly, readwrite
        ContainerHostDataPath
            Shared, Startup, VfsMounts, Task, JobPrep, Applications
        ContainerType
            dockerCompatible, criCompatible
        ContainerWorkingDirectory
            taskWorkingDirectory, containerImageDefault
        DependencyAction
            satisfy, block
        DiffDiskPlacement
            cachedisk
        DisableBatchJobOption
            requeue, terminate, wait
        DiskEncryptionTarget
            osdisk, temporarydisk
        DynamicVNetAssignmentScope
            none, job
        ElevationLevel
            nonadmin, admin
        HostEndpointSettingsModeTypes
            Audit, Enforce
        IPFamily
            IPv4, IPv6
        InboundEndpointProtocol
            tcp, udp
        IpAddressProvisioningType
            batchmanaged, usermanaged, nopublicipaddresses
        LoginMode
            batch, interactive
        NetworkSecurityGroupRuleAccess
            allow, deny
        OutputFileUploadCondition
            tasksuccess, taskfailure, taskcompletion
        SecurityEncryptionTypes
            DiskWithVMGuestState, NonPersistedTPM, VMGuestStateOnly
        SecurityTypes
            trustedLaunch, confidentialvm
        StorageAccountType
            standard_lrs, premium_lrs, standardssd_lrs
        UpgradeMode
            automatic, manual, rolling
        """
}
