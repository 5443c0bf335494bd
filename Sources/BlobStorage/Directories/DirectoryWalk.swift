import AzureCore
import Foundation

/// Goes through a directory and all below it, in the order of the names, one directory in memory at each depth.
actor DirectoryWalk {
    /// A file that was found.
    struct File: TreeItem {
        /// Its path below the directory, with `/` between its parts.
        let name: String
        let path: String
        let state: TreeItemState

        var size: Int64 { state.size }
    }

    private struct Place: Sendable {
        let name: String
        let path: String
        /// The directories that it is in, to notice links that lead back.
        let ancestors: [FileStatus.Identity]
    }

    private let selection: TreeSelection
    private let followsLinks: Bool
    /// What is left to look at, the next at the end.
    private var stack: [Place]

    /// Begins a walk.
    ///
    /// - Throws: An ``AzureError`` with `fileError` when there is no such directory.
    init(_ directory: String, selection: TreeSelection, followsLinks: Bool) async throws {
        self.selection = selection
        self.followsLinks = followsLinks
        let top = Place(name: "", path: directory, ancestors: [])
        stack = try await BlockingIO.run { try Self.children(of: top) }
    }

    /// The next file, or something that is none.
    func next() async throws -> TreeStep<File>? {
        while let place = stack.popLast() {
            try Task.checkCancellation()
            let (selection, followsLinks) = (selection, followsLinks)
            let (step, children) = try await BlockingIO.run {
                Self.look(at: place, selection: selection, followsLinks: followsLinks)
            }
            stack += children
            if let step { return step }
        }
        return nil
    }

    /// How many files there are from here on, with their sizes.
    func count() async throws -> TreeTransferProgress.Count {
        var count = TreeTransferProgress.Count()
        while let step = try await next() {
            switch step {
            case .item(let file): count.add(file.size)
            case .settled(let entry): count.add(entry.size)
            }
        }
        return count
    }

    private static func look(
        at place: Place, selection: TreeSelection, followsLinks: Bool
    ) -> (TreeStep<File>?, [Place]) {
        func settled(_ outcome: TreeItemResult) -> (TreeStep<File>?, [Place]) {
            (.settled(TreeTransferEntry(name: place.name, path: place.path, size: 0, outcome)), [])
        }
        do {
            // A file that is gone by now was deleted meanwhile, and a link may lead nowhere.
            guard let status = try FileStatus(of: place.path, followsLinks: followsLinks) else {
                guard selection.contains(place.name) else { return (nil, []) }
                throw AzureError(code: .fileError, message: "'\(place.path)' leads to nothing.")
            }
            if status.kind == .directory {
                guard !selection.leavesOut(directory: place.name) else { return (nil, []) }
                guard !place.ancestors.contains(status.identity) else { return settled(.skipped(.symbolicLink)) }
                return (nil, try children(of: place))
            }
            guard selection.contains(place.name) else { return (nil, []) }
            switch status.kind {
            case .symbolicLink: return settled(.skipped(.symbolicLink))
            // What transfers keep beside files is none of them.
            case .file where JournalFile.isOurs((place.name as NSString).lastPathComponent): return (nil, [])
            case .file: return (.item(File(name: place.name, path: place.path, state: status.state)), [])
            default: return settled(.skipped(.notAFile))
            }
        } catch {
            return settled(.failed(error))
        }
    }

    /// What is in a directory, the first at the end.
    private static func children(of place: Place) throws -> [Place] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: place.path)
        } catch {
            throw AzureError(
                code: .fileError,
                message: "The directory '\(place.path)' cannot be read: \(error.systemReason).",
                underlying: error)
        }
        let identity = try FileStatus(of: place.path, followsLinks: true)?.identity
        let ancestors = place.ancestors + (identity.map { [$0] } ?? [])
        return names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }.reversed().map { name in
            Place(
                name: place.name.isEmpty ? name : place.name + "/" + name, path: place.path + "/" + name,
                ancestors: ancestors)
        }
    }
}
