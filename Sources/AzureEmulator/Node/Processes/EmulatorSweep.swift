#if Emulator
import AzureCore
import Foundation

/// Clears away what emulators left that were killed before they could do it themselves.
///
/// An emulator that is still running loses nothing: its note is locked, and its process is there.
enum EmulatorSweep {
    /// Kills the processes of dead emulators and removes their temporary directories.
    ///
    /// - Parameter temporaryFiles: Where temporary directories are made.
    static func run(in temporaryFiles: String) async {
        let dead = try? await BlockingIO.run { deadDirectories(in: temporaryFiles) }
        for (path, instance) in dead ?? [] {
            await ProcessDestroyer.destroy(.instance(instance))
            _ = try? await BlockingIO.run { FileTree.remove(path) }
        }
        let marked = try? await BlockingIO.run { deadInstances() }
        for instance in marked ?? [] { await ProcessDestroyer.destroy(.instance(instance)) }
    }

    private static func deadDirectories(in temporaryFiles: String) -> [(String, EmulatorInstance)] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: temporaryFiles)) ?? []
        return names.filter { $0.hasPrefix(EmulatorDirectory.temporaryPrefix) }.compactMap { name in
            let path = "\(temporaryFiles)/\(name)"
            return EmulatorDirectory.deadOwner(of: path).map { (path, $0) }
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
#endif
