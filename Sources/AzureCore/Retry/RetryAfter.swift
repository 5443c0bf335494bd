package import HTTPTypes

package import struct Foundation.Date

/// How long a service asks to wait, in any of the forms that Azure's services use.
package enum RetryAfter {
    /// Reads `retry-after-ms`, `x-ms-retry-after-ms` and `Retry-After` (seconds or a date), in this order.
    package static func delay(in fields: HTTPFields, now: Date) -> Duration? {
        for name in ["retry-after-ms", "x-ms-retry-after-ms"] {
            if let field = HTTPField.Name(name).flatMap({ fields[$0] }), let value = number(field) {
                return .milliseconds(value)
            }
        }
        guard let text = fields[.retryAfter] else { return nil }
        if let seconds = number(text) { return .seconds(seconds) }
        guard let date = RFC1123Date.parse(text) else { return nil }
        return .seconds(max(0, date.timeIntervalSince(now)))
    }

    /// A number of at least 0, bounded so that no service can make the arithmetic overflow.
    private static func number(_ text: String) -> Double? {
        guard let value = Double(text.trimmingWhitespace()), value >= 0 else { return nil }
        return min(value, 1e9)
    }
}

extension StringProtocol {
    /// The same without spaces and tabs at its ends.
    package func trimmingWhitespace() -> String {
        let trimmed = drop { $0 == " " || $0 == "\t" }
        guard let end = trimmed.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
        return String(trimmed[...end])
    }
}
