package import HTTPTypes

/// The one rule of what a status or a failure says: whether another try is worth it, and whether the service may have
/// done what it was asked to. Whoever sends something again asks it.
///
/// With 429 and 503 a service says that it did not take a request up (RFC 6585 and RFC 9110). Everything else that may
/// pass by itself leaves open what was done.
package enum RetryRule {
    /// What an answer means for another try; nil when there is no point in one.
    ///
    /// - Parameters:
    ///   - status: The status of the answer.
    ///   - delay: How long the service asks to wait; looked up only where it matters.
    package static func outcome(
        of status: HTTPResponse.Status, after delay: @autoclosure () -> Duration?
    ) -> RetrySchedule.Outcome? {
        switch status.code {
        case 429, 503: .status(refused: true, after: delay())
        case 408, 500, 502, 504: .status(refused: false, after: delay())
        default: nil
        }
    }

    /// What a failed try means for another; nil when there is no point in one. What a policy throws, such as one that
    /// asks for a token, has been tried again where that was right.
    static func outcome(ofTry error: any Error) -> RetrySchedule.Outcome? {
        switch error {
        case let error as HTTPTransportError:
            switch error.kind {
            case .cannotConnect, .connectionLost, .timedOut: .failure(notSent: error.requestWasNotSent)
            default: nil
            }
        case let error as AzureError where error.code == .truncatedBody: .failure(notSent: false)
        default: nil
        }
    }

    /// What a body that breaks while it is read means for asking again; nil when there is no point in that.
    package static func outcome(ofReading error: any Error) -> RetrySchedule.Outcome? {
        guard let error = error as? AzureError else { return outcome(ofTry: error) }
        switch error.code {
        case .connectionFailed: return .failure(notSent: true)
        case .connectionLost, .requestTimedOut, .truncatedBody: return .failure(notSent: false)
        default: return nil
        }
    }

    /// What a call that failed as a whole means for making it again; nil when there is no point in that.
    ///
    /// - Parameters:
    ///   - error: The error of the call.
    ///   - service: The service that was called. Errors of Microsoft Entra ID, which was asked for a token, say that this
    ///     one has seen nothing.
    package static func outcome(ofCall error: AzureError, to service: AzureService) -> RetrySchedule.Outcome? {
        if error.service == .entra, service != .entra {
            return mayPass(signInFailure: error) ? .failure(notSent: true) : nil
        }
        if let status = error.status, status.kind != .successful {
            return outcome(of: status, after: error.retryAfter)
        }
        switch error.code {
        // An answer that cannot be read is that of a service which did act.
        case .deadlineExceeded, .invalidResponse, .bodyTooLarge: return .failure(notSent: false)
        default: return outcome(ofReading: error)
        }
    }

    /// Whether a token that could not be had now may be had later.
    private static func mayPass(signInFailure error: AzureError) -> Bool {
        if let status = error.status { return outcome(of: status, after: nil) != nil }
        // A chain of credentials has the error of its last one underneath.
        var cause: any Error = error
        for _ in 0..<8 {
            if outcome(ofReading: cause) != nil { return true }
            guard let next = (cause as? AzureError)?.underlying else { return false }
            cause = next
        }
        return false
    }

    /// Whether a service may have done a part of a request that is many in one, such as a collection of tasks: it may
    /// have become busy in the middle of them, and then says 503. With 429 it did not begin.
    package static func mayHaveBegun(_ outcome: RetrySchedule.Outcome, status: HTTPResponse.Status?) -> Bool {
        outcome.mayHaveActed || status?.code == 503
    }
}
