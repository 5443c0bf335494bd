#if Emulator
import Crypto
import Foundation
import SwiftASN1
import X509

/// A certificate for names and addresses of this machine and the authority that vouches for it, in PEM.
struct ServerCertificate: Sendable {
    /// How long a certificate is valid: a year, as browsers and systems take no longer ones.
    static let validity = TimeInterval(365 * 86_400)
    /// How long one that is used again has to be valid still.
    static let reserve = TimeInterval(86_400)

    let authority: String
    let certificate: String
    let key: String

    init(authority: String, certificate: String, key: String) {
        self.authority = authority
        self.certificate = certificate
        self.key = key
    }

    /// Makes a certificate, with an authority whose key is forgotten.
    ///
    /// - Parameters:
    ///   - names: The names and addresses that it is for.
    ///   - now: The time from which on it is valid.
    init(for names: Set<String> = Set(HostNames.loopback), now: Date) throws {
        let authorityKey = Certificate.PrivateKey(P256.Signing.PrivateKey())
        // Clocks of virtual machines and containers may be late.
        let start = now.addingTimeInterval(-3600)
        let end = now.addingTimeInterval(Self.validity)
        // Each has a name of its own, or a client would look for the certificate of one with the key of another.
        let serial = Certificate.SerialNumber()
        let issuer = try DistinguishedName {
            OrganizationName("azure-emulator")
            CommonName("azure-emulator on this machine \(serial.description.suffix(11))")
        }
        let root = try Certificate(
            version: .v3, serialNumber: serial, publicKey: authorityKey.publicKey, notValidBefore: start,
            notValidAfter: end, issuer: issuer, subject: issuer,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true))
                SubjectKeyIdentifier(hash: authorityKey.publicKey)
            },
            issuerPrivateKey: authorityKey)
        let ownKey = P256.Signing.PrivateKey()
        let publicKey = Certificate.PublicKey(ownKey.publicKey)
        let subject = try DistinguishedName { CommonName("localhost") }
        let own = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: publicKey, notValidBefore: start,
            notValidAfter: end, issuer: issuer, subject: subject,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.serverAuth])
                Self.subjects(names)
                SubjectKeyIdentifier(hash: publicKey)
                AuthorityKeyIdentifier(keyIdentifier: SubjectKeyIdentifier(hash: authorityKey.publicKey).keyIdentifier)
            },
            issuerPrivateKey: authorityKey)
        authority = try root.serializeAsPEM().pemString + "\n"
        certificate = try own.serializeAsPEM().pemString + "\n"
        key = ownKey.pemRepresentation + "\n"
    }

    private static func subjects(_ names: Set<String>) -> SubjectAlternativeNames {
        SubjectAlternativeNames(
            names.sorted().map { name in
                guard let address = IPAddress(name) else { return .dnsName(name) }
                return .ipAddress(ASN1OctetString(contentBytes: address.networkBytes[...]))
            })
    }

    /// Whether the three belong together, are for these names and are valid for a while.
    func isUsable(for names: Set<String> = Set(HostNames.loopback), now: Date) -> Bool {
        guard let root = try? Certificate(pemEncoded: authority), let own = try? Certificate(pemEncoded: certificate),
            let key = try? P256.Signing.PrivateKey(pemRepresentation: key)
        else { return false }
        return own.publicKey == Certificate.PublicKey(key.publicKey)
            && root.publicKey.isValidSignature(own.signature, for: own)
            && (try? own.extensions.subjectAlternativeNames) == Self.subjects(names)
            && [root, own].allSatisfy {
                $0.notValidBefore <= now && now.addingTimeInterval(Self.reserve) < $0.notValidAfter
            }
    }
}
#endif
