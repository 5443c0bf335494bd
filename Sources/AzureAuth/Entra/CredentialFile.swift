import AzureCore
import Foundation

/// Files that hold what a credential needs.
enum CredentialFile {
    /// Reads a file away from the cooperative pool.
    ///
    /// - Parameters:
    ///   - path: Where it is.
    ///   - limit: The maximum number of bytes to accept.
    @Sendable
    static func read(_ path: String, limit: Int) async throws -> Data {
        try await BlockingIO.run {
            let file = try LocalFile(path, .read)
            let size = try file.size
            guard size <= limit else {
                throw AzureError(
                    code: .fileError, message: "The file \(path) has \(size) bytes; at most \(limit) are expected.")
            }
            return try file.read(at: 0, count: Int(size))
        }
    }
}
