#if DEBUG
import AzureCore
import Foundation
import HTTPTypes

@testable import AzureEmulator

extension FuzzTarget {
    /// Dates, durations, and other short texts.
    static let values: [FuzzTarget] =
        [iso8601Date, rfc1123Date, duration, emulatorTime, percentEncoding, retryAfter, redaction] + modelValues

    private static let iso8601Date = FuzzTarget(
        "iso8601-date", words: ["T", "Z", "+14:00", "-23:59", ".1234567", "24:00:00", ":60"],
        seeds: [
            "2026-01-02T03:04:05Z", "2026-01-02T03:04:05.1234567Z", "9999-12-31T23:59:59.9999999-14:00",
            "0001-01-01T00:00:00+23:59", "2024-02-29T23:59:60Z",
        ]
    ) { input in
        guard let date = ISO8601Date.parse(input.text) else { return }
        let written = ISO8601Date.format(date)
        try require(ISO8601Date.parse(written) == date, "\(written) is not the date that it was written for.")
        try require(ISO8601Date.parse(ISO8601Date.formatSeconds(date)) != nil, "Without a fraction it is no date.")
    }

    private static let rfc1123Date = FuzzTarget(
        "rfc1123-date", words: ["Mon, ", " GMT", " UTC", "Feb", "23:59:60"],
        seeds: ["Fri, 02 Jan 2026 03:04:05 GMT", "Thu, 29 Feb 2024 23:59:59 GMT", "Mon, 1 Jan 0001 00:00:00 GMT"]
    ) { input in
        guard let date = RFC1123Date.parse(input.text) else { return }
        let written = RFC1123Date.format(date)
        try require(RFC1123Date.parse(written) == date, "\(written) is not the date that it was written for.")
    }

    private static let duration = FuzzTarget(
        "duration", words: ["P", "T", "W", "D", "H", "M", "S", "Y", "-P", ".9999999", ",5"],
        seeds: [
            "PT30S", "P1DT2H", "P10675199DT2H48M5.4775807S", "-P1W", "PT0.0000001S", "P106751991167300DT15H30M7S",
            "P3Y6M4DT12H30M5S",
        ]
    ) { input in
        if let duration = ISO8601Duration.parse(input.text) {
            let written = ISO8601Duration.format(duration)
            guard let again = ISO8601Duration.parse(written) else { throw FuzzFinding("\(written) is no duration.") }
            let difference = again - duration
            try require(
                difference < .nanoseconds(100) && difference > .nanoseconds(-100), "\(written) is another duration.")
        }
        _ = BatchDuration.parse(input.text)
    }

    private static let emulatorTime = FuzzTarget(
        "emulator-time", words: ["T", "Z", "+14:00", ".1234567"],
        seeds: [
            "2026-01-02T03:04:05.1234567Z", "2026-01-02", "2026-01-02T03:04Z", "0000-00-00", "9999-12-31T23:59:60Z",
        ]
    ) { input in
        if let date = BatchTime.parse(input.text) { _ = BatchTime.format(date) }
        if let date = ServiceTime.parse(input.text) { _ = ServiceTime.format(date) }
    }

    private static let percentEncoding = FuzzTarget(
        "percent-encoding", words: ["%2F", "%00", "%C3%BC", "%FF", "%", "+"],
        seeds: ["a%20b+c%2Fd", "ü/%zz%4", "%C3%28"]
    ) { input in
        let text = input.text
        try require(PercentEncoding.decode(PercentEncoding.encode(text)) == text, "Encoding changes the text.")
        try require(PercentEncoding.decode(PercentEncoding.encodePath(text)) == text, "Encoding changes the path.")
        _ = PercentEncoding.decode(text, plusIsSpace: true)
        guard let query = EmulatorQuery(text) else { return }
        for item in query.items {
            try require(query[item.name] != nil, "The query does not find '\(item.name)'.")
        }
    }

    private static let retryAfter = FuzzTarget(
        "retry-after", seeds: ["5", "Fri, 02 Jan 2026 03:04:05 GMT", "0.25", "1e400"]
    ) { input in
        for name in ["retry-after-ms", "x-ms-retry-after-ms", "retry-after"] {
            var fields = HTTPFields()
            fields[HTTPField.Name(name) ?? .retryAfter] = input.text
            guard let delay = RetryAfter.delay(in: fields, now: Date(timeIntervalSince1970: 1_767_323_045)) else {
                continue
            }
            // A date of the year 9999 is the furthest that can be asked for.
            try require(delay >= .zero && delay < .seconds(253_402_300_800), "The delay is \(delay).")
        }
    }

    private static let redaction = FuzzTarget(
        "redaction", words: ["?", "&", "sig=", "AccountKey=", "Bearer ", "://", "@", "%73ig=", "\"", ";"],
        seeds: [
            "https://u:p@h/c?sv=1&sig=", "az://?comp=list&sig=a", "DefaultEndpointsProtocol=https;AccountKey=",
            "SharedAccessSignature=sv=1&sig=x;", "Authorization: Bearer ",
        ]
    ) { input in
        let text = input.text
        _ = Redactor.text(text)
        _ = Redactor.resource(text)
        let secret = "c2VjcmV0c2VjcmV0"
        // The values that it hides are whatever their surroundings are.
        let url = Redactor.url(text.filter { $0 != "?" && $0 != "#" } + "?sig=\(secret)&x=\(secret)")
        try require(!url.contains(secret), "A secret shows in \(url).")
        let message = Redactor.text(text + " sig=\(secret) Bearer \(secret)")
        try require(!message.contains(secret), "A secret shows in \(message).")
    }
}
#endif
