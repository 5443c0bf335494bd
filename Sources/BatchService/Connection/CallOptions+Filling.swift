import AzureCore

extension CallOptions {
    /// These options, and for what they leave open, others.
    func filled(from others: CallOptions) -> CallOptions {
        var options = self
        options.serverTimeout = serverTimeout ?? others.serverTimeout
        options.idleTimeout = idleTimeout ?? others.idleTimeout
        options.clientRequestID = clientRequestID ?? others.clientRequestID
        options.date = date ?? others.date
        options.logger = logger ?? others.logger
        options.retry = retry ?? others.retry
        options.isSafeToRetry = isSafeToRetry || others.isSafeToRetry
        options.onResponse = onResponse ?? others.onResponse
        return options
    }
}
