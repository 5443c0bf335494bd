#if Emulator
import AzureCore
import CEmulatorSupport
import Subprocess

#if canImport(System)
import System
#else
import SystemPackage
#endif

/// A small process that outlives the emulator just long enough to clean up after it.
///
/// It waits on a pipe. When the emulator says that all is done, it goes; when the pipe breaks because the emulator was
/// killed, it kills whatever bears the emulator's mark and removes the temporary directory.
final class Watchdog: Sendable {
    private let task: Task<Void, Never>
    private let release: AsyncStream<Void>.Continuation

    private init(task: Task<Void, Never>, release: AsyncStream<Void>.Continuation) {
        self.task = task
        self.release = release
    }

    /// Starts one; on systems without `/proc` there is none.
    ///
    /// - Parameters:
    ///   - instance: The emulator to watch.
    ///   - directory: Its directory.
    static func start(for instance: EmulatorInstance, directory: EmulatorDirectory) -> Watchdog? {
        #if os(Linux)
        let (stream, release) = AsyncStream.makeStream(of: Void.self)
        let (number, path) = ("\(instance.number)", directory.isTemporary ? directory.path : "")
        let note = "\(instance) \(EmulatorDirectory.temporaryWord)"
        var options = PlatformOptions()
        options.createSession = true
        let configuration = Configuration(
            executable: .path("/bin/sh"),
            arguments: ["-c", script, "azure-emulator-watchdog", number, path, note],
            environment: .custom(["PATH": "/usr/bin:/bin"]), workingDirectory: "/", platformOptions: options)
        let task = Task {
            var root: Int32?
            defer { if let root { ChildProcesses.setAwaited(root, false) } }
            _ = try? await Subprocess.run(
                configuration, input: .inputWriter, output: .discarded, error: .discarded
            ) { execution in
                let process = execution.processIdentifier.value
                ChildProcesses.setAwaited(process, true)
                root = process
                _ = azure_set_lock_limit(process, instance.watchdogLockLimit)
                for await _ in stream {}
                _ = try? await execution.standardInputWriter.write("done\n")
                try? await execution.standardInputWriter.finish()
            }
        }
        return Watchdog(task: task, release: release)
        #else
        return nil
        #endif
    }

    /// Sends it away, because nothing is left to watch.
    func stop() async {
        release.finish()
        await task.value
    }

    /// Nothing but words of the shell, so that no other program is needed. `$1` is the number of the emulator, which
    /// the limit on file locks of its processes starts with; `$2` is the directory to remove, or empty; `$3` is what the
    /// note in it has to say still, since somebody may have taken the directory over to keep it.
    private static let script = #"""
        trap '' INT TERM HUP QUIT
        IFS= read -r line && [ "$line" = done ] && exit 0
        round=0
        while [ $round -lt 100 ]; do
            found=
            for process in /proc/[0-9]*; do
                while read -r a b c value rest; do
                    [ "$a $b $c" = "Max file locks" ] || continue
                    case $value in
                        "$1"?????????)
                            read -r stat < "$process/stat" || break
                            case ${stat##*) } in Z*|X*) break;; esac
                            kill -KILL "${process#/proc/}" && found=1
                            ;;
                    esac
                    break
                done < "$process/limits"
            done 2>/dev/null
            [ -n "$found" ] || break
            round=$((round + 1))
        done
        [ -n "$2" ] && [ -f "$2/.azure-emulator" ] || exit 0
        IFS= read -r note < "$2/.azure-emulator"
        [ "$note" != "$3" ] || rm -rf -- "$2"
        """#
}
#endif
