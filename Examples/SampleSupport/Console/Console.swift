public import AzureCore

/// Where a sample prints and asks. Tests put one of their own in its place.
public struct Console: Sendable {
    /// Prints to standard output as it is, without a line end.
    public var write: @Sendable (String) -> Void
    /// Prints to standard error as it is, without a line end.
    public var writeError: @Sendable (String) -> Void
    /// Reads a line of standard input; nil at its end and when the task is cancelled.
    public var readLine: @Sendable () async -> String?
    /// Whether somebody is there to answer questions.
    public var isInteractive: Bool
    /// How it is shown how far a transfer has come.
    public var progress: ProgressStyle
    /// The source of time.
    public var time: TimeSource

    /// Creates a console.
    public init(
        isInteractive: Bool,
        progress: ProgressStyle = .none,
        time: TimeSource = .system,
        write: @escaping @Sendable (String) -> Void,
        writeError: @escaping @Sendable (String) -> Void,
        readLine: @escaping @Sendable () async -> String?
    ) {
        self.isInteractive = isInteractive
        self.progress = progress
        self.time = time
        self.write = write
        self.writeError = writeError
        self.readLine = readLine
    }

    /// Prints a line.
    public func print(_ line: String = "") {
        write(line + "\n")
    }

    /// Prints a line to standard error.
    public func printError(_ line: String) {
        writeError(line + "\n")
    }

    /// Asks until the answer is yes or no. An empty answer means yes; no answer at all means no.
    public func confirm(_ question: String) async -> Bool {
        while true {
            write("\(question) [Y/n] ")
            guard let answer = await readLine() else { return false }
            switch answer.lowercased().filter({ !$0.isWhitespace }) {
            case "", "y", "yes": return true
            case "n", "no": return false
            default: print("Please answer y or n.")
            }
        }
    }

    /// Prints a prompt and waits for a line.
    public func pause(_ prompt: String) async {
        write(prompt)
        _ = await readLine()
    }
}
