/// The code of an error: that of a service, or one of this package's own.
///
/// The set is open: a code that this version does not know is kept as received. Codes compare without regard to
/// case. Some static members stand for a family of codes and match every member of it in a `switch`:
///
/// ```swift
/// switch error.code {
/// case .blobNotFound: …
/// case .throttled: …      // TooManyRequests, ServerBusy, and every other way to say it
/// default: …
/// }
/// ```
public struct AzureErrorCode: Sendable, RawRepresentable, CustomStringConvertible {
    public let rawValue: String
    private let members: [String]?

    /// Creates a code from the service's spelling.
    public init(rawValue: String) {
        self.rawValue = rawValue
        members = nil
    }

    /// Creates a code from the service's spelling.
    public init(_ rawValue: String) {
        self.init(rawValue: rawValue)
    }

    /// Creates a family, which matches any of its members.
    ///
    /// - Parameters:
    ///   - name: The name of the family.
    ///   - members: Its codes; one that starts with `*` matches every code with that ending.
    public init(family name: String, members: [String]) {
        rawValue = name
        self.members = members.map { $0.lowercased() }
    }

    public var description: String { rawValue }

    /// Whether a code is this one, or a member of this family.
    public func matches(_ code: AzureErrorCode) -> Bool {
        guard let members else { return self == code }
        let name = code.rawValue.lowercased()
        return self == code
            || members.contains { $0.hasPrefix("*") ? name.hasSuffix($0.dropFirst()) : name == $0 }
    }

    /// Whether the code on the right is the one on the left, or a member of that family.
    public static func ~= (pattern: AzureErrorCode, code: AzureErrorCode) -> Bool {
        pattern.matches(code)
    }

    /// Whether an error is an ``AzureError`` with this code or of this family, as in `catch AzureErrorCode.notFound`.
    public static func ~= (pattern: AzureErrorCode, error: any Error) -> Bool {
        guard let error = error as? AzureError else { return false }
        return pattern.matches(error.code)
    }
}

extension AzureErrorCode: Hashable {
    public static func == (left: AzureErrorCode, right: AzureErrorCode) -> Bool {
        left.rawValue.lowercased() == right.rawValue.lowercased()
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(rawValue.lowercased())
    }
}

// MARK: - This package's own codes

extension AzureErrorCode {
    /// An argument is invalid. Nothing was sent.
    public static let invalidArgument = AzureErrorCode("InvalidArgument")
    /// No connection was established; the request did not reach the service.
    public static let connectionFailed = AzureErrorCode("ConnectionFailed")
    /// TLS failed or the certificate is not trusted; the request did not reach the service.
    public static let insecureConnection = AzureErrorCode("InsecureConnection")
    /// The connection broke; it is unknown whether the service acted.
    public static let connectionLost = AzureErrorCode("ConnectionLost")
    /// The request timed out; it is unknown whether the service acted.
    public static let requestTimedOut = AzureErrorCode("RequestTimedOut")
    /// The call's own deadline passed.
    public static let deadlineExceeded = AzureErrorCode("DeadlineExceeded")
    /// An earlier try of the call may have done what was asked, and whether it did cannot be found out. Look at what is
    /// there before going on.
    public static let outcomeUnknown = AzureErrorCode("OutcomeUnknown")
    /// The response is not a valid response of the service.
    public static let invalidResponse = AzureErrorCode("InvalidResponse")
    /// The body was shorter than announced.
    public static let truncatedBody = AzureErrorCode("TruncatedBody")
    /// The body is larger than the caller's limit.
    public static let bodyTooLarge = AzureErrorCode("BodyTooLarge")
    /// The transport's engine decoded the content, so that these are not the stored bytes.
    public static let contentDecoded = AzureErrorCode("ContentDecoded")
    /// The transport cannot do what this call needs.
    public static let unsupportedByTransport = AzureErrorCode("UnsupportedByTransport")
    /// The stream that was given as a body failed; ``AzureError/underlying`` is what it threw.
    public static let requestBodyFailed = AzureErrorCode("RequestBodyFailed")
    /// A policy of the caller's failed; ``AzureError/underlying`` is what it threw.
    public static let policyFailed = AzureErrorCode("PolicyFailed")
    /// A file of this machine could not be read or written.
    public static let fileError = AzureErrorCode("FileError")
    /// No credential is available.
    public static let credentialUnavailable = AzureErrorCode("CredentialUnavailable")
    /// Credentials would have been sent to another host than the client's. Nothing was sent.
    public static let foreignHost = AzureErrorCode("ForeignHost")
}
