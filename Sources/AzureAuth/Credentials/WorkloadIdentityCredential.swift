public import AzureCore

import struct Foundation.Data

/// Signs in as an app with a token that the platform keeps in a file, as Kubernetes does.
///
/// The file is read for each token, since the platform replaces what is in it.
public struct WorkloadIdentityCredential: TokenCredential {
    static let name = "WorkloadIdentityCredential"
    private let credential: ClientAssertionCredential

    /// Creates a credential.
    ///
    /// - Parameters:
    ///   - tenantID: The tenant; nil for the variable `AZURE_TENANT_ID`.
    ///   - clientID: The app; nil for the variable `AZURE_CLIENT_ID`.
    ///   - tokenFilePath: The file; nil for the variable `AZURE_FEDERATED_TOKEN_FILE`.
    ///   - options: Authority, transport, time, variables.
    /// - Throws: An `AzureError` with `credentialUnavailable` that names the variables that are missing.
    public init(
        tenantID: String? = nil, clientID: String? = nil, tokenFilePath: String? = nil,
        options: CredentialOptions = CredentialOptions()
    ) throws {
        let found = [
            ("AZURE_TENANT_ID", tenantID), ("AZURE_CLIENT_ID", clientID), ("AZURE_FEDERATED_TOKEN_FILE", tokenFilePath),
        ].map { (name: $0.0, value: $0.1 ?? options.environment[$0.0]) }
        let missing = found.filter { $0.value == nil }.map(\.name)
        guard missing.isEmpty, let tenant = found[0].value, let client = found[1].value, let path = found[2].value
        else {
            throw AzureError.unavailable(Self.name, "Not set: \(missing.joined(separator: ", ")).")
        }
        let read = options.readFile
        credential = try ClientAssertionCredential(Self.name, tenant, client, options) {
            try await Self.assertion(path, read)
        }
    }

    /// Gets a token: `POST /{tenant}/oauth2/v2.0/token`.
    public func token(for request: TokenRequest) async throws -> AccessToken {
        try await credential.token(for: request)
    }

    private static func assertion(
        _ path: String, _ read: @Sendable (String, Int) async throws -> Data
    ) async throws -> String {
        let data: Data
        do {
            data = try await read(path, 1 << 16)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw AzureError.unavailable(name, "The token file \(path) cannot be read: \(error)", underlying: error)
        }
        let text = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined()
        guard !text.isEmpty else { throw AzureError.unavailable(name, "The token file \(path) is empty.") }
        return text
    }
}
