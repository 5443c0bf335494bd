import HTTPTypes
import Logging

/// Sends a request again when that is safe and promises success; see ``RetryOptions``.
///
/// Idempotent requests are retried on statuses 408, 429, 500, 502, 503 and 504 and on broken connections. Others are
/// retried only when the request provably never reached the service, or when the service refused to act (429, 503). The
/// rule is `RetryRule`; a call may have options of its own, ``PipelineRequest/retry``.
/// A body that cannot be replayed is never sent twice. Answers and errors that follow a try which may have acted say so;
/// see ``HTTPTransportResponse/earlierTryMayHaveActed`` and ``AzureError/earlierTryMayHaveActed``.
package struct RetryPolicy: PipelinePolicy {
    let options: RetryOptions
    let timeSource: TimeSource
    let logger: Logger

    package func send(_ request: PipelineRequest, next: PipelineNext) async throws -> HTTPTransportResponse {
        var request = request
        let options = request.retry ?? options
        var schedule = RetrySchedule(options: options, isUnsafe: request.retrySafety == .unsafe)
        let start = timeSource.uptime()
        var mayHaveActed = false
        while true {
            let result: Result<HTTPTransportResponse, any Error>
            let outcome: RetrySchedule.Outcome
            do {
                var response = try await attempt(request, next, options, elapsed: timeSource.uptime() - start)
                response.earlierTryMayHaveActed = mayHaveActed
                response.tries = request.attempt
                guard let found = self.outcome(of: response.head) else { return response }
                (result, outcome) = (.success(response), found)
            } catch {
                let failure = Self.noting(error, tries: request.attempt, mayHaveActed)
                guard let found = RetryRule.outcome(ofTry: error) else {
                    log(of: request).ended(request, failure)
                    throw failure
                }
                (result, outcome) = (.failure(failure), found)
            }
            if outcome.isRefusal { request.refusals?.note() }
            guard request.body?.isReplayable != false,
                case .retry(let delay) = schedule.next(
                    after: outcome, elapsed: timeSource.uptime() - start, random: Double.random(in: 0..<1))
            else {
                // Who wants one try only, tries again by itself or not at all.
                if options.maxRetries > 0 { log(of: request).givingUp(request, after: result) }
                return try result.get()
            }
            log(of: request).retrying(request, after: result, delay: delay)
            try await timeSource.sleep(delay)
            request.attempt += 1
            mayHaveActed = mayHaveActed || outcome.mayHaveActed
        }
    }

    private func log(of request: PipelineRequest) -> RetryLog { RetryLog(logger: request.logger ?? logger) }

    private func outcome(of head: HTTPResponse) -> RetrySchedule.Outcome? {
        RetryRule.outcome(of: head.status, after: RetryAfter.delay(in: head.headerFields, now: timeSource.now()))
    }

    /// One try, which ends when its time is up, or that of the whole call.
    private func attempt(
        _ request: PipelineRequest, _ next: PipelineNext, _ options: RetryOptions, elapsed: Duration
    ) async throws -> HTTPTransportResponse {
        let left = options.overallDeadline - elapsed + Self.allowance(for: request.body)
        if let timeout = options.tryTimeout, timeout <= left {
            return try await withDeadline(timeout, waiting: timeSource.sleep, otherwise: Self.tryTimedOut(timeout)) {
                try await next(request)
            }
        }
        return try await withDeadline(left, waiting: timeSource.limit, otherwise: Self.deadlineExceeded(options)) {
            try await next(request)
        }
    }

    private static func tryTimedOut(_ timeout: Duration) -> HTTPTransportError {
        HTTPTransportError(
            .timedOut,
            "No answer came within \(timeout.formattedSeconds), the limit of a try (RetryOptions.tryTimeout).")
    }

    private static func deadlineExceeded(_ options: RetryOptions) -> AzureError {
        AzureError(
            code: .deadlineExceeded,
            message:
                "The call took longer than \(options.overallDeadline.formattedSeconds), the limit of a call with all its "
                + "tries (RetryOptions.overallDeadline). What it asked for may have been done.")
    }

    /// The time that a body may take beyond the call's own, so that a slow line can send what it was given: a second for
    /// each 16 KiB.
    static func allowance(for body: HTTPBody?) -> Duration {
        .seconds(max(0, body?.length ?? 0) / (16 * 1024))
    }

    /// The error of a try, with what is known of the tries before it. "The service has seen nothing" is true of the last
    /// one only.
    private static func noting(_ error: any Error, tries: Int, _ mayHaveActed: Bool) -> any Error {
        switch error {
        case is CancellationError: return error
        case is HTTPTransportError, is AzureError: break
        // What no part of the package throws, a policy of the caller's did.
        default: guard mayHaveActed else { return error }
        }
        var failure = AzureError(error, otherwise: .policyFailed)
        failure.tries = tries
        failure.earlierTryMayHaveActed = failure.earlierTryMayHaveActed || mayHaveActed
        return failure
    }
}
