/// Files that a task wants uploaded once its program has ended: one of its `outputFiles`.
struct TaskOutput: Sendable, Hashable {
    /// When they are uploaded.
    enum Condition: String, Sendable {
        case success = "tasksuccess"
        case failure = "taskfailure"
        case completion = "taskcompletion"
    }

    /// A header field that goes with each file.
    struct Header: Sendable, Hashable {
        let name: String
        let value: String
    }

    /// Which files, as written: with wildcards and variables.
    let pattern: String
    /// The address of the container, with a signature where it needs one.
    let containerURL: String
    /// The name of the blob, or with wildcards what stands before the names of all; empty for nothing.
    let path: String
    let headers: [Header]
    let condition: Condition

    /// Reads one from the body of a request that has been checked; nil when it has no destination.
    init?(_ json: JSONValue) {
        guard let container = json["destination"]?["container"], let url = container["containerUrl"]?.string,
            let pattern = json["filePattern"]?.string,
            let condition = Condition(rawValue: json["uploadOptions"]?["uploadCondition"]?.string?.lowercased() ?? "")
        else { return nil }
        self.pattern = pattern
        self.condition = condition
        containerURL = url
        path = container["path"]?.string ?? ""
        headers = (container["uploadHeaders"]?.array ?? []).compactMap { header in
            header["name"]?.string.map { Header(name: $0, value: header["value"]?.string ?? "") }
        }
    }

    /// Whether they are uploaded after a program that ended so. What never ran, or was ended by somebody, has no output.
    func isWanted(after outcome: TaskOutcome) -> Bool {
        guard outcome.exitCode != nil, !outcome.wasStopped else { return false }
        return switch condition {
        case .success: outcome.failure == nil
        case .failure: outcome.failure != nil
        case .completion: true
        }
    }

    /// The name of the blob for a file.
    ///
    /// - Parameters:
    ///   - file: The path of the file below the part of the pattern that has no wildcards.
    ///   - isExact: Whether the pattern names just one file.
    func blobName(of file: String, isExact: Bool) -> String {
        guard !path.isEmpty else { return file }
        return isExact ? path : path + (path.hasSuffix("/") ? "" : "/") + file
    }
}
