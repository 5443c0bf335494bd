import AzureCore
import AzureCrypto
import Foundation

/// A file system that the nodes of a pool have below their directory of mounts.
struct NodeMount: Sendable, Hashable {
    enum Source: Sendable, Hashable {
        /// A container, by an address that has all that gives access to it.
        case container(url: String)
        /// One that cannot be had here, with the reason.
        case unavailable(String)
    }

    /// The directory, below that of all mounts.
    let path: String
    /// The kind, as the service names it.
    let kind: String
    let source: Source
}

/// Reads what a client wrote of the mounts of a pool, with the keys that are not kept otherwise.
struct MountReader: Sendable {
    /// How long the signatures are good that are made of the key of an account: ten years.
    private static let lifetime: TimeInterval = 3650 * 86_400

    /// The storage account whose containers nodes can mount.
    let storage: LinkedStorage?
    let now: Date

    /// - Throws: A ``BatchServiceError``.
    func mounts(of pool: JSONValue) throws -> [NodeMount] {
        let mounts = try (pool["mountConfiguration"]?.array ?? []).map(mount)
        // The others are not mounted, and the service's own example has two of them at one path.
        let paths = mounts.compactMap { each -> String? in
            if case .container = each.source { each.path } else { nil }
        }
        guard Set(paths).count == paths.count else {
            throw BatchServiceError.invalidProperty(
                "mountConfiguration", "", "Each container must have a path of its own")
        }
        return mounts
    }

    private func mount(_ json: JSONValue) throws -> NodeMount {
        let written = (json.object ?? [:]).filter { !$0.value.isNull }
        guard written.count == 1, let (name, configuration) = written.first else {
            throw BatchServiceError.invalidProperty(
                "mountConfiguration", written.keys.sorted().joined(separator: ", "),
                "Each must have exactly one kind of configuration")
        }
        let path = configuration["relativeMountPath"]?.string ?? ""
        guard ResourceFile.isSafe(path) else {
            throw BatchServiceError.invalidProperty(
                "relativeMountPath", path, "It must stay below the directory of mounts")
        }
        let source: NodeMount.Source =
            name == "azureBlobFileSystemConfiguration"
            ? try container(configuration)
            : .unavailable("The emulator mounts containers of its own storage account, and nothing else")
        return NodeMount(path: path, kind: name, source: source)
    }

    private func container(_ json: JSONValue) throws -> NodeMount.Source {
        let secrets = ["accountKey", "sasKey", "identityReference"].filter { !(json[$0] ?? .null).isNull }
        guard secrets.count == 1 else {
            throw BatchServiceError.invalidProperty(
                "azureBlobFileSystemConfiguration", secrets.joined(separator: ", "),
                "It must have exactly one of accountKey, sasKey and identityReference")
        }
        let (account, name) = (json["accountName"]?.string ?? "", json["containerName"]?.string ?? "")
        guard let storage, storage.account == account else {
            return .unavailable("The emulator has no storage account '\(account)'")
        }
        let url = "\(storage.endpoint)/\(PercentEncoding.encodePath(name))"
        if let sas = json["sasKey"]?.string {
            return .container(url: "\(url)?\(sas.hasPrefix("?") ? String(sas.dropFirst()) : sas)")
        }
        if let key = json["accountKey"]?.string {
            guard let sas = signature(account, name, key: key) else { return .unavailable("The key is not base64") }
            return .container(url: "\(url)?\(sas)")
        }
        return .unavailable("The emulator has no identities")
    }

    /// A shared access signature for a container, in the form of version 2020-12-06.
    private func signature(_ account: String, _ container: String, key: String) -> String? {
        guard let key = try? SigningKey(base64: key) else { return nil }
        let (version, permissions) = ("2020-12-06", "racwdl")
        let end = ISO8601Date.formatSeconds(now + Self.lifetime)
        let text = [
            permissions, "", end, "/blob/\(account)/\(container)", "", "", "", version, "c", "", "", "", "", "", "", "",
        ].joined(separator: "\n")
        return "sv=\(version)&sr=c&sp=\(permissions)&se=\(PercentEncoding.encode(end))"
            + "&sig=\(PercentEncoding.encode(key.sign(text)))"
    }
}

extension BatchState {
    /// Has the file systems of a pool mounted on a node that starts; false when there are none.
    mutating func beginMounts(_ key: NodeKey) -> Bool {
        guard let mounts = pools[key.pool]?.mounts, !mounts.isEmpty else { return false }
        emit(.mount(key, mounts))
        return true
    }

    /// The file systems of a node are there, or cannot be had: then the node cannot be used.
    mutating func nodeMounted(_ key: NodeKey, _ errors: [NodeError], now: Date) {
        guard pools[key.pool]?.nodes[key.node]?.state == .starting else { return }
        pools[key.pool]?.nodes[key.node]?.errors = errors
        if errors.isEmpty {
            begin(key, now: now)
        } else {
            pools[key.pool]?.nodes[key.node]?.setState(.unusable, now: now)
        }
        settle(key.pool, now: now)
        finishJobs(on: key, now: now)
        schedule(now: now)
    }
}
