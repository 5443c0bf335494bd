import AzureCore

extension BatchOperations {
    func createCertificate(_ call: BatchCall) async throws -> BatchAnswer {
        let body = try await call.body()
        let thumbprint = body["thumbprint"]?.string?.lowercased() ?? ""
        let algorithm = body["thumbprintAlgorithm"]?.string?.lowercased() ?? ""
        guard algorithm == "sha1" else {
            throw BatchServiceError.invalidProperty("thumbprintAlgorithm", algorithm, "It must be sha1")
        }
        guard thumbprint.utf8.count == 40, thumbprint.allSatisfy(\.isHexDigit) else {
            throw BatchServiceError.invalidProperty("thumbprint", thumbprint, "It must have 40 hexadecimal digits")
        }
        try await engine.perform { state, now in
            let certificate = CertificateRecord(thumbprint: thumbprint, algorithm: algorithm, stateTime: now)
            guard state.addCertificate(certificate) else { throw BatchServiceError.exists("Certificate") }
        }
        return done(
            201, at: "\(renderer.endpoint)/certificates(ThumbprintAlgorithm=\(algorithm),Thumbprint=\(thumbprint))")
    }

    func listCertificates(_ call: BatchCall) async throws -> BatchAnswer {
        let certificates = await engine.read { state, _ in Array(state.certificates.records) }
        return list(certificates.map { ($0.key, renderer.certificate($0)) }, kind: "certificates", call: call)
    }

    func getCertificate(_ call: BatchCall) async throws -> BatchAnswer {
        let certificate = try await engine.read { state, _ in try state.certificate(call) }
        return element(renderer.certificate(certificate), kind: "certificates", call: call, version: nil)
    }

    /// One that a pool uses stays, and says that it could not be deleted.
    func deleteCertificate(_ call: BatchCall) async throws -> BatchAnswer {
        try await engine.perform { state, now in
            state.deleteCertificate(try state.certificate(call), now: now)
        }
        return done(202)
    }

    func cancelCertificateDeletion(_ call: BatchCall) async throws -> BatchAnswer {
        let certificate = try await engine.perform { state, now in
            let certificate = try state.certificate(call)
            guard certificate.state == .deleteFailed else {
                throw BatchServiceError.conflict(
                    "CertificateStateActive", "The specified certificate is in active state.")
            }
            state.keepCertificate(certificate, now: now)
            return certificate
        }
        let url = renderer.certificateURL(algorithm: certificate.algorithm, thumbprint: certificate.thumbprint)
        return done(204, at: url)
    }
}

extension BatchState {
    /// The certificate that a path names, as in `thumbprintAlgorithm=sha1,thumbprint=0123…`.
    func certificate(_ call: BatchCall) throws -> CertificateRecord {
        var names: [String: String] = [:]
        for pair in call.ids[0].split(separator: ",") {
            let name = pair.prefix { $0 != "=" }
            names[name.lowercased()] = String(pair.dropFirst(name.count + 1))
        }
        guard let algorithm = names["thumbprintalgorithm"], let thumbprint = names["thumbprint"] else {
            throw BatchServiceError.invalidURI
        }
        guard let certificate = certificates[CertificateRecord.key(algorithm: algorithm, thumbprint: thumbprint)] else {
            throw BatchServiceError.notFound("Certificate")
        }
        return certificate
    }

    /// Sees whether the certificates that a pool names are there.
    func checkCertificates(of pool: JSONValue) throws {
        for reference in pool["certificateReferences"]?.array ?? [] {
            let key = CertificateRecord.key(
                algorithm: reference["thumbprintAlgorithm"]?.string ?? "",
                thumbprint: reference["thumbprint"]?.string ?? "")
            guard certificates[key] != nil else {
                throw BatchServiceError.conflict(
                    "InvalidCertificateReferences", "The account has no such certificate.")
            }
        }
    }
}

extension BatchRenderer {
    func certificateURL(algorithm: String, thumbprint: String) -> String {
        "\(endpoint)/certificates(thumbprintAlgorithm=\(algorithm),thumbprint=\(thumbprint))"
    }

    func certificate(_ certificate: CertificateRecord) -> JSONValue {
        var json: JSONValue = [
            "thumbprint": .string(certificate.thumbprint), "thumbprintAlgorithm": .string(certificate.algorithm),
            "state": .string(certificate.state.rawValue),
        ]
        json["url"] = .string(
            certificateURL(algorithm: certificate.algorithm, thumbprint: certificate.thumbprint))
        json["stateTransitionTime"] = time(certificate.stateTime)
        json["previousState"] = certificate.previous.map { .string($0.state.rawValue) }
        json["previousStateTransitionTime"] = time(certificate.previous?.time)
        if certificate.state == .deleteFailed {
            json["deleteCertificateError"] = [
                "code": "CertificateDeleteFailed", "message": "The certificate is used by a pool.",
            ]
        }
        return json
    }
}
