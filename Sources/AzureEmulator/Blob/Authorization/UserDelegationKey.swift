import Foundation

/// What a user delegation key is for. Its value follows from this and the account's key, so that nothing is kept.
struct UserDelegationKey: Sendable, Hashable {
    var objectID: String
    var tenantID: String
    var start: String
    var expiry: String
    var service: String
    var version: String
    var delegatedTenant: String

    /// A time as these keys have it, in whole seconds.
    static func text(_ date: Date) -> String {
        String(ServiceTime.format(date).prefix(19)) + "Z"
    }
}

/// Gives out user delegation keys and knows them again.
struct UserDelegation: Sendable {
    /// Who all callers with a token count as.
    private static let objectID = "2d5fd7a1-3f5c-4c5e-9a0b-6f3c1f0d5a11"
    private static let tenantID = "8f0e4c4e-8d3a-4b0e-9d5e-1b7a2c9e6f22"
    /// How long a key may be valid: seven days.
    static let maxLifetime = 7 * 24 * 60 * 60.0

    let account: String
    let key: SigningKey

    /// Makes a key.
    func key(
        start: String, expiry: String, delegatedTenant: String?, version: String, now: Date
    ) throws -> UserDelegationKey {
        guard let begin = ServiceTime.parse(start) else {
            throw BlobServiceError.invalidXmlValue("Start", start, reason: "It is not a time.")
        }
        guard let end = ServiceTime.parse(expiry) else {
            throw BlobServiceError.invalidXmlValue("Expiry", expiry, reason: "It is not a time.")
        }
        guard end > now, end > begin, end.timeIntervalSince(now) <= Self.maxLifetime else {
            throw BlobServiceError.invalidXmlValue(
                "Expiry", expiry, reason: "It is not behind the start and within seven days from now.")
        }
        return UserDelegationKey(
            objectID: Self.objectID, tenantID: Self.tenantID, start: UserDelegationKey.text(begin),
            expiry: UserDelegationKey.text(end), service: "b", version: version, delegatedTenant: delegatedTenant ?? "")
    }

    /// The value of a key, in base64.
    func value(of delegated: UserDelegationKey) -> String {
        let fields = [
            "user-delegation", account, delegated.objectID, delegated.tenantID, delegated.start, delegated.expiry,
            delegated.service, delegated.version,
        ]
        return key.sign(fields.joined(separator: "\n"))
    }

    /// The key that a shared access signature names, for checking the signature.
    func signingKey(_ token: SASToken) throws -> SigningKey {
        let delegated = UserDelegationKey(
            objectID: token["skoid"], tenantID: token["sktid"], start: token["skt"], expiry: token["ske"],
            service: token["sks"], version: token["skv"], delegatedTenant: token["skdutid"])
        return try SigningKey(base64: value(of: delegated))
    }

    /// Checks that the key itself is valid at a time.
    func checkTimes(_ token: SASToken, now: Date) throws {
        guard token["sks"] == "b", let start = ServiceTime.parse(token["skt"]),
            let end = ServiceTime.parse(token["ske"]), start <= now, now < end
        else {
            throw BlobServiceError.authenticationFailed(
                "The user delegation key is not valid now: Start [\(token["skt"])] - Expiry [\(token["ske"])].")
        }
    }

    /// The text of a user delegation SAS, in the layout of its version.
    static func text(_ token: SASToken, path: String, _ request: EmulatorRequest) -> String {
        let version = token["sv"]
        var fields = [
            token["sp"], token["st"], token["se"], path, token["skoid"], token["sktid"], token["skt"], token["ske"],
            token["sks"], token["skv"],
        ]
        if version >= "2020-02-10" { fields += [token["saoid"], token["suoid"], token["scid"]] }
        if version >= "2025-07-05" { fields += [token["skdutid"], token["sduoid"]] }
        let time = token["sr"] == "bs" ? "snapshot" : token["sr"] == "bv" ? "versionid" : ""
        fields += [token["sip"], token["spr"], version, token["sr"], time.isEmpty ? "" : token[time]]
        if version >= "2020-12-06" { fields.append(token["ses"]) }
        if version >= "2026-04-06" { fields += [headers(token, request), parameters(token, request)] }
        fields += [token["rscc"], token["rscd"], token["rsce"], token["rscl"], token["rsct"]]
        return fields.joined(separator: "\n")
    }

    private static func names(_ list: String) -> [String] {
        list.split(separator: ",").map(String.init)
    }

    private static func headers(_ token: SASToken, _ request: EmulatorRequest) -> String {
        names(token["srh"]).map { "\($0):\(request.header($0) ?? "")\n" }.joined()
    }

    private static func parameters(_ token: SASToken, _ request: EmulatorRequest) -> String {
        names(token["srq"]).map { "\n\($0):\(request.query[$0] ?? "")" }.joined()
    }
}
