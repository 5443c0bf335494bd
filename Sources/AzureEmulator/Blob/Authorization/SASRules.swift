extension BlobOperation {
    /// The permissions of which a service SAS needs one; nil when no service SAS covers the operation.
    var serviceSASPermissions: Set<Character>? {
        switch self {
        case .listContainers, .createContainer, .deleteContainer, .getContainerProperties, .setContainerMetadata,
            .getContainerAccessPolicy, .setContainerAccessPolicy, .getServiceProperties, .setServiceProperties,
            .getServiceStatistics, .getUserDelegationKey, .leaseContainer, .restoreContainer, .renameContainer:
            nil
        // The requests of a batch bring their own credentials; here it only matters that there are some.
        case .submitBatch: Set("racwdxyltfmeopi")
        case .findBlobs: ["f"]
        case .listBlobs: ["l"]
        case .getBlob, .getBlobProperties, .getBlobMetadata, .getBlockList, .getPageRanges, .getAccountInformation,
            .queryBlob:
            ["r"]
        case .appendBlock: ["a", "w"]
        case .putBlob: ["w", "c"]
        case .putBlock, .putBlockList, .putPage, .sealAppendBlob, .abortCopy, .setBlobTier, .setBlobProperties,
            .setBlobMetadata:
            ["w"]
        case .deleteBlob: ["d"]
        case .deleteVersion: ["x"]
        case .deletePermanently: ["y"]
        case .setImmutabilityPolicy, .deleteImmutabilityPolicy, .setLegalHold: ["i"]
        case .makeSnapshot: ["c", "w"]
        case .undeleteBlob, .copyIncrementally, .setExpiry: ["w"]
        case .leaseBlob: ["w", "d"]
        case .getBlobTags, .setBlobTags: ["t"]
        }
    }

    /// The resource type that an account SAS must cover, and the permissions of which it needs one; nil when no account
    /// SAS covers the operation.
    var accountSASRule: (resourceTypes: Set<Character>, permissions: Set<Character>)? {
        switch self {
        case .listContainers: (["s"], ["l"])
        case .getAccountInformation: (["s", "c", "o"], ["r", "w", "c", "d", "l", "a", "u", "p"])
        case .getServiceProperties, .getServiceStatistics: (["s"], ["r"])
        case .setServiceProperties: (["s"], ["w"])
        case .submitBatch: (["s", "c", "o"], Set("rwdxylacuptfi"))
        case .findBlobs: (["s", "c", "o"], ["f"])
        case .leaseContainer: (["c"], ["w", "d"])
        case .restoreContainer, .renameContainer: (["c"], ["w"])
        case .createContainer: (["c"], ["c", "w"])
        case .deleteContainer: (["c"], ["d"])
        case .getContainerProperties: (["c"], ["r"])
        case .setContainerMetadata: (["c"], ["w"])
        case .getContainerAccessPolicy, .setContainerAccessPolicy, .getUserDelegationKey: nil
        case .listBlobs: (["c"], ["l"])
        case .putBlob: (["o"], ["w", "c"])
        case .appendBlock: (["o"], ["a", "w"])
        case .putBlock, .putBlockList, .putPage, .sealAppendBlob, .abortCopy, .setBlobTier, .setBlobProperties,
            .setBlobMetadata:
            (["o"], ["w"])
        case .getBlob, .getBlobProperties, .getBlobMetadata, .getBlockList, .getPageRanges, .queryBlob: (["o"], ["r"])
        case .deleteBlob: (["o"], ["d"])
        case .deleteVersion: (["o"], ["x"])
        case .deletePermanently: (["o"], ["y"])
        case .setImmutabilityPolicy, .deleteImmutabilityPolicy, .setLegalHold: (["o"], ["i"])
        case .makeSnapshot: (["o"], ["c", "w"])
        case .undeleteBlob, .copyIncrementally, .setExpiry: (["o"], ["w"])
        case .leaseBlob: (["o"], ["w", "d"])
        case .getBlobTags, .setBlobTags: (["o"], ["t"])
        }
    }

    /// What a container must allow to be read by anyone for the operation to need no credentials; nil when it always
    /// needs some.
    var publicAccess: PublicAccess? {
        switch self {
        case .getBlob, .getBlobProperties, .getBlobMetadata, .getBlockList, .getPageRanges, .queryBlob: .blob
        case .listBlobs, .getContainerProperties: .container
        default: nil
        }
    }
}
