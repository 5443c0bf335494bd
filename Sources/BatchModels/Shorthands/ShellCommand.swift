/// A command line made of several commands.
///
/// The service runs command lines without a shell. These call one, which runs the commands in turn and stops at the
/// first that fails; the task then fails with its exit code.
public enum ShellCommand {
    /// A command line for Linux nodes, run by `/bin/bash` with `set -e` and `pipefail`.
    ///
    /// Variables such as `$AZ_BATCH_TASK_WORKING_DIR`, quotes and pipes mean in the commands what they mean in bash.
    /// Commands that end with `&` run in the background, and the command line waits for them at its end.
    public static func linux(_ commands: [String]) -> String {
        let commands = trimmed(commands)
        var script = "set -e; set -o pipefail; "
        for (index, command) in commands.enumerated() {
            script += command
            if index < commands.count - 1 { script += separator(after: command) }
        }
        if commands.contains(where: isInBackground) {
            script += (commands.last.map(separator) ?? "") + "wait"
        }
        return "/bin/bash -c " + quotedForPOSIX(script)
    }

    /// A command line for Linux nodes, run by `/bin/bash` with `set -e` and `pipefail`.
    public static func linux(_ commands: String...) -> String {
        linux(commands)
    }

    /// A command line for Windows nodes, run by `cmd.exe`.
    ///
    /// Variables such as `%AZ_BATCH_TASK_WORKING_DIR%`, quotes and pipes mean in the commands what they mean in cmd.
    public static func windows(_ commands: [String]) -> String {
        let commands = trimmed(commands)
        let parts = commands.map { commands.count > 1 && needsGroup($0) ? "(\($0))" : $0 }
        // With /s, cmd takes off the outer quotes and leaves all within as it is.
        return "cmd.exe /d /s /c \"\(parts.joined(separator: " && "))\""
    }

    /// A command line for Windows nodes, run by `cmd.exe`.
    public static func windows(_ commands: String...) -> String {
        windows(commands)
    }

    /// A text as one argument for a POSIX shell: nothing in it has a meaning to the shell.
    public static func quotedForPOSIX(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
    }

    // MARK: Parts

    private static func trimmed(_ commands: [String]) -> [String] {
        commands.map { command in
            var command = command[...]
            while command.first?.isWhitespace == true { command.removeFirst() }
            while command.last?.isWhitespace == true || command.last == ";" && !command.hasSuffix("\\;") {
                command.removeLast()
            }
            return String(command)
        }.filter { !$0.isEmpty }
    }

    private static func isInBackground(_ command: String) -> Bool {
        command.hasSuffix("&") && !command.hasSuffix("&&")
    }

    /// The separator between a command and the next: a new line where a semicolon could be part of a comment or of a
    /// here-document.
    private static func separator(after command: String) -> String {
        if isInBackground(command) { return " " }
        return command.contains { $0 == "#" || $0.isNewline } ? "\n" : "; "
    }

    /// Whether `&&` after the command would bind to a part of it only.
    private static func needsGroup(_ command: String) -> Bool {
        let first = command.prefix { !$0.isWhitespace && $0 != "(" }.lowercased()
        return ["if", "for"].contains(first) || command.contains { $0 == "&" || $0 == "|" }
    }
}
