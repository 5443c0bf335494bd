#if DEBUG
import HTTPTypes

@testable import AzureCore

extension FuzzTarget {
    #if Curl
    /// What libcurl hands out.
    static let curlTargets = [
        FuzzTarget(
            "curl-head", words: ["HTTP/1.1 ", "\r\n", "\n", ":", " ", "\t", "Content-Length: ", "HTTP/2 "],
            seeds: [
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nETag: \"1\"\r\nx-ms-meta-A:  b \r\n\r\nTrailer: x\r\n",
                "HTTP/2 404\ncontent-length: 5\n\n", "HTTP/1.1 999 X\r\n: \r\na b: c\r\n\r\n",
            ]
        ) { input in
            var parser = CurlHeadParser()
            let names = CurlFieldNames()
            for line in input.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
                let isTaken = (Array(line) + [UInt8(ascii: "\n")]).withUnsafeBytes { parser.add($0, names) }
                guard isTaken else { return }
            }
            guard let head = parser.takeHead() else { return }
            try require((200...999).contains(head.status.code), "The status is \(head.status.code).")
            _ = head.announcedBodyLength(for: .get)
        }
    ]
    #else
    static let curlTargets: [FuzzTarget] = []
    #endif
}
#endif
