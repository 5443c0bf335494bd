extension BatchSchema {
    /// The objects of requests about nodes, and what tasks are given to work on their jobs.
    static let nodeModels = """
        AuthenticationTokenSettings
            access [BatchAccessScope]
        BatchNodeDeallocateOptions
            nodeDeallocateOption BatchNodeDeallocationOption
        BatchNodeRebootOptions
            nodeRebootOption BatchNodeDeallocationOption
        BatchNodeReimageOptions
            nodeReimageOption BatchNodeDeallocationOption
        BatchNodeUserCreateOptions
            name string!, isAdmin bool, expiryTime datetime, password string~, sshPublicKey string~
        BatchNodeUserReplaceOptions
            password string~, expiryTime datetime, sshPublicKey string~
        UploadBatchServiceLogsOptions
            containerUrl string!, startTime datetime!, endTime datetime,
            identityReference BatchNodeIdentityReference
        """

    /// The values that their properties take.
    static let nodeEnumerations = """
        BatchAccessScope
            job
        """
}
