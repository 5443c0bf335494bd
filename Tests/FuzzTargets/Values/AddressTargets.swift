#if DEBUG
import AzureCore
import AzureTesting
import Foundation

@testable import AzureAuth
@testable import BatchService
@testable import BlobStorage

extension FuzzTarget {
    /// Addresses of things, and what is said in them.
    static let addresses: [FuzzTarget] = [
        connectionString, blobURL, endpoint, nextLink, sharedAccessSignature, pathPattern, localPath, blobName,
    ]

    private static let connectionString = FuzzTarget(
        "connection-string",
        words: [
            ";", "=", "BlobEndpoint=", "AccountName=", "AccountKey=", "EndpointSuffix=", "SharedAccessSignature=",
            "UseDevelopmentStorage=true", "DevelopmentStorageProxyUri=",
        ],
        seeds: [
            "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=a2V5;EndpointSuffix=core.windows.net",
            "UseDevelopmentStorage=true", "BlobEndpoint=http://127.0.0.1:10000/a;SharedAccessSignature=sv=1&sig=x",
            "BlobEndpoint=https://a.blob.core.windows.net/;AccountName=a;AccountKey=a2V5",
        ]
    ) { input in
        try accepting { _ = try BlobServiceClient(connectionString: input.text) }
    }

    private static let urlWords = [
        "https://", "http://", "127.0.0.1", "[::1]", ":443", ":65536", "/", "%2F", "%", "?snapshot=", "?versionid=",
        "&sv=1&sig=x", "#", "@", "..", "\\",
    ]

    private static let blobURL = FuzzTarget(
        "blob-url", words: urlWords,
        seeds: [
            "https://a.blob.core.windows.net/c/d/b%20c.txt?snapshot=2026-01-02T03:04:05.1234567Z",
            "http://127.0.0.1:10000/devstoreaccount1/c/b?sv=1&sp=r&sig=x",
            "https://a-secondary.blob.core.windows.net/c",
            "https://[::1]:8080/a/c/b", "https://h.example/c/b?versionid=v",
        ]
    ) { input in
        try accepting {
            let blob = try BlobClient(url: input.text, credential: .anonymous)
            // Whatever it is, it names the same again.
            let again = try BlobClient(url: blob.url, credential: .anonymous)
            try require(again.name == blob.name, "\(blob.url) names '\(again.name)', not '\(blob.name)'.")
        }
        try accepting { _ = try BlobURL(input.text) }
    }

    private static let endpoint = FuzzTarget(
        "endpoint", words: urlWords,
        seeds: ["https://account.region.batch.azure.com", "http://127.0.0.1:10100/", "https://[::1]:1/a/b/"]
    ) { input in
        guard let endpoint = try accepting({ try AzureEndpoint(input.text) }) else { return }
        let again = try accepting { try AzureEndpoint("\(endpoint)") }
        try require(again == endpoint, "'\(endpoint)' is another endpoint when it is read again.")
    }

    private static let nextLink = FuzzTarget(
        "next-link", words: urlWords + ["api-version=", "$skiptoken=", "account.region.batch.azure.com"],
        seeds: [
            "https://account.region.batch.azure.com/pools?api-version=2025-06-01&$skiptoken=a",
            "/pools?$skiptoken=a%20b", "HTTPS://ACCOUNT.region.batch.azure.com:443/jobs#f",
        ]
    ) { input in
        let endpoint = try AzureEndpoint("https://account.region.batch.azure.com")
        guard
            let link = try accepting({
                try NextLink(input.text, endpoint: endpoint, version: .init(rawValue: "2025-06-01"))
            })
        else { return }
        try require(link.path.hasPrefix("/"), "'\(link.path)' is no path.")
        try require(link.path.contains("?api-version=2025-06-01"), "'\(link.path)' has no version.")
    }

    private static let sharedAccessSignature = FuzzTarget(
        "sas", words: ["sv=", "&sig=", "sp=", "se=", "sr=b", "spr=https", "sip=", "?", "%2B", "racwd"],
        seeds: ["?sv=2026-10-06&sr=b&sp=r&se=2026-01-02T03:04:05Z&sig=a%2Bb", "racwdxltmeop", "sig=x"]
    ) { input in
        if let token = try accepting({ try SASToken(input.text) }) {
            try require(!"\(token)".contains("sig="), "A signature shows.")
        }
        try accepting { _ = try StorageCredential.sas(input.text) }
    }

    private static let pathPattern = FuzzTarget(
        "path-pattern", words: ["**", "*", "?", "/", "**/", "a/"],
        seeds: ["**/*.txt\u{1E}a/b/c.txt", "a/\u{1E}a/b", "*a*a*a*a*b\u{1E}aaaaaaaaaaaaaaaaaaaaaaaa", "/a?c\u{1E}abc"]
    ) { input in
        let parts = input.parts
        try accepting {
            let pattern = try PathPattern(parts[0].text)
            let path = parts.last?.text ?? ""
            _ = pattern.matches(path)
            _ = pattern.matchesAll(below: path)
        }
    }

    private static let localPath = FuzzTarget(
        "local-path", words: ["../", "./", "/", "\\", "\0", "a/b", "A/B", "a\u{1E}"],
        seeds: ["a/b.txt\u{1E}a", "../x", "/etc/passwd", "a//b", "A\u{1E}a", "é\u{1E}e\u{301}"]
    ) { input in
        var paths = LocalBlobPaths()
        for name in input.parts {
            guard let path = try accepting({ try paths.path(of: name.text) }) else { continue }
            for part in path {
                try require(
                    !["", ".", ".."].contains(part) && !part.utf8.contains { [0, UInt8(ascii: "/")].contains($0) },
                    "'\(name.text)' leads out of the directory: \(path).")
            }
        }
    }

    private static let blobName = FuzzTarget(
        "blob-name", words: ["/", "..", "%2F", "?", "#", "\\", "\0"],
        seeds: ["pictures\u{1E}cats/tom.jpg", "$root\u{1E}a", "c\u{1E}../x"]
    ) { input in
        let parts = input.parts
        let service = try BlobServiceClient(
            endpoint: "https://example.blob.core.windows.net", credential: .anonymous,
            options: BlobClientOptions(pipeline: PipelineOptions(transport: MockTransport())))
        let blob = service.container(parts[0].text).blob(parts.last?.text ?? "")
        _ = blob.url
        _ = "\(blob)"
    }
}
#endif
