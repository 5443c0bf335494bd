import AzureCore
import Foundation

/// Shared access signatures put together by hand, in the layout of version 2026-10-06.
struct TestSAS: Sendable {
    var permissions = "r"
    var start = ""
    var expiry = "2026-01-02T05:04:05Z"
    var policy = ""
    var address = ""
    var scheme = ""
    var version = "2026-10-06"
    var contentType = ""
    var key = BlobTestAccount.key

    /// A token for a container, a directory or a blob.
    ///
    /// - Parameters:
    ///   - kind: The signed resource: `c`, `d` or `b`.
    ///   - path: The container, or container and blob.
    ///   - depth: The number of segments of a directory.
    func service(_ kind: String, _ path: String, depth: Int? = nil) -> String {
        let text = [
            permissions, start, expiry, "/blob/\(BlobTestAccount.name)/\(path)", policy, address, scheme, version,
            kind,
            "", "", "", "", "", "", contentType,
        ].joined(separator: "\n")
        return token(
            [
                ("sr", kind), ("si", policy), ("sdd", depth.map(String.init) ?? ""), ("rsct", contentType),
            ], signing: text)
    }

    /// A token for the account.
    func account(services: String = "b", types: String = "sco") -> String {
        let fields = [
            BlobTestAccount.name, permissions, services, types, start, expiry, address, scheme, version, "",
        ]
        return token([("ss", services), ("srt", types)], signing: fields.map { $0 + "\n" }.joined())
    }

    private func token(_ own: [(String, String)], signing text: String) -> String {
        let common = [
            ("st", start), ("se", expiry), ("sp", permissions), ("sip", address), ("spr", scheme), ("sv", version),
        ]
        return (common + own + [("sig", BlobTestAccount.signature(text, key: key))])
            .filter { !$0.1.isEmpty }.map { "\($0.0)=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
    }
}
