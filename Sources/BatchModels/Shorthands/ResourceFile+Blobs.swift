public import AzureCore

public import struct Foundation.Date
public import struct Foundation.URL

extension ResourceFile {
    /// A file from a blob, which the node reads with a URL that is signed here.
    ///
    /// - Parameters:
    ///   - blob: The blob, such as a `BlobClient`.
    ///   - path: The location of the file, relative to the working directory. The default is the blob's name.
    ///   - expiresOn: The time until which the node may read it. Leave time for the task to wait and to be tried again.
    ///   - mode: The permissions in octal; Linux only. The default is `0770`.
    /// - Throws: The error of a blob whose credential cannot sign.
    public static func blob(
        _ blob: some SignedBlobSource, to path: String? = nil, readableUntil expiresOn: Date, mode: String? = nil
    ) throws -> ResourceFile {
        .url(try blob.signedURLForReading(until: expiresOn).absoluteString, to: path ?? blob.name, mode: mode)
    }

    /// All files of a container, or those with a prefix, which the node reads with a URL that is signed
    /// here.
    ///
    /// - Parameters:
    ///   - container: The container, such as a `BlobContainerClient`.
    ///   - prefix: The prefix of the names. The default is empty, for all.
    ///   - directory: The directory to download to. The default is the working directory.
    ///   - expiresOn: The time until which the node may read them. Leave time for the task to wait and to be tried
    ///     again.
    ///   - mode: The permissions in octal; Linux only. The default is `0770`.
    /// - Throws: The error of a container whose credential cannot sign.
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
    ///   - pattern: The files: a path relative to the task's working directory, with `*`, `?`, `[abc]` and `**`.
    ///     `../std*.txt` are the standard output and error of the task.
    ///   - container: The container, such as a `BlobContainerClient`.
    ///   - path: The name of the blob, or the virtual directory for a pattern with wildcards. By default the file's
    ///     own path.
    ///   - condition: The condition on which they are uploaded. The default is any end of the task.
    ///   - expiresOn: The time until which the node may write. Leave time for the task to wait and to run.
    /// - Throws: The error of a container whose credential cannot sign.
    public static func upload(
        _ pattern: String, to container: some SignedBlobContainerSource, path: String? = nil,
        when condition: OutputFileUploadCondition = .taskCompletion, writableUntil expiresOn: Date
    ) throws -> OutputFile {
        .upload(
            pattern, to: try container.signedURLForWriting(until: expiresOn).absoluteString, path: path, when: condition
        )
    }
}
