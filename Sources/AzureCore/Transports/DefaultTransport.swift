/// The transport that clients use when they are given none.
public enum DefaultTransport {
    /// One transport for the whole process, so that all clients share its connections.
    public static let shared: any HTTPTransport = URLSessionTransport()
}
