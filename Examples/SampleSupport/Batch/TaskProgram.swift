import BatchModels

/// A program of this machine that nodes run: its file, and the command lines that install it and run it.
public struct TaskProgram: Sendable, Hashable {
    /// What a program needs that uses Blob Storage and has the Swift runtime linked statically.
    public static let packages = ["libcurl4", "libssl3", "ca-certificates"]

    /// The file here.
    public var file: LocalFile
    /// The packages of Ubuntu to install if the program finds its libraries missing.
    public var packages: [String]

    /// The name of the file, here and on the node.
    public var name: String { file.name }

    /// Names a program.
    public init(_ file: LocalFile, packages: [String] = TaskProgram.packages) {
        self.file = file
        self.packages = packages
    }

    /// The command line of a start task that has the program as a resource file: installs it for all tasks of the node,
    /// and tries it.
    ///
    /// 127 is what the loader answers when a library is missing. Only then packages are installed; a program that is
    /// broken otherwise fails the start task with what it says itself.
    public var installCommand: String {
        let packages = packages.map(Self.argument).joined(separator: " ")
        return ShellCommand.linux(
            "install -m 0755 \(Self.argument(name)) \(installed)",
            "code=0",
            "\(installed) --version || code=$?",
            "if [ $code -eq 127 ]; then export DEBIAN_FRONTEND=noninteractive; apt-get -q update; "
                + "apt-get -q -y install \(packages); code=0; \(installed) --version || code=$?; fi",
            "exit $code")
    }

    /// The command line of a task that runs the program.
    public func command(_ arguments: [String]) -> String {
        ShellCommand.linux(line(arguments))
    }

    /// The command line of a task that starts the program and leaves it running, as the coordination command of a
    /// multi-instance task does.
    ///
    /// - Parameters:
    ///   - arguments: The arguments.
    ///   - log: The file of the working directory that gets what the program writes. Not the task's own: the task would
    ///     not have ended before the program has.
    public func backgroundCommand(_ arguments: [String], log: String) -> String {
        ShellCommand.linux("(\(line(arguments)) > \(Self.argument(log)) 2>&1 &)")
    }

    private func line(_ arguments: [String]) -> String {
        ([installed] + arguments.map(Self.argument)).joined(separator: " ")
    }

    /// The installed program, for a shell.
    private var installed: String { "\"$AZ_BATCH_NODE_SHARED_DIR\"/\(Self.argument(name))" }

    /// An argument for a shell, in quotes unless it consists of characters that mean nothing to one.
    public static func argument(_ text: String) -> String {
        let isHarmless = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "-_./:=,+%@".utf8.contains(byte)
            }
        }
        return isHarmless && !text.isEmpty ? text : ShellCommand.quotedForPOSIX(text)
    }
}
