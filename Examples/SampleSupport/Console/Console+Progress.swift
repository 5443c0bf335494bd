public import BlobStorage

extension Console {
    /// What shows how far a transfer has come; nil where nobody looks.
    public var showing: (@Sendable (TransferProgress) async -> Void)? {
        guard showsProgress else { return nil }
        return { await show($0) }
    }

    /// Shows how far a transfer has come in one line, which is gone at its end.
    private func show(_ progress: TransferProgress) async {
        var width = 0
        for await step in progress {
            let line = Self.bar(for: step)
            // What is left of a longer line is overwritten.
            write("\r" + line + String(repeating: " ", count: max(0, width - line.count)))
            width = line.count
        }
        write("\r" + String(repeating: " ", count: width) + "\r")
    }

    /// A step as in `[######    ] 60 %, 12.0 of 20.0 MiB, 4.0 MiB/s, 0:00:02 left`.
    public static func bar(for step: TransferProgress.Step, width: Int = 30) -> String {
        func mebibytes(_ bytes: Double) -> String {
            let tenths = Int64((bytes / 104_857.6).rounded())
            return "\(tenths / 10).\(tenths % 10)"
        }
        let rate = "\(mebibytes(step.rate)) MiB/s"
        guard let total = step.total, total > 0 else { return "\(mebibytes(Double(step.bytes))) MiB, \(rate)" }
        let part = min(1, Double(step.bytes) / Double(total))
        let filled = Int(part * Double(width))
        let bar = String(repeating: "#", count: filled) + String(repeating: " ", count: width - filled)
        let left = step.timeLeft.map { ", \(SampleTime.format($0)) left" } ?? ""
        return "[\(bar)] \(Int(part * 100)) %, "
            + "\(mebibytes(Double(step.bytes))) of \(mebibytes(Double(total))) MiB, \(rate)\(left)"
    }
}
