import AzureCrypto
import Foundation

/// Makes and checks the tokens with which tasks work on their own job. They are signed, not kept.
struct JobTokens: Sendable {
    /// What a token is for.
    struct Subject: Sendable, Hashable {
        let job: String
        /// When the job was made, so that a later job of the same id is another one.
        let created: Date
    }

    /// How long a token is good: a week.
    static let lifetime: TimeInterval = 7 * 86_400

    private let key: HMACSHA256

    /// - Parameter accountKey: The key of the account, from which that of the tokens is derived.
    init(accountKey: Data) {
        let derived = HMACSHA256(key: accountKey).authenticationCode(for: "token of a job".utf8)
        key = HMACSHA256(key: Data(derived))
    }

    /// Makes a token.
    func token(for subject: Subject, now: Date) -> String {
        let claims: JSONValue = [
            "job": .string(subject.job), "made": .string(Self.text(subject.created)),
            "end": .string(Self.text(now.addingTimeInterval(Self.lifetime))),
        ]
        let text = Self.encode(claims.data)
        return "\(text).\(Self.encode(Data(key.authenticationCode(for: text.utf8))))"
    }

    /// What a token is for; nil when it was not made here, or its time is up.
    func subject(of token: some StringProtocol, now: Date) -> Subject? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let signature = Self.decode(parts[1]),
            isEqualInConstantTime(signature, key.authenticationCode(for: parts[0].utf8)),
            let claims = Self.decode(parts[0]).flatMap({ try? JSONValue(parsing: $0) }),
            let job = claims["job"]?.string, let created = Self.date(claims["made"]),
            let end = Self.date(claims["end"]),
            now < end
        else { return nil }
        return Subject(job: job, created: created)
    }

    /// A moment, to the last bit.
    private static func text(_ date: Date) -> String {
        String(date.timeIntervalSinceReferenceDate.bitPattern, radix: 16)
    }

    private static func date(_ json: JSONValue?) -> Date? {
        guard let bits = json?.string.flatMap({ UInt64($0, radix: 16) }) else { return nil }
        return Date(timeIntervalSinceReferenceDate: Double(bitPattern: bits))
    }

    private static func encode(_ data: Data) -> String {
        data.base64EncodedString().replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
    }

    private static func decode(_ text: some StringProtocol) -> Data? {
        let plain = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        return Data(base64Encoded: plain + String(repeating: "=", count: (4 - plain.count % 4) % 4))
    }
}
