#if Curl
import CCurl
import Foundation

/// Options of a ``CurlTransport``.
public struct CurlOptions: Sendable, Hashable {
    /// The maximum number of connections to one host; further requests wait for one. The default is 64.
    public var maxConnectionsPerHost: Int
    /// How many threads drive the sockets, each with its part of the connections. The default is as many as the machine
    /// has processors, 4 at most: what goes through TLS is more than one of them can do. Never more than
    /// ``maxConnectionsPerHost``.
    public var threads: Int
    /// The time limit of establishing a connection. The default is 30 seconds.
    public var connectTimeout: Duration
    /// A file with the certificate authorities to trust, in PEM; nil trusts those of the system, or of the file that
    /// the environment names in `CURL_CA_BUNDLE` or `SSL_CERT_FILE`.
    public var certificateAuthoritiesFile: String?
    /// The proxy, such as `http://proxy.example:3128`; nil takes it from the environment (`https_proxy`,
    /// `http_proxy`, `no_proxy`), an empty text uses none.
    public var proxy: String?
    /// How many bytes of an answer wait for a slow reader before the connection is held back. The default is 768 KiB.
    public var receiveBuffer: Int

    /// As many threads as the machine has processors, 4 at most.
    public static let defaultThreads = min(ProcessInfo.processInfo.activeProcessorCount, 4)

    /// Creates options.
    public init(
        maxConnectionsPerHost: Int = 64,
        threads: Int = CurlOptions.defaultThreads,
        connectTimeout: Duration = .seconds(30),
        certificateAuthoritiesFile: String? = nil,
        proxy: String? = nil,
        receiveBuffer: Int = 768 * 1024
    ) {
        self.maxConnectionsPerHost = maxConnectionsPerHost
        self.threads = threads
        self.connectTimeout = connectTimeout
        self.certificateAuthoritiesFile = certificateAuthoritiesFile
        self.proxy = proxy
        self.receiveBuffer = receiveBuffer
    }
}

extension CurlOptions {
    /// Looked up once: reading the environment copies all of it.
    private static let authoritiesOfEnvironment: String? = {
        let environment = ProcessInfo.processInfo.environment
        return environment["CURL_CA_BUNDLE"] ?? environment["SSL_CERT_FILE"]
    }()

    /// At least one, because none would mean libcurl's own limit, and at most the days that 32 bits have room for.
    static func milliseconds(_ duration: Duration) -> Int {
        Int(min(max(1, duration.seconds * 1000), Double(Int32.max)))
    }

    /// Makes a handle of libcurl's that connects as the options say, and keeps HTTP as it is.
    func makeHandle() -> UnsafeMutableRawPointer? {
        guard let easy = curl_easy_init() else { return nil }
        azure_curl_set_long(easy, CURLOPT_PATH_AS_IS, 1)
        azure_curl_set_long(easy, CURLOPT_NOSIGNAL, 1)
        azure_curl_set_long(easy, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        azure_curl_set_long(easy, CURLOPT_FOLLOWLOCATION, 0)
        azure_curl_set_long(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        azure_curl_set_long(easy, CURLOPT_TCP_KEEPALIVE, 1)
        azure_curl_set_long(easy, CURLOPT_BUFFERSIZE, 128 * 1024)
        azure_curl_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(connectTimeout))
        azure_curl_set_long(easy, CURLOPT_SSL_VERIFYPEER, 1)
        azure_curl_set_long(easy, CURLOPT_SSL_VERIFYHOST, 2)
        if let file = certificateAuthoritiesFile ?? Self.authoritiesOfEnvironment, !file.isEmpty {
            azure_curl_set_string(easy, CURLOPT_CAINFO, file)
        }
        if let proxy { azure_curl_set_string(easy, CURLOPT_PROXY, proxy) }
        return easy
    }
}

/// What is printed shows no password of a proxy.
extension CurlOptions: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String {
        "CurlOptions(maxConnectionsPerHost: \(maxConnectionsPerHost), threads: \(threads), connectTimeout: \(connectTimeout), "
            + "certificateAuthoritiesFile: \(certificateAuthoritiesFile ?? "nil"), "
            + "proxy: \(proxy.map { Redactor.resource($0) } ?? "nil"), receiveBuffer: \(receiveBuffer))"
    }

    public var debugDescription: String { description }

    public var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}
#endif
