import AzureCore

extension BlobTransferOptions {
    /// How long a part should take where bandwidth is limited: well below the time limit of a request, and of the service.
    private static let secondsPerPart = 20
    private static let leastPart = 256 * 1024

    /// The same with fewer and smaller parts, where a limit of bandwidth would make each take very long.
    ///
    /// - Parameter bytesPerSecond: The limit; nil for none.
    func limited(to bytesPerSecond: Int?) -> BlobTransferOptions {
        guard let bytesPerSecond else { return self }
        let (most, isUnlimited) = bytesPerSecond.multipliedReportingOverflow(by: Self.secondsPerPart)
        guard !isUnlimited, most / partSize < concurrency.maximum else { return self }
        var options = self
        options.partSize = min(partSize, max(most, Self.leastPart))
        options.singleShotLimit = min(singleShotLimit, max(options.partSize, Self.leastPart))
        let count = min(max(1, most / options.partSize), concurrency.maximum)
        options.concurrency = TransferConcurrency(initial: min(concurrency.initial, count), maximum: count)
        return options
    }
}

extension BlobConnection {
    /// The limits of bandwidth of the client and of a transfer; nil when there is none, as for most requests.
    func bandwidth(_ limit: BandwidthLimit?) -> Bandwidth? {
        guard options.bandwidth != nil || limit != nil else { return nil }
        return Bandwidth([options.bandwidth, limit], by: timeSource)
    }

    /// The options of a transfer as the limits of its bandwidth leave them.
    func limited(_ transfer: BlobTransferOptions) -> BlobTransferOptions {
        transfer.limited(to: bandwidth(transfer.bandwidth)?.bytesPerSecond)
    }
}
