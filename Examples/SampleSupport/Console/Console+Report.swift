extension Console {
    /// Prints why a run failed: one line, and below it what a program on a node wrote, if that is known.
    public func report(_ error: any Error) {
        if error is CancellationError {
            printError("Interrupted.")
            return
        }
        printError("Error: \(SampleFailure.summary(of: error))")
        guard let output = (error as? SampleFailure)?.output else { return }
        for line in output.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            printError("  \(line)")
        }
    }
}
