import AzureAuth
import AzureCore
import AzureTesting
import BatchModels
import BatchService
import Foundation

/// A client over a transport, with a key of its own and no delays.
func makeClient(
    _ transport: any HTTPTransport, endpoint: String = "https://account.region.batch.azure.com",
    clock: ManualClock = ManualClock(advancesBySleeping: true), retry: RetryOptions = .init()
) throws -> BatchClient {
    let key = try BatchSharedKey(accountName: "account", key: "a2V5a2V5a2V5a2V5a2V5a2V5")
    return try BatchClient(
        endpoint: endpoint, credential: .sharedKey(key),
        options: BatchClientOptions(
            pipeline: PipelineOptions(transport: transport, retry: retry, timeSource: clock.timeSource)))
}

extension MockTransport.Request {
    /// The path without its query, as it was sent.
    var pathOnly: String { String(path.prefix { $0 != "?" }) }

    /// The query, decoded.
    var query: [String: String] {
        guard let question = path.firstIndex(of: "?") else { return [:] }
        var result: [String: String] = [:]
        for item in path[question...].dropFirst().split(separator: "&") {
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = PercentEncoding.decode(parts[0]) ?? ""
            result[name] = parts.count > 1 ? PercentEncoding.decode(parts[1]) : ""
        }
        return result
    }
}

func waitOptions(_ clock: ManualClock, timeout: Duration = .seconds(60)) -> WaitOptions {
    WaitOptions(timeout: timeout, pollInterval: .seconds(5), timeSource: clock.timeSource)
}
