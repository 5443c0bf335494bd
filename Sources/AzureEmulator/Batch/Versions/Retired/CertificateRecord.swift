import Foundation

/// A certificate of the account, as versions before 2025-06-01 have them. No node ever gets one.
struct CertificateRecord: Sendable {
    enum State: String, Sendable {
        case active
        /// A pool uses it, so it was not deleted.
        case deleteFailed = "deletefailed"
    }

    /// In lower case.
    let thumbprint: String
    let algorithm: String
    var state = State.active
    var stateTime: Date
    var previous: (state: State, time: Date)?

    /// The key among the certificates of the account.
    var key: String { Self.key(algorithm: algorithm, thumbprint: thumbprint) }

    static func key(algorithm: String, thumbprint: String) -> String { "\(algorithm)-\(thumbprint)".lowercased() }

    mutating func setState(_ state: State, now: Date) {
        guard self.state != state else { return }
        previous = (self.state, stateTime)
        self.state = state
        stateTime = now
    }
}

extension PoolRecord {
    /// Whether the pool names a certificate.
    func uses(_ certificate: CertificateRecord) -> Bool {
        properties["certificateReferences"]?.array?.contains {
            $0["thumbprint"]?.string?.lowercased() == certificate.thumbprint
        } ?? false
    }
}

extension BatchState {
    /// Adds a certificate; false when it is there.
    mutating func addCertificate(_ certificate: CertificateRecord) -> Bool {
        certificates.insert(certificate, id: certificate.key)
    }

    /// Deletes a certificate, unless a pool uses it.
    mutating func deleteCertificate(_ certificate: CertificateRecord, now: Date) {
        if pools.records.contains(where: { $0.uses(certificate) }) {
            certificates[certificate.key]?.setState(.deleteFailed, now: now)
        } else {
            certificates.remove(certificate.key)
        }
    }

    /// Gives up the deletion of a certificate.
    mutating func keepCertificate(_ certificate: CertificateRecord, now: Date) {
        certificates[certificate.key]?.setState(.active, now: now)
    }
}
