import BatchModels

// Which property carries which field, written down apart from the generator, so that a mistake of the
// generator cannot hide.

extension FieldTable {
    static let outputFileDestination = probe(OutputFileDestination.self) { fields in
        fields.model("container", \.container)
    }

    static let outputFileUploadConfiguration = probe(OutputFileUploadConfiguration.self) { fields in
        fields.open("uploadCondition", \.uploadCondition)
    }

    static let outputFileUploadHeader = probe(OutputFileUploadHeader.self) { fields in
        fields.text("name", \.name)
        fields.text("value", \.value)
    }

    static let proxyAgentSettings = probe(ProxyAgentSettings.self) { fields in
        fields.bool("enabled", \.enabled)
        fields.model("imds", \.imds)
        fields.model("wireServer", \.wireServer)
    }

    static let recentBatchJob = probe(RecentBatchJob.self) { fields in
        fields.text("id", \.id)
        fields.text("url", \.url)
    }

    static let resizeError = probe(ResizeError.self) { fields in
        fields.text("code", \.code)
        fields.text("message", \.message)
        fields.models("values", \.values)
    }

    static let resourceFile = probe(ResourceFile.self) { fields in
        fields.text("autoStorageContainerName", \.autoStorageContainerName)
        fields.text("storageContainerUrl", \.storageContainerURL)
        fields.text("httpUrl", \.httpURL)
        fields.text("blobPrefix", \.blobPrefix)
        fields.text("filePath", \.filePath)
        fields.text("fileMode", \.fileMode)
        fields.model("identityReference", \.identityReference)
    }

    static let rollingUpgradePolicy = probe(RollingUpgradePolicy.self) { fields in
        fields.bool("enableCrossZoneUpgrade", \.enableCrossZoneUpgrade)
        fields.int("maxBatchInstancePercent", \.maxBatchInstancePercent)
        fields.int("maxUnhealthyInstancePercent", \.maxUnhealthyInstancePercent)
        fields.int("maxUnhealthyUpgradedInstancePercent", \.maxUnhealthyUpgradedInstancePercent)
        fields.duration("pauseTimeBetweenBatches", \.pauseTimeBetweenBatches)
        fields.bool("prioritizeUnhealthyInstances", \.prioritizeUnhealthyInstances)
        fields.bool("rollbackFailedInstancesOnPolicyBreach", \.rollbackFailedInstancesOnPolicyBreach)
    }

    static let securityProfile = probe(SecurityProfile.self) { fields in
        fields.bool("encryptionAtHost", \.encryptionAtHost)
        fields.model("proxyAgentSettings", \.proxyAgentSettings)
        fields.open("securityType", \.securityType)
        fields.model("uefiSettings", \.uefiSettings)
    }

    static let serviceArtifactReference = probe(ServiceArtifactReference.self) { fields in
        fields.text("id", \.id)
    }

    static let upgradePolicy = probe(UpgradePolicy.self) { fields in
        fields.open("mode", \.mode)
        fields.model("automaticOSUpgradePolicy", \.automaticOSUpgradePolicy)
        fields.model("rollingUpgradePolicy", \.rollingUpgradePolicy)
    }

    static let uploadBatchServiceLogsOptions = probe(UploadBatchServiceLogsOptions.self) { fields in
        fields.text("containerUrl", required: \.containerURL)
        fields.date("startTime", required: \.startTime)
        fields.date("endTime", \.endTime)
        fields.model("identityReference", \.identityReference)
    }

    static let uploadBatchServiceLogsResult = probe(UploadBatchServiceLogsResult.self) { fields in
        fields.text("virtualDirectoryName", required: \.virtualDirectoryName)
        fields.int("numberOfFilesUploaded", \.numberOfFilesUploaded)
    }

    static let userAccount = probe(UserAccount.self) { fields in
        fields.text("name", \.name)
        fields.text("password", \.password)
        fields.open("elevationLevel", \.elevationLevel)
        fields.model("linuxUserConfiguration", \.linuxUserConfiguration)
        fields.model("windowsUserConfiguration", \.windowsUserConfiguration)
    }

    static let userIdentity = probe(UserIdentity.self) { fields in
        fields.text("username", \.username)
        fields.model("autoUser", \.autoUser)
    }

    static let virtualMachineConfiguration = probe(VirtualMachineConfiguration.self) { fields in
        fields.model("imageReference", \.imageReference)
        fields.text("nodeAgentSKUId", \.nodeAgentSKUID)
        fields.model("windowsConfiguration", \.windowsConfiguration)
        fields.models("dataDisks", \.dataDisks)
        fields.text("licenseType", \.licenseType)
        fields.model("containerConfiguration", \.containerConfiguration)
        fields.model("diskEncryptionConfiguration", \.diskEncryptionConfiguration)
        fields.model("nodePlacementConfiguration", \.nodePlacementConfiguration)
        fields.models("extensions", \.extensions)
        fields.model("osDisk", \.osDisk)
        fields.model("securityProfile", \.securityProfile)
        fields.model("serviceArtifactReference", \.serviceArtifactReference)
    }

    static let virtualMachineInfo = probe(VirtualMachineInfo.self) { fields in
        fields.model("imageReference", \.imageReference)
        fields.text("scaleSetVmResourceId", \.scaleSetVMResourceID)
    }

    static let vMExtension = probe(VMExtension.self) { fields in
        fields.text("name", \.name)
        fields.text("publisher", \.publisher)
        fields.text("type", \.type)
        fields.text("typeHandlerVersion", \.typeHandlerVersion)
        fields.bool("autoUpgradeMinorVersion", \.autoUpgradeMinorVersion)
        fields.bool("enableAutomaticUpgrade", \.enableAutomaticUpgrade)
        fields.json("settings", \.settings)
        fields.json("protectedSettings", \.protectedSettings)
        fields.texts("provisionAfterExtensions", \.provisionAfterExtensions)
    }

    static let vMExtensionInstanceView = probe(VMExtensionInstanceView.self) { fields in
        fields.text("name", \.name)
        fields.models("statuses", \.statuses)
        fields.models("subStatuses", \.subStatuses)
    }

    static let windowsConfiguration = probe(WindowsConfiguration.self) { fields in
        fields.bool("enableAutomaticUpdates", \.enableAutomaticUpdates)
    }

    static let windowsUserConfiguration = probe(WindowsUserConfiguration.self) { fields in
        fields.open("loginMode", \.loginMode)
    }
}

extension FieldTable {
    static let part6: [any AnyModelProbe] = [
        outputFileDestination, outputFileUploadConfiguration, outputFileUploadHeader, proxyAgentSettings,
        recentBatchJob, resizeError, resourceFile, rollingUpgradePolicy, securityProfile, serviceArtifactReference,
        upgradePolicy, uploadBatchServiceLogsOptions, uploadBatchServiceLogsResult, userAccount, userIdentity,
        virtualMachineConfiguration, virtualMachineInfo, vMExtension, vMExtensionInstanceView, windowsConfiguration,
        windowsUserConfiguration,
    ]
}
