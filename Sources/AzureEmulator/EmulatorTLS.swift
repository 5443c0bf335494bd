/// The certificate with which the emulator's services speak HTTPS.
public struct EmulatorTLS: Sendable {
    enum Source: Sendable {
        case made(directory: String?)
        case files(certificate: String, key: String)
    }

    let source: Source

    /// A certificate for `localhost`, `127.0.0.1` and `::1` that the emulator makes, and a certificate authority for that
    /// one alone: its key is not kept, so that nobody can make other certificates with it.
    ///
    /// Clients have to trust the authority, whose file is ``RunningEmulator/certificateAuthorityFile``.
    ///
    /// - Parameter directory: Where the files are kept, so that the next start has the same ones until they expire, after
    ///   a year. It is made if need be, for its owner alone. The default is nil: a temporary one that is removed at the
    ///   end.
    public static func generated(in directory: String? = nil) -> EmulatorTLS {
        EmulatorTLS(source: .made(directory: directory))
    }

    /// A certificate that there is already.
    ///
    /// - Parameters:
    ///   - certificate: The file of the certificate in PEM, with those of intermediate authorities behind it.
    ///   - key: The file of its private key in PEM, not encrypted.
    public static func files(certificate: String, key: String) -> EmulatorTLS {
        EmulatorTLS(source: .files(certificate: certificate, key: key))
    }
}
