extension BatchSchema {
    /// Properties that the newest version has not, and older ones have: they are kept, and nothing but tokens for
    /// tasks follows from them.
    static let olderProperties = """
        BatchPoolCreateOptions
            certificateReferences [BatchCertificateReference], resourceTags map,
            targetNodeCommunicationMode BatchNodeCommunicationMode
        BatchJobManagerTask
            authenticationTokenSettings AuthenticationTokenSettings
        BatchTaskCreateOptions
            authenticationTokenSettings AuthenticationTokenSettings
        BatchPoolReplaceOptions
            certificateReferences [BatchCertificateReference], targetNodeCommunicationMode BatchNodeCommunicationMode
        BatchPoolSpecification
            certificateReferences [BatchCertificateReference], resourceTags map,
            targetNodeCommunicationMode BatchNodeCommunicationMode
        BatchPoolUpdateOptions
            certificateReferences [BatchCertificateReference], resourceTags map,
            targetNodeCommunicationMode BatchNodeCommunicationMode
        BatchCertificateReference
            thumbprint string!, thumbprintAlgorithm string!, storeLocation string, storeName string, visibility [string]
        BatchCertificate
            thumbprint string!, thumbprintAlgorithm string!, data string!~, certificateFormat BatchCertificateFormat,
            password string~
        PoolUpgradeOSOptions
            targetOSVersion string!
        """

    static let olderEnumerations = """
        BatchCertificateFormat
            pfx, cer
        BatchNodeCommunicationMode
            default, classic, simplified
        """

    /// The objects of answers, as far as they have objects in them that differ between versions.
    static let answers = """
        BatchPool
            virtualMachineConfiguration VirtualMachineConfiguration, networkConfiguration NetworkConfiguration,
            startTask BatchStartTask, userAccounts [UserAccount], mountConfiguration [MountConfiguration],
            taskSchedulingPolicy BatchTaskSchedulingPolicy
        BatchNode
            startTask BatchStartTask, startTaskInfo BatchStartTaskInfo, recentTasks [BatchTaskInfo],
            virtualMachineInfo VirtualMachineInfo
        BatchTaskInfo
            executionInfo BatchTaskExecutionInfo
        VirtualMachineInfo
            imageReference BatchVmImageReference
        BatchPoolNodeCounts
            dedicated BatchNodeCounts, lowPriority BatchNodeCounts
        BatchJob
            jobManagerTask BatchJobManagerTask, jobPreparationTask BatchJobPreparationTask,
            jobReleaseTask BatchJobReleaseTask, poolInfo BatchPoolInfo,
            networkConfiguration BatchJobNetworkConfiguration
        BatchJobSchedule
            jobSpecification BatchJobSpecification
        BatchJobPreparationAndReleaseTaskStatus
            jobPreparationTaskExecutionInfo BatchJobPreparationTaskExecutionInfo,
            jobReleaseTaskExecutionInfo BatchJobReleaseTaskExecutionInfo
        BatchTask
            exitConditions ExitConditions, containerSettings BatchTaskContainerSettings, resourceFiles [ResourceFile],
            outputFiles [OutputFile], executionInfo BatchTaskExecutionInfo,
            multiInstanceSettings MultiInstanceSettings
        """

    /// The type of a property of a request.
    static func type(of property: String, in model: String) -> PropertyType? {
        self.model(model)?.properties[property]?.type
    }

    /// The type of a property of an answer, which may have more than a request.
    static func answerType(of property: String, in model: String) -> PropertyType? {
        answerModels[model]?.properties[property]?.type ?? type(of: property, in: model)
    }

    /// The objects that each object has in it, in requests or in answers.
    static let containers: [String: Set<String>] = models(within: parsed).merging(models(within: answerModels)) {
        $0.union($1)
    }

    private static let answerModels = parse([answers], enumerations: [])

    private static func models(within models: [String: Model]) -> [String: Set<String>] {
        models.mapValues { Set($0.properties.values.compactMap { modelName($0.type) }) }
    }

    private static func modelName(_ type: PropertyType) -> String? {
        switch type {
        case .model(let name): name
        case .list(let element): modelName(element)
        default: nil
        }
    }
}
