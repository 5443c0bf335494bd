import AzureAuth
import AzureCore
import HTTPTypes
import StorageCore

import struct Foundation.Date
import typealias Foundation.TimeInterval

extension BlobCopySource {
    /// How long a source can be read that the service reads before it answers.
    private static let hour: TimeInterval = 3600
    /// How long the service tries to copy in its own time.
    private static let twoWeeks: TimeInterval = 14 * 86_400

    /// The same source with the credential of the client that it was made of, where the service needs to be shown one.
    ///
    /// - Parameters:
    ///   - target: The account that copies.
    ///   - withToken: Whether the operation can be told a token for its source. Those that cannot copy in their own time,
    ///     and within one account with what authorises the request itself, unless that is a signature.
    func authorized(for target: BlobConnection, withToken: Bool) async throws -> BlobCopySource {
        guard let client, bearerToken == nil else { return self }
        let connection = client.connection
        let isOneAccount = connection.endpoint == target.endpoint && target.credential.sasToken == nil
        guard withToken || !isOneAccount else { return self }
        var source = self
        if connection.credential.sharedKey != nil {
            let life = withToken ? Self.hour : Self.twoWeeks
            let end = connection.timeSource.now().addingTimeInterval(life)
            source.url = try client.signedURL(permissions: .read, expiresOn: end).absoluteString
        } else if connection.credential.usesTokens {
            guard withToken else {
                throw AzureError.invalidArgument(
                    "The source '\(self)' is of another account or is copied by a signature, and its client has only a "
                        + "token, which this operation cannot be told. Copy with copy(from:), or sign the URL of the "
                        + "source with a user delegation key: signedURL(permissions: .read, expiresOn:, signedWith:).")
            }
            source.bearerToken = try await connection.token(for: client)
        }
        return source
    }
}

extension BlobConnection {
    /// The token that requests for a blob are sent with now.
    fileprivate func token(for blob: BlobClient) async throws -> String? {
        do {
            return try await credential.token(timeSource)?.token
        } catch {
            throw ErrorContext(service: .blob, operation: "Blob.CopySource", resource: blob.address).describing(error)
        }
    }
}

extension BlobRequest {
    /// An error of the service, with the source that it could not read and what can be done about it.
    func explaining(_ error: AzureError) -> AzureError {
        guard error.code == .cannotVerifyCopySource, let source = headers[.copySource] else { return error }
        var error = error
        let shown = StorageURL.shown(source)
        let reason =
            if headers[.copySourceAuthorization] != nil {
                "Check that it exists and that the token may read it."
            } else if isSigned(source) {
                "Check that it exists, and that its signature has not expired and allows reading."
            } else {
                "It was named without a credential, so that only a public one can be read. Make the source of a client that "
                    + "has a key, a signature or a token, BlobCopySource(client), or of a signed URL."
            }
        error.message += error.message.hasSuffix(".") ? " " : ". "
        error.message += "The source is '\(shown)'. \(reason)"
        return error
    }

    /// Whether a URL has a signature in its query.
    private func isSigned(_ url: String) -> Bool {
        url.split(separator: "?").dropFirst().contains { query in
            query.split(separator: "&").contains { $0.hasPrefix("sig=") }
        }
    }
}
