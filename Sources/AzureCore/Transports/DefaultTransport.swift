/// The transport that clients use when they are given none.
public enum DefaultTransport {
    /// One transport for the whole process, so that all clients share its connections: libcurl on Linux when the
    /// package trait `Curl` is on, otherwise URLSession.
    #if Curl && os(Linux)
    public static let shared: any HTTPTransport = CurlTransport()
    #else
    public static let shared: any HTTPTransport = URLSessionTransport()
    #endif
}
