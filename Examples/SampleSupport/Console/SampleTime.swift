public import Foundation

/// Times as the transcripts show them.
public enum SampleTime {
    /// A moment in a time zone, as in `2016-05-20 22:47:10`.
    public static func format(_ date: Date, in timeZone: TimeZone = .current) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
        func digits(_ value: Int?, _ width: Int) -> String {
            let text = String(value ?? 0)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        let day = "\(digits(parts.year, 4))-\(digits(parts.month, 2))-\(digits(parts.day, 2))"
        return day + " \(digits(parts.hour, 2)):\(digits(parts.minute, 2)):\(digits(parts.second, 2))"
    }

    /// A span of time in whole seconds, as in `0:06:02`, or `1 day, 0:00:00`.
    public static func format(_ duration: Duration) -> String {
        let total = max(0, duration.components.seconds)
        let (days, seconds) = (total / 86_400, total % 86_400)
        func digits(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let time = "\(seconds / 3600):\(digits(seconds / 60 % 60)):\(digits(seconds % 60))"
        return days == 0 ? time : "\(days) day\(days == 1 ? "" : "s"), \(time)"
    }

    /// A span of time in seconds with one decimal, as in `12.3 s`.
    public static func seconds(_ duration: Duration) -> String {
        let (seconds, attoseconds) = max(.zero, duration).components
        return "\(seconds).\(attoseconds / 100_000_000_000_000_000) s"
    }
}
