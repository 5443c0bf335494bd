public import AzureCore

public import struct Foundation.Date
public import struct Foundation.URL

extension ResourceFile {
    /// One file from a blob, which the node reads with a URL that is signed here.
    ///
    /// - Parameters:
    ///   - blob: The blob, such as a `BlobClient`.
    ///   - path: Where the file goes, relative to the working directory. The default is the blob's name.
    ///   - expiresOn: Until when the node may read it. Leave time for the task to wait and to be tried again.
    ///   - mode: The permissions in octal; Linux only. The default is `0770`.
    /// - Throws: What the blob throws when it has nothing to sign with.
    public static func blob(
        _ blob: some SignedBlobSource, to path: String? = nil, readableUntil expiresOn: Date, mode: String? = nil
    ) throws -> ResourceFile {
        .url(try blob.signedURLForReading(until: expiresOn).absoluteString, to: path ?? blob.name, mode: mode)
    }

    /// All files of a container, or those whose names begin alike, which the node reads with a URL that is signed
    /// here.
    ///
    /// - Parameters:
    ///   - container: The container, such as a `BlobContainerClient`.
    ///   - prefix: What the names begin with. The default is nothing, for all.
    ///   - directory: The directory they go to. The default is the working directory.
    ///   - expiresOn: Until when the node may read them. Leave time for the task to wait and to be tried again.
    ///   - mode: The permissions in octal; Linux only. The default is `0770`.
    /// - Throws: What the container throws when it has nothing to sign with.
    public static func blobs(
        of container: some SignedBlobContainerSource, prefix: String? = nil, to directory: String? = nil,
        readableUntil expiresOn: Date, mode: String? = nil
    ) throws -> ResourceFile {
        .container(
            try container.signedURLForReading(until: expiresOn).absoluteString, prefix: prefix, to: directory,
            mode: mode)
    }
}

extension OutputFile {
    /// Uploads files to a container after the task, with a URL that is signed here and can only write.
    ///
    /// - Parameters:
    ///   - pattern: Which files: a path relative to the task's working directory, with `*`, `?`, `[abc]` and `**`.
    ///     `../std*.txt` are the files with what the task printed.
    ///   - container: The container, such as a `BlobContainerClient`.
    ///   - path: The name of the blob, or the virtual directory for a pattern with wildcards. By default the file's
    ///     own path.
    ///   - condition: On which end of the task. The default is any.
    ///   - expiresOn: Until when the node may write. Leave time for the task to wait and to run.
    /// - Throws: What the container throws when it has nothing to sign with.
    public static func upload(
        _ pattern: String, to container: some SignedBlobContainerSource, path: String? = nil,
        when condition: OutputFileUploadCondition = .taskCompletion, writableUntil expiresOn: Date
    ) throws -> OutputFile {
        .upload(
            pattern, to: try container.signedURLForWriting(until: expiresOn).absoluteString, path: path, when: condition
        )
    }
}
