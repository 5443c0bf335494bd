#if Curl
import Foundation

/// How a ``CurlTransport`` connects.
public struct CurlOptions: Sendable, Hashable {
    /// The most connections to one host; further requests wait for one. The default is 64.
    public var maxConnectionsPerHost: Int
    /// How many threads drive the sockets, each with its part of the connections. The default is as many as the machine
    /// has processors, 4 at most: what goes through TLS is more than one of them can do. Never more than
    /// ``maxConnectionsPerHost``.
    public var threads: Int
    /// How long making a connection may take. The default is 30 seconds.
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
