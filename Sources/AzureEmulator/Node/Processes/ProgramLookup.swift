import Foundation

/// Finds the program of a command line the way `execvp` does, to tell what is wrong before anything runs.
enum ProgramLookup {
    /// Why a launch cannot work; nil when the program is there and may be run.
    static func check(_ launch: ProcessLaunch) -> ProcessOutcome? {
        guard let program = launch.arguments.first, !program.isEmpty else {
            return .programNotFound("")
        }
        let candidates: [String]
        if program.hasByte("/") {
            candidates = [program.utf8.first == UInt8(ascii: "/") ? program : "\(launch.workingDirectory)/\(program)"]
        } else {
            candidates = (launch.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(program)" }
        }
        if candidates.contains(where: isExecutable) { return nil }
        guard let present = candidates.first(where: FileManager.default.fileExists(atPath:)) else {
            return .programNotFound(program)
        }
        return .launchFailed("'\(present)' may not be executed.")
    }

    private static func isExecutable(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory.boolValue
            && FileManager.default.isExecutableFile(atPath: path)
    }
}
