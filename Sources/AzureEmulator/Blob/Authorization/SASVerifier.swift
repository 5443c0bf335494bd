#if Emulator
import AzureCore
import HTTPTypes

import struct Foundation.Date

/// Checks requests that carry a shared access signature instead of a signature of their own.
struct SASVerifier: Sendable {
    let account: String
    let key: SigningKey
    /// The IPv4 address that requests come from.
    let clientAddress: String

    /// Checks the signature and what it says about when, from where and for what it is valid.
    ///
    /// - Parameters:
    ///   - policies: The stored access policies of a container.
    ///   - now: The service's time.
    func verify(
        _ token: SASToken, _ request: EmulatorRequest, _ address: BlobAddress, now: Date,
        policies: (_ container: String) async throws -> [StoredAccessPolicy]
    ) async throws -> BlobCaller {
        guard BlobServiceVersion.isKnown(token["sv"]), token["sv"] >= "2015-04-05" else {
            throw BlobServiceError.authenticationFailed("The version 'sv=\(token["sv"])' is not known.")
        }
        if token.isForAccount { return try verifyAccount(token, request, now: now) }
        guard !token.isForUserDelegation else {
            throw BlobServiceError.authenticationFailed("The emulator gives out no user delegation keys.")
        }
        guard let resource = SASResource(token, address, prefix: request.query["prefix"]) else {
            throw BlobServiceError.authenticationFailed(
                "The signed resource 'sr=\(token["sr"])' is missing or cannot be what the request addresses.")
        }
        try checkSignature(token, resource.paths.map { Self.serviceText(token, path: "/blob/\(account)/\($0)") })
        let policy = try await policy(token, in: try address.container, policies: policies)
        func field(_ name: String, _ stored: String?) throws -> String {
            guard let stored, !stored.isEmpty else { return token[name] }
            guard token[name].isEmpty else {
                throw BlobServiceError.authenticationFailed("'\(name)' stands in the signature and in its policy.")
            }
            return stored
        }
        try token.check(
            start: try field("st", policy?.start), expiry: try field("se", policy?.expiry), now: now,
            scheme: request.head.scheme, clientAddress: clientAddress)
        let permissions = try Self.permissions(try field("sp", policy?.permission), known: "racwdxyltfmeopi")
        return .serviceSAS(
            .init(
                permissions: permissions, version: token["sv"], responseHeaders: Self.responseHeaders(token),
                directory: resource.directory))
    }

    private func verifyAccount(_ token: SASToken, _ request: EmulatorRequest, now: Date) throws -> BlobCaller {
        var fields = [
            account, token["sp"], token["ss"], token["srt"], token["st"], token["se"], token["sip"], token["spr"],
            token["sv"],
        ]
        if token["sv"] >= "2020-12-06" { fields.append(token["ses"]) }
        try checkSignature(token, [fields.map { $0 + "\n" }.joined()])
        try token.check(
            start: token["st"], expiry: token["se"], now: now, scheme: request.head.scheme,
            clientAddress: clientAddress)
        guard token["ss"].contains("b") else { throw BlobServiceError.serviceMismatch }
        let grant = BlobCaller.SASGrant(
            permissions: try Self.permissions(token["sp"], known: "rwdxylacuptfi"), version: token["sv"])
        return .accountSAS(grant, resourceTypes: Set(token["srt"]))
    }

    private func checkSignature(_ token: SASToken, _ texts: [String]) throws {
        guard texts.contains(where: { key.isSignature(token.signature, of: $0) }) else {
            throw BlobServiceError.authenticationFailed(
                "Signature did not match. String to sign used was \(texts.first ?? "")")
        }
    }

    private func policy(
        _ token: SASToken, in container: String,
        policies: (_ container: String) async throws -> [StoredAccessPolicy]
    ) async throws -> StoredAccessPolicy? {
        guard !token["si"].isEmpty else { return nil }
        guard let policy = try? await policies(container).first(where: { $0.id == token["si"] }) else {
            throw BlobServiceError.authenticationFailed("The container has no access policy '\(token["si"])'.")
        }
        return policy
    }

    private static func permissions(_ text: String, known: String) throws -> Set<Character> {
        guard !text.isEmpty, text.allSatisfy(known.contains), Set(text).count == text.count else {
            throw BlobServiceError.authenticationFailed("The permissions 'sp=\(text)' are missing or not known.")
        }
        return Set(text)
    }

    /// The text of a service SAS, in the layout of its version.
    private static func serviceText(_ token: SASToken, path: String) -> String {
        var fields = [
            token["sp"], token["st"], token["se"], path, token["si"], token["sip"], token["spr"], token["sv"],
        ]
        if token["sv"] >= "2018-11-09" {
            let time = token["sr"] == "bs" ? token["snapshot"] : token["sr"] == "bv" ? token["versionid"] : ""
            fields += [token["sr"], time]
        }
        if token["sv"] >= "2020-12-06" { fields.append(token["ses"]) }
        fields += [token["rscc"], token["rscd"], token["rsce"], token["rscl"], token["rsct"]]
        return fields.joined(separator: "\n")
    }

    private static func responseHeaders(_ token: SASToken) -> [String: String] {
        let names = [
            "rscc": "Cache-Control", "rscd": "Content-Disposition", "rsce": "Content-Encoding",
            "rscl": "Content-Language", "rsct": "Content-Type",
        ]
        return Dictionary(
            uniqueKeysWithValues: names.compactMap { key, name in token[key].isEmpty ? nil : (name, token[key]) })
    }
}
#endif
