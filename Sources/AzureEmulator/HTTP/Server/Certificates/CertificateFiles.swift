#if Emulator
import AzureCore
import Foundation

/// The files of the certificate that a server shows.
package struct CertificateFiles: Sendable {
    /// The certificate in PEM, with those of intermediate authorities behind it.
    package let certificate: String
    /// Its private key in PEM.
    package let key: String
    /// The certificate of the authority that clients have to trust; nil where the user brought the files.
    package let authority: String?
}

extension CertificateFiles {
    /// Has the files there while a function runs.
    ///
    /// - Parameters:
    ///   - tls: Which certificate; nil for none.
    ///   - names: The names and addresses that one which is made is for.
    ///   - now: The time that the certificate has to be valid at.
    ///   - body: Gets the files, or nil.
    /// - Throws: An `AzureError` with `invalidArgument` when they cannot be written; what the function throws.
    static func with<Result>(
        _ tls: EmulatorTLS?, names: Set<String> = Set(HostNames.loopback), now: Date = Date(),
        _ body: (CertificateFiles?) async throws -> Result
    ) async throws -> Result {
        switch tls?.source {
        case nil: return try await body(nil)
        case .files(let certificate, let key):
            return try await body(CertificateFiles(certificate: certificate, key: key, authority: nil))
        case .made(let directory?):
            return try await body(try await BlockingIO.run { try Self(in: directory, names: names, now: now) })
        case .made(nil):
            let directory = FileManager.default.temporaryDirectory
                .appendingPathComponent("azure-emulator-tls-\(UUID().uuidString)").path
            let files = try await BlockingIO.run { try Self(in: directory, names: names, now: now) }
            func remove() async {
                _ = try? await BlockingIO.run { try FileManager.default.removeItem(atPath: directory) }
            }
            do {
                let result = try await body(files)
                await remove()
                return result
            } catch {
                await remove()
                throw error
            }
        }
    }

    /// The files in a directory, which are made unless they are there and fit together.
    private init(in directory: String, names: Set<String>, now: Date) throws {
        let directory = URL(fileURLWithPath: directory, isDirectory: true)
        certificate = directory.appendingPathComponent("certificate.pem").path
        key = directory.appendingPathComponent("key.pem").path
        let authority = directory.appendingPathComponent("authority.pem").path
        self.authority = authority
        let paths = [authority, certificate, key]
        let found = paths.compactMap { try? String(contentsOfFile: $0, encoding: .utf8) }
        if found.count == 3,
            ServerCertificate(authority: found[0], certificate: found[1], key: found[2])
                .isUsable(for: names, now: now)
        {
            return
        }
        do {
            try FileManager.default.createDirectory(
                at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let made = try ServerCertificate(for: names, now: now)
            for (path, text) in zip(paths, [made.authority, made.certificate, made.key]) {
                try Self.write(text, to: path)
            }
        } catch {
            throw AzureError(
                code: .invalidArgument,
                message: "The certificate for TLS cannot be written below '\(directory.path)': "
                    + "\((error as NSError).localizedDescription)",
                underlying: error)
        }
    }

    /// Writes a file for its owner alone, which is there as a whole or not at all.
    private static func write(_ text: String, to path: String) throws {
        let unfinished = "\(path).\(UUID().uuidString)"
        guard
            FileManager.default.createFile(
                atPath: unfinished, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        else {
            throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path])
        }
        guard rename(unfinished, path) == 0 else {
            let error = POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
            try? FileManager.default.removeItem(atPath: unfinished)
            throw error
        }
    }
}
#endif
