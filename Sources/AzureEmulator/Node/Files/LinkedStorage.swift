import AzureCore
import Foundation

/// The storage account that is linked to the Batch account: nodes read its containers without a signature of the task's.
struct LinkedStorage: Sendable {
    /// The address of the account's Blob service, without a slash at its end.
    let endpoint: String
    let account: String
    private let key: SigningKey

    /// The version of the signature's layout.
    private static let version = "2021-12-02"
    /// How long a signature holds: as long as it takes to list and read a container.
    private static let lifetime: TimeInterval = 3600

    /// - Throws: An `AzureError` when the key is not base64.
    init(endpoint: String, account: String, key: String) throws {
        self.endpoint = endpoint
        self.account = account
        self.key = try SigningKey(base64: key)
    }

    /// The address of a container, signed for listing and reading.
    func containerURL(_ name: String, now: Date) -> String {
        let expiry = ISO8601Date.formatSeconds(now.addingTimeInterval(Self.lifetime))
        // Permissions, services, kinds of resources, start, expiry, addresses, protocols, version, encryption scope.
        let fields = [account, "rl", "b", "co", "", expiry, "", "", Self.version, ""]
        let signature = key.sign(fields.map { $0 + "\n" }.joined())
        return "\(endpoint)/\(PercentEncoding.encode(name))?sv=\(Self.version)&ss=b&srt=co&sp=rl"
            + "&se=\(PercentEncoding.encode(expiry))&sig=\(PercentEncoding.encode(signature))"
    }
}
