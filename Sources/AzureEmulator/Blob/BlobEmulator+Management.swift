import AzureCore
import Foundation
import HTTPTypes

extension BlobEmulator {
    func refuse(_ refusal: FrontRefusal, to request: HTTPRequest) async -> HTTPTransportResponse {
        await respond(to: request, version: BlobServiceVersion.latest) { _ in
            switch refusal {
            case .host(let host): throw BlobServiceError.foreignHost(host)
            case .resetIsOff: throw BlobServiceError.resetIsOff
            }
        }
    }

    /// Removes all that clients have made, and returns when that is kept.
    func reset() async throws {
        let failures = store.failures
        try await store.reset()
        try await store.settle(since: failures)
    }

    func reset(askedBy request: HTTPRequest) async -> HTTPTransportResponse {
        await respond(to: request, version: BlobServiceVersion.latest) { _ in
            guard let asked = EmulatorRequest(request) else { throw BlobServiceError.invalidUri }
            guard let authorization = asked.header("Authorization") else {
                throw BlobServiceError.noAuthenticationInformation
            }
            try sharedKey.verify(asked, authorization: authorization, now: time.now())
            try await store.reset()
            return .emulated(204)
        }
    }
}

extension BlobServiceError {
    static func foreignHost(_ host: String) -> BlobServiceError {
        var error = invalidHeader("Host", String(host.prefix(255)))
        error.message =
            "The Host of the request is none under which the emulator may be asked. Names are given to it with --host."
        return error
    }
    static let resetIsOff = BlobServiceError(
        403, "InsufficientAccountPermissions",
        "Nobody can have all removed while the emulator listens on an address that others reach.")
}

extension SharedKeyVerifier {
    /// The account that an Authorization header names; nil when it is of another form.
    static func account(of authorization: String) -> String? {
        let words = authorization.split(separator: " ")
        guard words.count == 2, words[0] == "SharedKey", let colon = words[1].lastIndex(of: ":") else { return nil }
        return String(words[1][..<colon])
    }
}
