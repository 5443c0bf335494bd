public import AzureCore

/// What every operation takes.
public struct BatchRequestOptions: Sendable, Hashable {
    /// How long the service may work on the request, in whole seconds. The default is 30 s, and so is the maximum.
    public var timeOut: Duration?
    /// The time of the request, sent as `ocp-date`. The default is the time at which it is signed.
    public var date: AzureTimestamp?
    /// The id of the request, to find it in logs. The default is a new UUID.
    public var clientRequestID: String?

    /// Creates options. What is not given has its default.
    public init(timeOut: Duration? = nil, date: AzureTimestamp? = nil, clientRequestID: String? = nil) {
        self.timeOut = timeOut
        self.date = date
        self.clientRequestID = clientRequestID
    }
}
