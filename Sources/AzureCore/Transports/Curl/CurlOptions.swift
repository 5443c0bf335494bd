#if Curl
/// How a ``CurlTransport`` connects.
public struct CurlOptions: Sendable, Hashable {
    /// The most connections to one host; further requests wait for one. The default is 64.
    public var maxConnectionsPerHost: Int
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

    /// Creates options.
    public init(
        maxConnectionsPerHost: Int = 64,
        connectTimeout: Duration = .seconds(30),
        certificateAuthoritiesFile: String? = nil,
        proxy: String? = nil,
        receiveBuffer: Int = 768 * 1024
    ) {
        self.maxConnectionsPerHost = maxConnectionsPerHost
        self.connectTimeout = connectTimeout
        self.certificateAuthoritiesFile = certificateAuthoritiesFile
        self.proxy = proxy
        self.receiveBuffer = receiveBuffer
    }
}

/// What is printed shows no password of a proxy.
extension CurlOptions: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String {
        "CurlOptions(maxConnectionsPerHost: \(maxConnectionsPerHost), connectTimeout: \(connectTimeout), "
            + "certificateAuthoritiesFile: \(certificateAuthoritiesFile ?? "nil"), "
            + "proxy: \(proxy.map { Redactor.resource($0) } ?? "nil"), receiveBuffer: \(receiveBuffer))"
    }

    public var debugDescription: String { description }

    public var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}
#endif
