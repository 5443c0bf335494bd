import AzureCore
import Testing

@Suite("A TLS connection that did not come about")
struct TLSFailureTests {
    @Test(
        "has the reason that the engine's words tell",
        arguments: [
            // libcurl with OpenSSL.
            ("error:0A00010B:SSL routines::wrong version number", .noTLS),
            ("error:0A0000C6:SSL routines::packet length too long", .noTLS),
            ("SSL certificate problem: self-signed certificate", .unknownAuthority),
            ("SSL certificate problem: self signed certificate in certificate chain", .unknownAuthority),
            ("SSL certificate problem: unable to get local issuer certificate", .unknownAuthority),
            ("SSL certificate problem: certificate has expired", .expired),
            ("SSL certificate problem: certificate is not yet valid", .notYetValid),
            ("SSL: no alternative certificate subject name matches target host name 'a.example'", .otherName),
            ("SSL: certificate subject name 'b' does not match target host name 'a'", .otherName),
            ("error setting certificate file: /nowhere", .unreadableAuthorities),
            ("error setting certificate verify locations:  CAfile: /nowhere CApath: none", .unreadableAuthorities),
            // libcurl with GnuTLS.
            ("gnutls_handshake() failed: An unexpected TLS packet was received.", .noTLS),
            ("server certificate verification failed. CAfile: a CRLfile: none", .unknownAuthority),
            ("server certificate expiration date has passed.", .expired),
            // BoringSSL and NIOSSL.
            ("error:100000f7:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER", .noTLS),
            ("error:1000007d:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED", .notVerified),
            ("NIOSSLExtraError.failedToValidateHostname: Couldn't find a.example in certificate from peer", .otherName),
            // Neither.
            ("SSL connect error", .other), ("", .other),
        ] as [(String, TLSFailure)])
    func reasons(words: String, failure: TLSFailure) {
        #expect(TLSFailure(words: words) == failure)
    }

    @Test("says which host, what is wrong, and what to do, in whole sentences", arguments: TLSFailure.allCases)
    func messages(failure: TLSFailure) {
        for words in ["", "the engine's words."] {
            let message = failure.message(host: "a.example", words: words, authorities: "in a file")
            #expect(message.hasPrefix("No trusted TLS connection to 'a.example' came about"))
            #expect(message.hasSuffix(".") && !message.contains("..") && !message.contains(".)"))
            #expect(message.contains("(the engine's words)") == !words.isEmpty)
        }
        let needsAuthority = [.unknownAuthority, .notVerified, .unreadableAuthorities].contains(failure)
        #expect(
            failure.message(host: "", words: "", authorities: "in a file").contains("in a file") == needsAuthority)
    }
}
