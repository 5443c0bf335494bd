public import BlobStorage

extension Console {
    /// What shows how far a transfer has come; nil where nobody looks.
    public var showing: (@Sendable (TransferProgress) async -> Void)? {
        if case .none = progress { return nil }
        return { await show($0.map { ProgressState($0) }) }
    }

    /// Shows how far something has come, until the sequence ends.
    public func show<States: AsyncSequence>(_ states: States) async
    where States.Element == ProgressState, States.Failure == Never {
        switch progress {
        case .none: for await _ in states {}
        case .line(let columns): await showLine(states, columns: columns)
        case .log(let interval): await log(states, every: interval)
        }
    }

    /// Shows a line that changes, and is gone at the end.
    private func showLine<States: AsyncSequence>(_ states: States, columns: () -> Int) async
    where States.Element == ProgressState, States.Failure == Never {
        var width = 0
        for await state in states {
            let columns = columns()
            let line = state.line(columns: columns)
            // What is left of a longer line is overwritten, as far as the terminal is still that wide.
            let rest = min(width, max(0, columns - 1)) - line.count
            write("\r" + line + String(repeating: " ", count: max(0, rest)))
            width = line.count
        }
        if width > 0 { write("\r" + String(repeating: " ", count: width) + "\r") }
    }

    private func log<States: AsyncSequence>(_ states: States, every interval: Duration) async
    where States.Element == ProgressState, States.Failure == Never {
        var pace = ProgressPace(every: interval, now: time.uptime())
        for await state in states where pace.isDue(now: time.uptime()) { print("  \(state.text)") }
    }
}
