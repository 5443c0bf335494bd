/// A file, or a container of files, that a node fetches before a task runs.
struct ResourceFile: Sendable, Hashable {
    /// Where it comes from.
    enum Source: Sendable, Hashable {
        /// One file.
        case file(url: String)
        /// The blobs of a container whose names start with a prefix.
        case container(url: String, prefix: String)
        /// The same, of a container in the storage account that is linked to the Batch account.
        case linkedContainer(name: String, prefix: String)
    }

    let source: Source
    /// The name of the file below the working directory, or of the directory that takes the blobs of a container.
    let path: String
    /// The permissions.
    let mode: UInt32

    /// The permissions of files for which nothing was said.
    static let defaultMode: UInt32 = 0o770

    /// Reads one from the body of a request that has been checked; nil when it names no source.
    init?(_ json: JSONValue) {
        path = json["filePath"]?.string ?? ""
        mode = json["fileMode"]?.string.flatMap { UInt32($0, radix: 8) } ?? Self.defaultMode
        if let url = json["httpUrl"]?.string {
            source = .file(url: url)
        } else if let url = json["storageContainerUrl"]?.string {
            source = .container(url: url, prefix: json["blobPrefix"]?.string ?? "")
        } else if let name = json["autoStorageContainerName"]?.string {
            source = .linkedContainer(name: name, prefix: json["blobPrefix"]?.string ?? "")
        } else {
            return nil
        }
    }

    /// Whether a path stays below the directory it is meant for.
    static func isSafe(_ path: String) -> Bool {
        guard !path.utf8.contains(0) else { return false }
        return path.pathParts.allSatisfy { part in
            !part.isEmpty && part != "." && part != ".." && part.utf8.count <= 255
        }
    }
}
