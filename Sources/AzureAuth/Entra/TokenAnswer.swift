import AzureCore

import struct Foundation.Date
import class Foundation.NSNumber
import typealias Foundation.TimeInterval

/// The token in an answer of an OAuth server or a managed identity.
struct TokenAnswer: Sendable {
    let token: AccessToken
    let refreshToken: Secret<String>?

    /// A token that lives longer is asked for again all the same.
    private static let longestLife: TimeInterval = 7 * 24 * 3600

    /// Reads an answer; nil when it has no token or no time that it ends.
    ///
    /// A life in seconds is preferred to a moment: it does not depend on this machine's clock being right.
    init?(_ json: [String: Any], now: Date) {
        guard let text = json["access_token"] as? String, !text.isEmpty else { return nil }
        let life = Self.seconds(json["expires_in"])
        let moment = Self.seconds(json["expires_on"]) ?? (json["expires_on"] as? String).flatMap(Self.moment)
        guard let rest = life ?? moment.map({ $0 - now.timeIntervalSince1970 }), rest > 0 else { return nil }
        let bounded = min(rest, Self.longestLife)
        var refresh = Self.seconds(json["refresh_in"]).flatMap { $0 > 0 && $0 < bounded ? $0 : nil }
        // Long tokens are replaced at half their life, so that an outage of hours does no harm.
        if refresh == nil, bounded >= 7200 { refresh = bounded / 2 }
        token = AccessToken(
            token: text, expiresOn: now.addingTimeInterval(bounded),
            refreshOn: refresh.map { now.addingTimeInterval($0) })
        refreshToken = (json["refresh_token"] as? String).map { Secret($0) }
    }

    /// A number, be it in a string.
    static func seconds(_ value: Any?) -> TimeInterval? {
        let number = (value as? NSNumber)?.doubleValue ?? (value as? String).flatMap { Double($0) }
        return number.flatMap { $0.isFinite ? $0 : nil }
    }

    /// `06/20/2019 02:57:58 +00:00`, with AM or PM on Windows: what older managed identities write.
    static func moment(_ text: String) -> TimeInterval? {
        let parts = text.split(separator: " ")
        guard parts.last == "+00:00", (3...4).contains(parts.count) else { return nil }
        let day = parts[0].split(separator: "/").compactMap { Int($0) }
        let time = parts[1].split(separator: ":").compactMap { Int($0) }
        guard day.count == 3, time.count == 3, (1...12).contains(day[0]), (1...31).contains(day[1]),
            (1970...9999).contains(day[2]), (0...23).contains(time[0]), (0...59).contains(time[1]),
            (0...60).contains(time[2])
        else { return nil }
        var hour = time[0]
        if parts.count == 4 { hour = hour % 12 + (parts[2] == "PM" ? 12 : 0) }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let date = "\(day[2])-\(two(day[0]))-\(two(day[1]))T\(two(hour)):\(two(time[1])):\(two(time[2]))Z"
        return ISO8601Date.parse(date)?.timeIntervalSince1970
    }
}
