import AzureCore
import HTTPTypes

import struct Foundation.Data

/// The challenge of Azure Arc: a file that only those who may use the identity can read.
struct ArcChallenge: Sendable {
    #if os(Linux)
    static let directory: String? = "/var/opt/azcmagent/tokens"
    #else
    static let directory: String? = nil
    #endif
    /// A key is shorter.
    static let limit = 4096

    let path: String

    /// Takes the path out of `WWW-Authenticate: Basic realm=…` and checks it: a false server must not get other files.
    ///
    /// - Throws: An `AzureError` with `signInFailed`.
    init(_ header: String?, credential: String, directory: String? = Self.directory) throws {
        func failure(_ reason: String) -> AzureError {
            .signIn(credential, "The challenge of Azure Arc \(reason).")
        }
        guard let directory else { throw failure("is not supported on this platform") }
        guard let header, let equals = header.firstIndex(of: "="), header.lowercased().hasPrefix("basic ") else {
            throw failure("names no key file")
        }
        let path = header[header.index(after: equals)...].trimmingWhitespace()
        // By bytes: as a `Character` a slash is none when a combining mark stands behind it.
        let name = path.utf8.dropFirst(directory.utf8.count + 1)
        guard path.utf8.starts(with: "\(directory)/".utf8), !name.contains(UInt8(ascii: "/")), name.count > 4 else {
            throw failure("names a file outside of \(directory)")
        }
        guard path.hasSuffix(".key") else { throw failure("names a file that is no .key") }
        self.path = path
    }

    /// Reads the key.
    func key(_ options: CredentialOptions, credential: String) async throws -> Secret<String> {
        do {
            return Secret(String(decoding: try await options.readFile(path, Self.limit), as: UTF8.self))
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw AzureError.signIn(
                credential, "The key file of Azure Arc cannot be read. Is this user in the group himds? \(error)",
                underlying: error)
        }
    }
}
