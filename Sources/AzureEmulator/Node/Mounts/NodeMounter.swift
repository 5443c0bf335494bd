import AzureCore
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Keeps directories of nodes in step with containers: before a task runs, what has changed in the container is copied
/// here, and afterwards what has changed here is copied there.
actor NodeMounter {
    /// A blob and a file that were the same.
    private struct Known {
        let etag: String
        let fileTag: String
    }

    private let blobs: MountedBlobs
    private var known: [String: [String: Known]] = [:]
    /// What is under way, by directory: one after the other.
    private var last: [String: Task<Void, any Error>] = [:]

    init(_ blobs: MountedBlobs) {
        self.blobs = blobs
    }

    /// Copies what has changed in a container.
    ///
    /// - Throws: An error that says why it cannot be had.
    func pull(_ url: String, into directory: String) async throws {
        try await inTurn(directory) { try await $0.copyFrom(url, directory) }
    }

    /// Copies what has changed in a directory.
    ///
    /// - Throws: An error that says why it cannot be put there.
    func push(_ directory: String, to url: String) async throws {
        try await inTurn(directory) { try await $0.copyTo(url, directory) }
    }

    /// Forgets what was known of directories that are gone.
    func forget(below root: String) {
        known = known.filter { !$0.key.hasPrefix(root + "/") }
    }

    private func inTurn(
        _ directory: String, _ body: @escaping @Sendable (NodeMounter) async throws -> Void
    ) async throws {
        let before = last[directory]
        let mine = Task {
            _ = await before?.result
            try await body(self)
        }
        last[directory] = mine
        try await mine.value
    }

    private func copyFrom(_ url: String, _ directory: String) async throws {
        var entries = known[directory] ?? [:]
        defer { known[directory] = entries }
        let files = try await BlockingIO.run { try Self.files(in: directory) }
        let listed = try await blobs.list(url)
        for blob in listed where !blob.name.hasSuffix("/") && ResourceFile.isSafe(blob.name) {
            let entry = entries[blob.name]
            if entry?.etag == blob.etag, files[blob.name] != nil { continue }
            // What a task has changed here meanwhile is what it means to write.
            if let file = files[blob.name], file != entry?.fileTag { continue }
            try await blobs.get(blob.name, of: url, into: directory)
            let path = "\(directory)/\(blob.name)"
            guard let status = try await BlockingIO.run({ FileStatus(following: path) }) else { continue }
            entries[blob.name] = Known(etag: blob.etag, fileTag: status.tag)
        }
        let names = Set(listed.map(\.name))
        for (name, entry) in entries where !names.contains(name) {
            if files[name] == entry.fileTag {
                try await BlockingIO.run { FileTree.remove(name, below: directory) }
            }
            entries[name] = nil
        }
    }

    private func copyTo(_ url: String, _ directory: String) async throws {
        var entries = known[directory] ?? [:]
        defer { known[directory] = entries }
        let files = try await BlockingIO.run { try Self.files(in: directory) }
        for (name, tag) in files.sorted(by: { $0.key < $1.key }) where entries[name]?.fileTag != tag {
            let etag = try await blobs.put("\(directory)/\(name)", as: name, of: url)
            entries[name] = Known(etag: etag, fileTag: tag)
        }
        for (name, entry) in entries where files[name] == nil {
            try await blobs.delete(name, of: url, etag: entry.etag)
            entries[name] = nil
        }
    }

    /// The files below a directory with their tags. Links are none.
    ///
    /// - Throws: A `POSIXError` when a directory cannot be read: its files would count as deleted.
    private static func files(in directory: String) throws -> [String: String] {
        var files: [String: String] = [:]
        var directories = [""]
        while let current = directories.popLast() {
            let prefix = current.isEmpty ? "" : "\(current)/"
            guard let open = OpenDirectory(current.isEmpty ? directory : "\(directory)/\(current)") else {
                let reason = POSIXErrorCode(rawValue: errno) ?? .EIO
                if reason == .ENOENT, !current.isEmpty { continue }
                throw POSIXError(reason)
            }
            let names: [FileName]
            do {
                names = try open.names()
            } catch {
                throw POSIXError(POSIXErrorCode(rawValue: error.reason) ?? .EIO)
            }
            for name in names {
                guard let text = name.text, let status = open.status(of: name) else { continue }
                switch status.kind {
                case .file: files[prefix + text] = status.tag
                case .directory: directories.append(prefix + text)
                case .link, .other: continue
                }
            }
        }
        return files
    }
}

extension NodeAgent {
    /// Copies the containers that a node mounts.
    ///
    /// - Returns: What cannot be mounted.
    func mount(_ mounts: [NodeMount], on layout: NodeLayout) async -> [NodeError] {
        var errors: [NodeError] = []
        for mount in mounts {
            if let reason = await pull(mount, on: layout) { errors.append(.mountFailed(mount, reason)) }
        }
        return errors
    }

    /// Runs a task between copies of the containers that its node mounts.
    func inStep(
        _ assignment: TaskAssignment, _ run: () async -> TaskOutcome
    ) async -> TaskOutcome {
        let layout = layout(pool: assignment.pool, node: assignment.node)
        for mount in assignment.mounts {
            if let reason = await pull(mount, on: layout) { return TaskOutcome(failure: .mountFailed(mount, reason)) }
        }
        var outcome = await run()
        for mount in assignment.mounts {
            guard case .container(let url) = mount.source else { continue }
            do {
                try await mounter.push("\(layout.mounts)/\(mount.path)", to: url)
            } catch {
                outcome.failure = outcome.failure ?? .mountFailed(mount, Redactor.text("\(error)"))
            }
        }
        return outcome
    }

    private func pull(_ mount: NodeMount, on layout: NodeLayout) async -> String? {
        switch mount.source {
        case .unavailable(let reason): return reason
        case .container(let url):
            do {
                let directory = "\(layout.mounts)/\(mount.path)"
                try await BlockingIO.run {
                    try FileTree.makeDirectory(layout.relative(directory), below: layout.emulatorRoot)
                }
                try await mounter.pull(url, into: directory)
                return nil
            } catch {
                return Redactor.text("\(error)")
            }
        }
    }
}

extension NodeError {
    /// A file system cannot be mounted.
    static func mountFailed(_ mount: NodeMount, _ reason: String) -> NodeError {
        NodeError(
            code: "MountConfigurationException", message: "A file system of the pool cannot be mounted",
            details: [
                .init(name: "MountConfigurationPath", value: mount.path),
                .init(name: "MountConfigurationType", value: mount.kind), .init(name: "Message", value: reason),
            ])
    }
}

extension TaskFailure {
    /// A container that the node mounts cannot be copied.
    fileprivate static func mountFailed(_ mount: NodeMount, _ reason: String) -> TaskFailure {
        TaskFailure(
            .server, "ResourceContainerListMiscError",
            "Miscellaneous error encountered while listing one of the specified Azure Blob container(s)",
            details: [Detail(name: "FilePath", value: mount.path), Detail(name: "Message", value: reason)])
    }
}
