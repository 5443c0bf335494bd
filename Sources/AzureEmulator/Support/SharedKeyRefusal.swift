import struct Foundation.Date
import struct Foundation.TimeInterval

/// Why a service refuses a request that is signed with the key of an account, in the words that both services have for it.
enum SharedKeyRefusal {
    /// How far a request's date may be from the service's, in seconds.
    static let maxSkew: TimeInterval = 15 * 60

    /// The reason to refuse a request for its date; nil when it is near enough to the service's time.
    ///
    /// - Parameters:
    ///   - date: The date of the request.
    ///   - text: The date as the request has it.
    ///   - now: The time of the service.
    static func reason(for date: Date, _ text: String, now: Date) -> String? {
        guard abs(date.timeIntervalSince(now)) > maxSkew else { return nil }
        return date < now
            ? "Request date header too old: '\(text)'"
            : "The date header in the request is more than 15 minutes ahead of the service's time: '\(text)'"
    }

    /// The reason to refuse a signature that is not that of what the client has to have signed.
    static func reason(forSignature signature: String, of text: String) -> String {
        "The MAC signature found in the HTTP request '\(signature)' is not the same as any computed signature. Server "
            + "used following string to sign: '\(text)'."
    }
}
