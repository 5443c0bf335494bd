public import AzureCore

/// Options for following a file of a task.
public struct BatchFileTailOptions: Sendable {
    /// A reaction to a file that is written anew while it is followed.
    public struct Rewriting: Sendable, Hashable {
        private let name: String

        /// The sequence throws `AzureErrorCode.fileRewritten`, so that what was read is of one file.
        public static let fail = Rewriting(name: "fail")
        /// The sequence goes on with the first byte of the new file.
        public static let startOver = Rewriting(name: "startOver")
    }

    /// The pause between two looks. The default is 5 seconds.
    public var pollInterval: Duration
    /// The first byte to read, such as the number of bytes that a program had read before it was restarted. The default
    /// is 0. A file that is shorter is waited for.
    public var offset: Int64
    /// The reaction to a file that is written anew, as by a retry of its task. The default is `fail`.
    public var whenRewritten: Rewriting
    /// Options that every operation has: time limits, retries, an id, a logger, and more. They hold for each request.
    public var call: CallOptions

    /// Creates options.
    public init(
        pollInterval: Duration = .seconds(5), offset: Int64 = 0, whenRewritten: Rewriting = .fail,
        call: CallOptions = .init()
    ) {
        self.pollInterval = pollInterval
        self.offset = offset
        self.whenRewritten = whenRewritten
        self.call = call
    }
}
