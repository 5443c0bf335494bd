package import HTTPTypes

extension AzureError {
    /// Makes an error from whatever was thrown below.
    ///
    /// - Parameters:
    ///   - error: What was thrown.
    ///   - code: The code when it is neither an ``AzureError`` nor an ``HTTPTransportError``. The default is right for
    ///     what a transport throws.
    package init(_ error: any Error, otherwise code: AzureErrorCode = .connectionLost) {
        switch error {
        case let error as AzureError: self = error
        case let error as HTTPTransportError:
            self.init(
                code: AzureErrorCode(error.kind), message: error.message, underlying: error.underlying ?? error)
        default:
            self.init(code: code, message: Redactor.text(String(describing: error)), underlying: error)
        }
    }
}

extension AzureError {
    /// The status that a service answered with; nil when the error is about anything else, such as a token for it that
    /// somebody else refused.
    package func status(from service: AzureService) -> HTTPResponse.Status? {
        self.service == service ? status : nil
    }
}

extension AzureErrorCode {
    init(_ kind: HTTPTransportError.Kind) {
        switch kind {
        case .cannotConnect: self = .connectionFailed
        case .insecure: self = .insecureConnection
        case .timedOut: self = .requestTimedOut
        case .invalidResponse: self = .invalidResponse
        case .unsupported: self = .unsupportedByTransport
        default: self = .connectionLost
        }
    }
}

/// Runs a part of a transport. An error of a kind that only it knows becomes one of a broken connection.
func readingTransport<Value>(_ work: () async throws -> Value) async throws -> Value {
    do {
        return try await work()
    } catch let error where error is CancellationError || error is HTTPTransportError {
        throw error
    } catch {
        throw AzureError(error)
    }
}
