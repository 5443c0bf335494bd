import BatchModels

// Which property carries which field, written down apart from the generator, so that a mistake of the
// generator cannot hide.

extension FieldTable {
    static let containerHostBatchBindMountEntry = probe(ContainerHostBatchBindMountEntry.self) { fields in
        fields.open("source", \.source)
        fields.bool("isReadOnly", \.isReadOnly)
    }

    static let containerRegistryReference = probe(ContainerRegistryReference.self) { fields in
        fields.text("username", \.username)
        fields.text("password", \.password)
        fields.text("registryServer", \.registryServer)
        fields.model("identityReference", \.identityReference)
    }

    static let dataDisk = probe(DataDisk.self) { fields in
        fields.int("lun", \.logicalUnitNumber)
        fields.open("caching", \.caching)
        fields.int("diskSizeGB", \.diskSizeGB)
        fields.model("managedDisk", \.managedDisk)
    }

    static let diskCustomerManagedKey = probe(DiskCustomerManagedKey.self) { fields in
        fields.model("identityReference", \.identityReference)
        fields.text("keyUrl", \.keyURL)
        fields.bool("rotationToLatestKeyVersionEnabled", \.rotationToLatestKeyVersionEnabled)
    }

    static let diskEncryptionConfiguration = probe(DiskEncryptionConfiguration.self) { fields in
        fields.model("customerManagedKey", \.customerManagedKey)
        fields.opens("targets", \.targets)
    }

    static let diskEncryptionSetParameters = probe(DiskEncryptionSetParameters.self) { fields in
        fields.text("id", \.id)
    }

    static let environmentSetting = probe(EnvironmentSetting.self) { fields in
        fields.text("name", \.name)
        fields.text("value", \.value)
    }

    static let exitCodeMapping = probe(ExitCodeMapping.self) { fields in
        fields.int("code", \.code)
        fields.model("exitOptions", \.exitOptions)
    }

    static let exitCodeRangeMapping = probe(ExitCodeRangeMapping.self) { fields in
        fields.int("start", \.start)
        fields.int("end", \.end)
        fields.model("exitOptions", \.exitOptions)
    }

    static let exitConditions = probe(ExitConditions.self) { fields in
        fields.models("exitCodes", \.exitCodes)
        fields.models("exitCodeRanges", \.exitCodeRanges)
        fields.model("preProcessingError", \.preProcessingError)
        fields.model("fileUploadError", \.fileUploadError)
        fields.model("default", \.`default`)
    }

    static let exitOptions = probe(ExitOptions.self) { fields in
        fields.open("jobAction", \.jobAction)
        fields.open("dependencyAction", \.dependencyAction)
    }

    static let fileProperties = probe(FileProperties.self) { fields in
        fields.date("creationTime", \.creationTime)
        fields.date("lastModified", \.lastModified)
        fields.int64("contentLength", \.contentLength)
        fields.text("contentType", \.contentType)
        fields.text("fileMode", \.fileMode)
    }

    static let hostEndpointSettings = probe(HostEndpointSettings.self) { fields in
        fields.text("inVMAccessControlProfileReferenceId", \.inVMAccessControlProfileReferenceID)
        fields.open("mode", \.mode)
    }

    static let inboundEndpoint = probe(InboundEndpoint.self) { fields in
        fields.text("name", \.name)
        fields.open("protocol", \.`protocol`)
        fields.text("publicIPAddress", \.publicIPAddress)
        fields.text("publicFQDN", \.publicFQDN)
        fields.int("frontendPort", \.frontendPort)
        fields.int("backendPort", \.backendPort)
    }

    static let instanceViewStatus = probe(InstanceViewStatus.self) { fields in
        fields.text("code", \.code)
        fields.text("displayStatus", \.displayStatus)
        fields.open("level", \.level)
        fields.text("message", \.message)
        fields.date("time", \.time)
    }

    static let iPTag = probe(IPTag.self) { fields in
        fields.text("ipTagType", \.ipTagType)
        fields.text("tag", \.tag)
    }

    static let linuxUserConfiguration = probe(LinuxUserConfiguration.self) { fields in
        fields.int("uid", \.uid)
        fields.int("gid", \.gid)
        fields.text("sshPrivateKey", \.sshPrivateKey)
    }

    static let managedDisk = probe(ManagedDisk.self) { fields in
        fields.model("diskEncryptionSet", \.diskEncryptionSet)
        fields.open("storageAccountType", \.storageAccountType)
        fields.model("securityProfile", \.securityProfile)
    }

    static let mountConfiguration = probe(MountConfiguration.self) { fields in
        fields.model("azureBlobFileSystemConfiguration", \.azureBlobFileSystemConfiguration)
        fields.model("nfsMountConfiguration", \.nfsMountConfiguration)
        fields.model("cifsMountConfiguration", \.cifsMountConfiguration)
        fields.model("azureFileShareConfiguration", \.azureFileShareConfiguration)
    }

    static let multiInstanceSettings = probe(MultiInstanceSettings.self) { fields in
        fields.int("numberOfInstances", \.numberOfInstances)
        fields.text("coordinationCommandLine", \.coordinationCommandLine)
        fields.models("commonResourceFiles", \.commonResourceFiles)
    }

    static let nameValuePair = probe(NameValuePair.self) { fields in
        fields.text("name", \.name)
        fields.text("value", \.value)
    }

    static let networkConfiguration = probe(NetworkConfiguration.self) { fields in
        fields.text("subnetId", \.subnetID)
        fields.open("dynamicVNetAssignmentScope", \.dynamicVNetAssignmentScope)
        fields.model("endpointConfiguration", \.endpointConfiguration)
        fields.model("publicIPAddressConfiguration", \.publicIPAddressConfiguration)
        fields.bool("enableAcceleratedNetworking", \.enableAcceleratedNetworking)
    }

    static let networkSecurityGroupRule = probe(NetworkSecurityGroupRule.self) { fields in
        fields.int("priority", \.priority)
        fields.open("access", \.access)
        fields.text("sourceAddressPrefix", \.sourceAddressPrefix)
        fields.texts("sourcePortRanges", \.sourcePortRanges)
    }

    static let nfsMountConfiguration = probe(NfsMountConfiguration.self) { fields in
        fields.text("source", \.source)
        fields.text("relativeMountPath", \.relativeMountPath)
        fields.text("mountOptions", \.mountOptions)
    }

    static let outputFile = probe(OutputFile.self) { fields in
        fields.text("filePattern", \.filePattern)
        fields.model("destination", \.destination)
        fields.model("uploadOptions", \.uploadOptions)
    }

    static let outputFileBlobContainerDestination = probe(OutputFileBlobContainerDestination.self) { fields in
        fields.text("path", \.path)
        fields.text("containerUrl", \.containerURL)
        fields.model("identityReference", \.identityReference)
        fields.models("uploadHeaders", \.uploadHeaders)
    }
}

extension FieldTable {
    static let part5: [any AnyModelProbe] = [
        containerHostBatchBindMountEntry, containerRegistryReference, dataDisk, diskCustomerManagedKey,
        diskEncryptionConfiguration, diskEncryptionSetParameters, environmentSetting, exitCodeMapping,
        exitCodeRangeMapping, exitConditions, exitOptions, fileProperties, hostEndpointSettings, inboundEndpoint,
        instanceViewStatus, iPTag, linuxUserConfiguration, managedDisk, mountConfiguration, multiInstanceSettings,
        nameValuePair, networkConfiguration, networkSecurityGroupRule, nfsMountConfiguration, outputFile,
        outputFileBlobContainerDestination,
    ]
}
