extension OutputFile {
    /// Uploads files to a container after the task.
    ///
    /// - Parameters:
    ///   - pattern: The files: a path relative to the task's working directory, with `*`, `?`, `[abc]` and `**`.
    ///     `../std*.txt` are the standard output and error of the task.
    ///   - containerURL: The URL of the container, with a SAS that may write unless an identity is given.
    ///   - path: The name of the blob, or the virtual directory for a pattern with wildcards. By default the file's
    ///     own path.
    ///   - condition: The condition on which they are uploaded. The default is any end of the task.
    ///   - identityID: The resource id of the pool's managed identity that may write. The default is none.
    public static func upload(
        _ pattern: String, to containerURL: String, path: String? = nil,
        when condition: OutputFileUploadCondition = .taskCompletion, identityID: String? = nil
    ) -> OutputFile {
        let container = OutputFileBlobContainerDestination(
            containerURL: containerURL, path: path,
            identityReference: identityID.map { BatchNodeIdentityReference(resourceID: $0) })
        return OutputFile(
            filePattern: pattern, destination: OutputFileDestination(container: container),
            uploadOptions: OutputFileUploadConfiguration(uploadCondition: condition))
    }
}
