public import BlobStorage

/// How far something has come that counts bytes, or other things, and its line on a console.
public struct ProgressState: Sendable, Hashable {
    /// What is counted.
    public enum Unit: Sendable, Hashable {
        /// Bytes, which are shown as mebibytes.
        case bytes
        /// Things with a name, such as `tasks`.
        case items(String)
    }

    /// What stands at the beginning of the line, such as `12 of 200 files`. The default is nothing.
    public var label: String?
    /// The number of bytes so far, or of what else ``unit`` says; so it is with the others.
    public var bytes: Int64
    /// The number of all bytes; nil while it is not known.
    public var total: Int64?
    /// The bytes a second.
    public var rate: Double
    /// The remaining time at this rate; nil while it is not known.
    public var timeLeft: Duration?
    /// What is counted. The default is bytes.
    public var unit: Unit

    /// Creates a state.
    public init(
        label: String? = nil, bytes: Int64, total: Int64? = nil, rate: Double = 0, timeLeft: Duration? = nil,
        unit: Unit = .bytes
    ) {
        self.label = label
        self.bytes = bytes
        self.total = total
        self.rate = rate
        self.timeLeft = timeLeft
        self.unit = unit
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
        let rate = amount(Self.mebibytes(rate), Self.tenths(rate)) + "/s"
        let left = timeLeft.map { "\(SampleTime.format($0)) left" }
        let parts: [[String?]]
        if let fraction, let total {
            let percent = "\(Int(fraction * 100)) %"
            let done = amount(
                "\(Self.mebibytes(Double(bytes))) of \(Self.mebibytes(Double(total)))", "\(bytes) of \(total)")
            parts = [
                [label, percent, done, rate, left], [label, percent, done, left], [label, percent, left],
                [percent, left], [percent],
            ]
        } else {
            let done = amount(Self.mebibytes(Double(bytes)), "\(bytes)")
            parts = [[label, done, rate], [label, done], [done]]
        }
        return parts.map { $0.compactMap(\.self).joined(separator: ", ") }
    }

    /// An amount with its unit.
    private func amount(_ mebibytes: String, _ items: String) -> String {
        switch unit {
        case .bytes: "\(mebibytes) MiB"
        case .items(let name): "\(items) \(name)"
        }
    }

    /// A number of bytes in mebibytes, with one decimal. What is more than any disk has is shown as that.
    public static func mebibytes(_ bytes: Double) -> String {
        tenths(bytes / 1_048_576)
    }

    /// A number with one decimal; 0.0 for what is none.
    private static func tenths(_ number: Double) -> String {
        guard number.isFinite, number > 0 else { return "0.0" }
        let tenths = Int64(min(number * 10, 1e15).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
