import AzureCore
import BatchModels
import HTTPTypes

/// Sends the tasks of one request, once.
struct ParcelSender: Sendable {
    let connection: BatchConnection
    let jobID: String

    func send(_ parcel: TaskParcel) async -> ParcelOutcome {
        do {
            let wait = parcel.notBefore - connection.timeSource.uptime()
            if wait > .zero { try await connection.timeSource.sleep(wait) }
            try Task.checkCancellation()
        } catch {
            return .unsent
        }
        do {
            var call = try BatchCall("Batch.CreateTaskCollection", .post, "/jobs/\(jobID)/addtaskcollection", options)
            call.setBody(parcel.body)
            let answer = try await connection.answer(to: call)
            let result: BatchCreateTaskCollectionResult = try await answer.readModel()
            return .results(result.values, answer.context)
        } catch is CancellationError {
            return .cancelled
        } catch {
            return Self.outcome(of: AzureError(error))
        }
    }

    /// One try, because each has to be counted. The limits of a try stay.
    private var options: CallOptions {
        var retry = connection.retry
        retry.maxRetries = 0
        return CallOptions(retry: retry)
    }

    private static func outcome(of error: AzureError) -> ParcelOutcome {
        if error.status(from: .batch)?.code == 413 || error.code == .requestBodyTooLarge { return .tooLarge(error) }
        guard let outcome = RetryRule.outcome(ofCall: error, to: .batch) else { return .fatal(error) }
        return .transient(
            error, isThrottled: outcome.isRefusal,
            mayHaveActed: RetryRule.mayHaveBegun(outcome, status: error.status(from: .batch)),
            retryAfter: outcome.retryAfter)
    }
}
