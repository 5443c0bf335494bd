import AzureCore
import HTTPTypes

import struct Foundation.Date

/// Checks requests that carry a shared access signature instead of a signature of their own.
struct SASVerifier: Sendable {
    let account: String
    let key: SigningKey
    /// The IPv4 address that requests within this process count as coming from.
    let clientAddress: String
    let delegation: UserDelegation

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
        guard let resource = SASResource(token, address, prefix: request.query["prefix"]) else {
            throw BlobServiceError.authenticationFailed(
                "The signed resource 'sr=\(token["sr"])' is missing or cannot be what the request addresses.")
        }
        let paths = resource.paths.map { "/blob/\(account)/\($0)" }
        if token.isForUserDelegation {
            try checkDelegation(token, request, paths: paths, now: now)
        } else {
            try checkSignature(token, paths.map { Self.serviceText(token, path: $0) }, key)
        }
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
            scheme: request.head.scheme, clientAddress: ClientAddress.current ?? clientAddress)
        let asked = try field("sp", policy?.permission)
        let permissions = try Self.permissions(asked, known: Self.servicePermissions)
        guard Self.areInOrder(asked) else {
            throw BlobServiceError.authenticationFailed(
                "The permissions 'sp=\(asked)' do not stand in the order '\(Self.servicePermissions)'.")
        }
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
        try checkSignature(token, [fields.map { $0 + "\n" }.joined()], key)
        try token.check(
            start: token["st"], expiry: token["se"], now: now, scheme: request.head.scheme,
            clientAddress: ClientAddress.current ?? clientAddress)
        guard token["ss"].contains("b") else { throw BlobServiceError.serviceMismatch }
        let grant = BlobCaller.SASGrant(
            permissions: try Self.permissions(token["sp"], known: "rwdxylacuptfi"), version: token["sv"])
        return .accountSAS(grant, resourceTypes: Set(token["srt"]))
    }

    /// Checks a signature that a user delegation key has made. It cannot refer to a stored access policy.
    private func checkDelegation(
        _ token: SASToken, _ request: EmulatorRequest, paths: [String], now: Date
    ) throws {
        guard token["sv"] >= "2018-11-09", token["si"].isEmpty else {
            throw BlobServiceError.authenticationFailed(
                "A user delegation SAS has a version from 2018-11-09 on and no 'si'.")
        }
        let texts = paths.map { UserDelegation.text(token, path: $0, request) }
        try checkSignature(token, texts, try delegation.signingKey(token))
        try delegation.checkTimes(token, now: now)
        guard token["sduoid"].isEmpty || request.header("Authorization") != nil else {
            throw BlobServiceError.authenticationFailed("'sduoid' asks for a token of that user, and there is none.")
        }
    }

    private func checkSignature(_ token: SASToken, _ texts: [String], _ key: SigningKey) throws {
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

    /// The permissions of a shared access signature that is not for the account, in the order in which they stand.
    private static let servicePermissions = "racwdxyltfmeopi"

    /// Whether the permissions of a signature or a stored policy are known, and stand in their order, each once.
    static func areInOrder(_ permissions: String) -> Bool {
        var rest = servicePermissions[...]
        return permissions.allSatisfy { permission in
            guard let index = rest.firstIndex(of: permission) else { return false }
            rest = rest[rest.index(after: index)...]
            return true
        }
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
