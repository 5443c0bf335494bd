extension ResourceFile {
    /// A file from a URL.
    ///
    /// - Parameters:
    ///   - url: The URL, with a SAS that may read unless the file is public or an identity is given.
    ///   - path: The location of the file, relative to the working directory.
    ///   - mode: The permissions in octal; Linux only. The default is `0770`.
    ///   - identityID: The resource id of the pool's managed identity that may read it. The default is none.
    public static func url(
        _ url: String, to path: String, mode: String? = nil, identityID: String? = nil
    ) -> ResourceFile {
        ResourceFile(
            httpURL: url, filePath: path, fileMode: mode,
            identityReference: identityID.map { BatchNodeIdentityReference(resourceID: $0) })
    }

    /// All files of a container, or those with a prefix.
    ///
    /// - Parameters:
    ///   - url: The URL of the container, with a SAS that may read and list unless an identity is given.
    ///   - prefix: The prefix of the names. The default is empty, for all.
    ///   - directory: The directory to download to. The default is the working directory.
    ///   - mode: The permissions in octal; Linux only. The default is `0770`.
    ///   - identityID: The resource id of the pool's managed identity that may read it. The default is none.
    public static func container(
        _ url: String, prefix: String? = nil, to directory: String? = nil, mode: String? = nil,
        identityID: String? = nil
    ) -> ResourceFile {
        ResourceFile(
            storageContainerURL: url, blobPrefix: prefix, filePath: directory, fileMode: mode,
            identityReference: identityID.map { BatchNodeIdentityReference(resourceID: $0) })
    }

    /// All files of a container in the Batch account's own storage, or those with a prefix.
    ///
    /// - Parameters:
    ///   - name: The name of the container.
    ///   - prefix: The prefix of the names. The default is empty, for all.
    ///   - directory: The directory to download to. The default is the working directory.
    ///   - mode: The permissions in octal; Linux only. The default is `0770`.
    public static func autoStorage(
        _ name: String, prefix: String? = nil, to directory: String? = nil, mode: String? = nil
    ) -> ResourceFile {
        ResourceFile(autoStorageContainerName: name, blobPrefix: prefix, filePath: directory, fileMode: mode)
    }
}
