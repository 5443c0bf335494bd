public import AzureCore
import Foundation
import HTTPTypes

extension AzureErrorCode {
    /// Microsoft Entra ID, or what stands in for it on this machine, refused to give a token.
    ///
    /// A credential that could not even be tried fails with ``AzureCore/AzureErrorCode/credentialUnavailable``.
    public static let signInFailed = AzureErrorCode("SignInFailed")
}

extension AzureError {
    /// A credential that could not be tried: something that it needs is not there.
    static func unavailable(_ credential: String, _ reason: String, underlying: (any Error)? = nil) -> AzureError {
        AzureError(
            service: .entra, code: .credentialUnavailable, message: "\(credential): \(Redactor.text(reason))",
            underlying: underlying)
    }

    /// A credential that was tried in vain.
    static func signIn(
        _ credential: String, _ reason: String, status: HTTPResponse.Status? = nil, underlying: (any Error)? = nil
    ) -> AzureError {
        AzureError(
            service: .entra, code: .signInFailed, status: status,
            message: "\(credential): \(Redactor.text(reason))", underlying: underlying)
    }
}

/// The error answer of an OAuth server, as RFC 6749 and Microsoft Entra ID have it.
struct EntraFailure: Sendable {
    let error: String
    let text: String
    let code: String?
    let correlationID: String?
    let traceID: String?

    /// Reads an answer; nil when it has no `error`.
    init?(_ json: [String: Any]) {
        // Managed identity of Service Fabric and Cloud Shell have an object in its place.
        let inner = json["error"] as? [String: Any]
        guard let error = json["error"] as? String ?? inner?["code"] as? String else { return nil }
        self.error = error
        text = json["error_description"] as? String ?? inner?["message"] as? String ?? ""
        code = Self.code(in: text) ?? (json["error_codes"] as? [Int])?.first.map { "AADSTS\($0)" }
        correlationID = json["correlation_id"] as? String
        traceID = json["trace_id"] as? String
    }

    /// The number that Entra puts at the start of its descriptions, such as `AADSTS7000215`.
    static func code(in text: String) -> String? {
        guard let start = text.range(of: "AADSTS") else { return nil }
        let digits = text[start.upperBound...].prefix { $0.isASCII && $0.isNumber }
        return digits.isEmpty || digits.count > 12 ? nil : "AADSTS\(digits)"
    }

    /// What to do about it, for the codes that most people meet.
    var advice: String? {
        switch code {
        case "AADSTS7000215": "Use the secret's value, not its id, and check that it belongs to this client id."
        case "AADSTS7000222": "The client secret has expired: make a new one for the app registration."
        case "AADSTS700016": "Check the client id and the tenant: the app is not known there."
        case "AADSTS90002", "AADSTS900023": "Check the tenant id."
        case "AADSTS700027":
            "Upload the certificate's public part to the app registration, or use the key that fits it."
        case "AADSTS70021", "AADSTS700213", "AADSTS700211", "AADSTS700212":
            "Compare issuer, subject and audience of the federated credential with those of the token."
        case "AADSTS700024": "Check this machine's clock: the assertion is not valid now."
        case "AADSTS500011": "Check the scope: no such resource is known in the tenant."
        case "AADSTS65001": "Give the app consent to the resource in this tenant."
        case "AADSTS50076", "AADSTS50079": "Sign in again with a second factor."
        default: nil
        }
    }

    /// The error that callers see.
    func error(_ credential: String, status: HTTPResponse.Status) -> AzureError {
        // The first line says it; the others repeat ids and the time.
        let line = text.split(whereSeparator: \.isNewline).first.map { String($0.prefix(500)) } ?? ""
        var failure = AzureError.signIn(
            credential, [error, line, advice ?? ""].filter { !$0.isEmpty }.joined(separator: ": "), status: status)
        failure.requestID = traceID
        if let code { failure.details.append(.init(key: "EntraCode", value: code)) }
        if let correlationID { failure.details.append(.init(key: "CorrelationId", value: correlationID)) }
        return failure
    }
}
