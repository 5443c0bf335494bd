import AzureCore
import HTTPTypes

/// A shared access signature as a query.
enum SASToken {
    /// Checks that a text can be one, and takes the question mark off.
    static func validated(_ text: String) throws -> String {
        let token = text.hasPrefix("?") ? String(text.dropFirst()) : text
        let names = token.split(separator: "&").map { $0.prefix { $0 != "=" }.lowercased() }
        guard token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }) else {
            throw AzureError.invalidArgument(
                "The shared access signature has characters that are not percent-encoded.")
        }
        guard names.contains("sig") else {
            throw AzureError.invalidArgument(
                "The shared access signature has no signature: it must be a query with 'sig=…', as the portal shows it."
            )
        }
        return token
    }
}

/// Puts a shared access signature on each try.
struct SASPolicy: PipelinePolicy {
    let token: String

    func send(_ request: PipelineRequest, next: PipelineNext) async throws -> HTTPTransportResponse {
        // Each try starts from the request as it was, so the signature is there once.
        var request = request
        let path = request.request.path ?? "/"
        request.request.path = path + (path.contains("?") ? "&" : "?") + token
        return try await next(request)
    }
}

/// Sends requests as they are.
struct AnonymousPolicy: PipelinePolicy {
    func send(_ request: PipelineRequest, next: PipelineNext) async throws -> HTTPTransportResponse {
        try await next(request)
    }
}
