/// Values as the results of an evaluation show them.
enum AutoscaleText {
    /// A number, without a fraction when it is whole.
    static func number(_ number: Double) -> String {
        if let whole = Int64(exactly: number), whole.magnitude < 1_000_000_000_000_000 { return String(whole) }
        return "\(number)"
    }

    /// An interval in days, hours, minutes and seconds: `1.02:03:04.5000000`.
    static func interval(_ ticks: Int64) -> String {
        let rest = ticks.magnitude
        let second = UInt64(AutoscaleTime.ticksPerSecond)
        func digits(_ number: UInt64, _ width: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        let days = rest / second / 86_400
        let clock = [rest / second / 3600 % 24, rest / second / 60 % 60, rest / second % 60]
        let fraction = rest % second
        return (ticks < 0 ? "-" : "") + (days == 0 ? "" : "\(days).")
            + clock.map { digits($0, 2) }.joined(separator: ":") + (fraction == 0 ? "" : "." + digits(fraction, 7))
    }

    static func value(_ value: AutoscaleValue) -> String {
        switch value {
        case .number(let value): number(value)
        case .vector(let values): "[" + values.map(number).joined(separator: ",") + "]"
        case .text(let text): text
        case .time(let time): time.text
        case .interval(let ticks): interval(ticks)
        case .removal(let removal): removal.rawValue
        }
    }
}
