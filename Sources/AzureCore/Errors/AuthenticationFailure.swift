/// Why a service did not believe a request. It answers `AuthenticationFailed` with the same message for every reason, and
/// blames the form of the `Authorization` header; the reason itself stands in a detail, `AuthenticationErrorDetail`.
package enum AuthenticationFailure: Sendable, Hashable {
    /// The signature of the request was made with another key than the account has.
    case wrongKey
    /// The signature of a shared access signature was made with another key, or what it signs was changed.
    case wrongSignature
    /// The request is dated otherwise than the service's clock.
    case clock
    /// The time of a shared access signature is over.
    case expired
    /// The time of a shared access signature has not come.
    case notYetValid
    /// A shared access signature is not valid now; which side of its time that is cannot be told.
    case outOfTime

    /// The name of the detail that has the reason.
    package static let detailName = "AuthenticationErrorDetail"

    /// Reads the detail; nil when it says anything else.
    package init?(detail: String) {
        func says(_ phrase: String) -> Bool { detail.range(of: phrase, caseInsensitive: true) != nil }
        if says("MAC signature found in the HTTP request") {
            self = .wrongKey
        } else if says("Signature did not match") {
            self = .wrongSignature
        } else if says("date header too old") || says("date header in the request is") {
            self = .clock
        } else if says("not valid in the specified time frame") {
            self = Self.side(of: detail)
        } else {
            return nil
        }
    }

    /// `Start [time] - Expiry [time] - Current [time]`, as RFC 1123 or ISO 8601.
    private static func side(of detail: String) -> AuthenticationFailure {
        func time(_ name: String) -> AzureTimestamp? {
            guard let found = detail.range(of: name + " [") else { return nil }
            let text = String(detail[found.upperBound...].prefix { $0 != "]" })
            return text.isEmpty ? nil : AzureTimestamp(text)
        }
        guard let now = time("Current")?.date else { return .outOfTime }
        if let end = time("Expiry")?.date, end <= now { return .expired }
        if let start = time("Start")?.date, start > now { return .notYetValid }
        return .outOfTime
    }

    /// What happened, and what to do.
    ///
    /// - Parameter account: The account that was called, where its name is known.
    package func message(account: String?) -> String {
        let named = account.map { "the account '\($0)'" } ?? "the account"
        return switch self {
        case .wrongKey:
            "The account key is wrong, or not that of \(named). Compare name and key with those of the account; if they are "
                + "right, something on the way has changed the request."
        case .wrongSignature:
            "The shared access signature was not made with a present key of \(named), or it was changed since, as by "
                + "decoding its URL. Make a new one."
        case .clock:
            "The clock of this machine is more than 15 minutes off, or the request was as long on its way to \(named). "
                + "Set the clock."
        case .expired:
            "The shared access signature for \(named) has expired, or the clock of the machine that made it is slow. Make "
                + "a new one."
        case .notYetValid:
            "The shared access signature for \(named) is not valid yet, or the clock of the machine that made it is fast. "
                + "Let it begin some minutes before it is made, or leave out its start."
        case .outOfTime:
            "The shared access signature for \(named) is not valid at this time. Make a new one, or set the clock of the "
                + "machine that made it."
        }
    }
}

extension ServiceDefinition.ErrorContent {
    /// The same with a message that names the reason when the service did not believe the request.
    ///
    /// - Parameter account: The account that was called, where its name is known.
    package func explained(account: String?) -> ServiceDefinition.ErrorContent {
        guard let code, AzureErrorCode(code) == .authenticationFailed,
            let detail = details.first(where: { $0.key == AuthenticationFailure.detailName }),
            let failure = AuthenticationFailure(detail: detail.value)
        else { return self }
        var content = self
        content.message = failure.message(account: account)
        return content
    }
}
