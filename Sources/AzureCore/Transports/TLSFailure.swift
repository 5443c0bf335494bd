/// Why no trusted TLS connection came about, as far as an engine's words tell it.
package enum TLSFailure: Sendable, Hashable, CaseIterable {
    /// What answered does not speak TLS; most often it is a port for plain HTTP.
    case noTLS
    /// The certificate is of an authority that is not trusted here.
    case unknownAuthority
    /// The certificate is for another host.
    case otherName
    /// The certificate is no longer valid.
    case expired
    /// The certificate is not valid yet.
    case notYetValid
    /// The certificate is of an authority that is not trusted here, or out of date: BoringSSL does not say which.
    case notVerified
    /// The authorities that should be trusted could not be read.
    case unreadableAuthorities
    /// Anything else.
    case other

    /// Reads the words of an engine: libcurl with OpenSSL or GnuTLS, BoringSSL, or those of this package for the codes of
    /// URLSession.
    package init(words: String) {
        let found = Self.phrases.first { $0.phrases.contains { words.range(of: $0, caseInsensitive: true) != nil } }
        self = found?.cause ?? .other
    }

    /// In the order in which they are looked for: some words stand beside those of a more exact reason.
    private static let phrases: [(cause: TLSFailure, phrases: [String])] = [
        (
            .unreadableAuthorities,
            [
                "certificate verify locations", "error setting certificate file", "error setting certificate path",
                "problem with the SSL CA cert", "failedToLoadCertificate", "noSuchFilesystemObject",
            ]
        ),
        (
            .otherName,
            [
                "subject name", "does not match target", "unable to obtain common name", "in certificate from peer",
                "failedToValidateHostname", "hostname mismatch",
            ]
        ),
        (.notYetValid, ["not yet valid", "not yet activated"]),
        (.expired, ["has expired", "expiration date has passed", "expired certificate"]),
        (
            .unknownAuthority,
            [
                "self-signed", "self signed", "local issuer", "issuer certificate", "verify the first certificate",
                "unknown root", "certificate verification failed", "unableToValidateCertificate",
            ]
        ),
        (.notVerified, ["CERTIFICATE_VERIFY_FAILED", "certificate verify failed", "peer certificate"]),
        (
            .noTLS,
            [
                "wrong version number", "WRONG_VERSION_NUMBER", "packet length too long", "HTTP_REQUEST",
                "http request",
                "unexpected TLS packet", "unknown protocol",
            ]
        ),
    ]
}

extension TLSFailure {
    /// What happened, and what to do.
    ///
    /// - Parameters:
    ///   - host: The server.
    ///   - words: The engine's words; empty when it has none.
    ///   - authorities: How the transport is told of an authority to trust.
    package func message(host: String, words: String, authorities: String) -> String {
        let words = words.trimmingFullStops()
        return "No trusted TLS connection to '\(host)' came about"
            + (words.isEmpty ? ": " : " (\(words)): ") + explanation(authorities)
    }

    private func explanation(_ authorities: String) -> String {
        switch self {
        case .noTLS:
            "what listens there does not speak TLS. It may be a port for plain HTTP, as an emulator has: check the port, "
                + "and whether the endpoint should begin with http://."
        case .unknownAuthority:
            "its certificate is of an authority that this machine does not trust. If it is the right server, add the "
                + "authority's certificate: \(authorities)."
        case .otherName:
            "its certificate is for another host. Check the host of the endpoint, and proxies on the way."
        case .expired:
            "its certificate has expired, or the clock of this machine is fast. Check the clock, and tell whoever runs the "
                + "server."
        case .notYetValid:
            "its certificate is not valid yet, or the clock of this machine is slow. Check the clock."
        case .notVerified:
            "its certificate is of an authority that this machine does not trust, or out of date. Check the clock; if it is "
                + "the right server, add the authority's certificate: \(authorities)."
        case .unreadableAuthorities:
            "the certificates of the authorities to trust cannot be read. Check the file: \(authorities)."
        case .other:
            "either nobody whom this machine trusts vouches for the server's certificate, or what listens there does not "
                + "speak TLS."
        }
    }
}

extension String {
    /// The text without full stops and spaces at its end, to go on with in the same sentence.
    package func trimmingFullStops() -> String {
        var text = self[...]
        while let last = text.last, last == "." || last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
