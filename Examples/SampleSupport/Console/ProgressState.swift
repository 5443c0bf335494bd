public import BlobStorage

/// How far something has come that counts bytes, and its line on a console.
public struct ProgressState: Sendable, Hashable {
    /// What stands at the beginning of the line, such as `12 of 200 files`. The default is nothing.
    public var label: String?
    /// The number of bytes so far.
    public var bytes: Int64
    /// The number of all bytes; nil while it is not known.
    public var total: Int64?
    /// The bytes a second.
    public var rate: Double
    /// The remaining time at this rate; nil while it is not known.
    public var timeLeft: Duration?

    /// Creates a state.
    public init(
        label: String? = nil, bytes: Int64, total: Int64? = nil, rate: Double = 0, timeLeft: Duration? = nil
    ) {
        self.label = label
        self.bytes = bytes
        self.total = total
        self.rate = rate
        self.timeLeft = timeLeft
    }

    /// The state of a transfer.
    public init(_ step: TransferProgress.Step) {
        self.init(bytes: step.bytes, total: step.total, rate: step.rate, timeLeft: step.timeLeft)
    }
}

// MARK: The line

extension ProgressState {
    /// The cells of the longest bar and of the shortest one.
    private static let cells = 6...50

    /// The state as in `[######    ] 60 %, 12.0 of 20.0 MiB, 4.0 MiB/s, 0:00:02 left`, shorter than the terminal is wide,
    /// so that the cursor stays in the line.
    ///
    /// Where there is less room, the bar becomes shorter and is left out, and then the rate, the amount and the time.
    ///
    /// - Parameter columns: The width of the terminal.
    public func line(columns: Int) -> String {
        let room = max(0, columns - 1)
        let texts = texts
        guard let longest = texts.first(where: { $0.count <= room }) else { return "" }
        guard let fraction else { return longest }
        // The bar goes before the rate, but the amount does not go before the bar. Texts change their length with each
        // step; the bar shall not.
        for text in texts.prefix(2) {
            let cells = room - 3 - (text.count + 3) / 4 * 4
            guard cells >= Self.cells.lowerBound else { continue }
            return bar(fraction, cells: min(cells, Self.cells.upperBound)) + " " + text
        }
        return longest
    }

    /// The state without a bar, as in `60 %, 12.0 of 20.0 MiB, 4.0 MiB/s, 0:00:02 left`.
    public var text: String { texts[0] }

    /// The part that is done, from 0 to 1; nil while it is not known.
    private var fraction: Double? {
        guard let total, total > 0 else { return nil }
        return max(0, min(1, Double(bytes) / Double(total)))
    }

    private func bar(_ fraction: Double, cells: Int) -> String {
        let filled = Int(fraction * Double(cells))
        return "[" + String(repeating: "#", count: filled) + String(repeating: " ", count: cells - filled) + "]"
    }

    /// What is told, from everything to the least of it.
    private var texts: [String] {
        let rate = "\(Self.mebibytes(rate)) MiB/s"
        let done = Self.mebibytes(Double(bytes))
        let left = timeLeft.map { "\(SampleTime.format($0)) left" }
        let parts: [[String?]]
        if let fraction, let total {
            let percent = "\(Int(fraction * 100)) %"
            let amount = "\(done) of \(Self.mebibytes(Double(total))) MiB"
            parts = [
                [label, percent, amount, rate, left], [label, percent, amount, left], [label, percent, left],
                [percent, left], [percent],
            ]
        } else {
            parts = [[label, "\(done) MiB", rate], [label, "\(done) MiB"], ["\(done) MiB"]]
        }
        return parts.map { $0.compactMap(\.self).joined(separator: ", ") }
    }

    /// A number of bytes with one decimal. What is more than any disk has is shown as that.
    private static func mebibytes(_ bytes: Double) -> String {
        guard bytes.isFinite, bytes > 0 else { return "0.0" }
        let tenths = Int64(min(bytes / 104_857.6, 1e15).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
