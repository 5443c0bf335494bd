import AzureCore
import Foundation

/// Clears away what emulators left that were killed before they could do it themselves.
///
/// An emulator that is still running loses nothing: its note is locked, and its process is there.
enum EmulatorSweep {
    /// Kills the processes of dead emulators and removes the directories that they made among the temporary files, but
    /// none that somebody asked to keep.
    ///
    /// - Parameters:
    ///   - temporaryFiles: Where temporary directories are made.
    ///   - kept: A directory that is wanted now, whatever it was before; nil for none.
    static func run(in temporaryFiles: String, sparing kept: String? = nil) async {
        let dead = try? await BlockingIO.run { deadDirectories(in: temporaryFiles, sparing: kept) }
        for (path, remains) in dead ?? [] {
            await ProcessDestroyer.destroy(.instance(remains.owner))
            guard remains.isRemovable else { continue }
            _ = try? await BlockingIO.run { FileTree.remove(path) }
        }
        let marked = try? await BlockingIO.run { deadInstances() }
        for instance in marked ?? [] { await ProcessDestroyer.destroy(.instance(instance)) }
    }

    private static func deadDirectories(
        in temporaryFiles: String, sparing kept: String?
    ) -> [(String, EmulatorDirectory.Remains)] {
        let names = (try? OpenDirectory(temporaryFiles, followsLink: true)?.names())?.compactMap(\.text) ?? []
        return names.filter { $0.hasPrefix(EmulatorDirectory.temporaryPrefix) }.compactMap { name in
            let path = "\(temporaryFiles)/\(name)"
            // Also when the wanted directory is one inside.
            if let kept, PathGuard.resolve(kept, inside: path) != nil { return nil }
            return EmulatorDirectory.remains(in: temporaryFiles, named: name).map { (path, $0) }
        }
    }

    /// The emulators that live processes are marked with and that are dead themselves.
    private static func deadInstances() -> Set<EmulatorInstance> {
        let current = SystemProcess(id: SystemProcess.current)
        var result: Set<EmulatorInstance> = []
        for process in SystemProcess.all() where !process.isZombie && process.id != SystemProcess.current {
            guard let environment = process.environment, let mark = RunMark(environment: environment),
                // In another namespace the number of the emulator's process means something else.
                process.namespace == current?.namespace, !mark.instance.isAlive
            else { continue }
            result.insert(mark.instance)
        }
        return result
    }
}
