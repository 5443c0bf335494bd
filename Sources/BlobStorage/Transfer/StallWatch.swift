import AzureCore

/// Finds out that an answer comes so slowly that another try is better. Silence is ended by the transport; this is for a
/// service, or something on the way to it, that sends a byte now and then. It knows nothing of clocks.
struct StallWatch: Sendable {
    private let timeout: Duration
    private var waited: Duration = .zero
    private var bytes: Int64 = 0

    /// Begins to watch an answer.
    ///
    /// - Parameter timeout: How long ``PartRetries/progress`` bytes may take.
    init(timeout: Duration) {
        self.timeout = timeout
    }

    /// Takes note of bytes, and of the time that was waited for them. What is done with them takes time of its own, which
    /// does not count.
    ///
    /// - Throws: An ``HTTPTransportError`` of the kind ``HTTPTransportError/Kind/timedOut``.
    mutating func waited(_ duration: Duration, for count: Int) throws {
        bytes += Int64(count)
        waited += duration
        if bytes >= PartRetries.progress { (bytes, waited) = (0, .zero) }
        guard waited <= timeout else {
            throw HTTPTransportError(
                .timedOut,
                "Only \(bytes) bytes of a part arrived in \(waited.formattedSeconds), and \(PartRetries.progress) have to "
                    + "within \(timeout.formattedSeconds) (BlobTransferOptions.stallTimeout).")
        }
    }
}
