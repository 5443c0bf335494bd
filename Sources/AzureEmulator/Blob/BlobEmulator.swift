package import AzureCore
import Foundation
package import HTTPTypes

/// The Blob service of one storage account.
///
/// It checks credentials, conditions, names and limits as the real service does and answers with its status and error
/// codes. What it has not got it says with the status 501, never by doing something else.
package struct BlobEmulator: EmulatedService {
    let account: String
    let store: BlobStore
    var receiver: ContentReceiver
    let time: TimeSource
    /// Whether versions that are not known are taken for the newest.
    var acceptsUnknownVersions = false
    let sharedKey: SharedKeyVerifier
    private let sas: SASVerifier
    let delegation: UserDelegation
    private let tokens: Set<String>

    /// Creates an account without containers.
    ///
    /// - Parameters:
    ///   - account: The name of the account, the first part of every path.
    ///   - key: Its key in base64.
    ///   - secondKey: Another key that signs as well.
    ///   - time: Where dates, expiry times and delays come from.
    ///   - containerDeletionTime: How long the name of a deleted container stays taken.
    ///   - containerRetention: How long deleted containers are kept; zero for not at all.
    ///   - keepsVersions: Whether earlier versions of blobs are kept.
    ///   - rehydrationTime: How long blobs take to come back from the archive, in whole seconds.
    ///   - tokens: The bearer tokens to accept.
    ///   - data: Where everything is kept. The default is nil: it ends with the process. Otherwise this blocks the thread.
    ///   - clientAddress: The IPv4 address that requests within this process count as coming from.
    /// - Throws: An `AzureError` with `invalidArgument` when the key is not base64, with `fileError` when what is kept
    ///   cannot be had.
    init(
        account: String, key: String, secondKey: String? = nil, time: TimeSource = .system,
        containerDeletionTime: Duration = .zero, containerRetention: Duration = .zero, keepsVersions: Bool = false,
        rehydrationTime: Duration = .seconds(10), tokens: Set<String> = [], data: DataDirectory? = nil,
        clientAddress: String = "127.0.0.1"
    ) throws {
        let signingKey = try SigningKey(base64: key, orBase64: secondKey)
        self.account = account
        self.time = time
        self.tokens = tokens
        (store, receiver) = try BlobStore.make(
            time: time, deletionTime: containerDeletionTime, containerRetention: containerRetention,
            keepsVersions: keepsVersions, rehydrationTime: rehydrationTime, account: account, data: data)
        delegation = UserDelegation(account: account, key: signingKey)
        sharedKey = SharedKeyVerifier(account: account, key: signingKey)
        sas = SASVerifier(account: account, key: signingKey, clientAddress: clientAddress, delegation: delegation)
    }

    package func respond(to request: HTTPRequest, body: HTTPByteStream) async -> HTTPTransportResponse {
        await respond(to: request, body: body, batchVersion: nil)
    }

    /// Answers a request that is part of a batch.
    ///
    /// - Parameter version: The version of the service that the batch asks for.
    func respond(toPart request: HTTPRequest, version: String) async -> HTTPTransportResponse {
        await respond(to: request, body: HTTPByteStream(Data()), batchVersion: version)
    }

    private func respond(
        to request: HTTPRequest, body: HTTPByteStream, batchVersion: String?
    ) async -> HTTPTransportResponse {
        await respond(to: request, version: batchVersion ?? BlobServiceVersion.latest) { version in
            guard let request = EmulatorRequest(request, body: body) else { throw BlobServiceError.invalidUri }
            return try await answer(request, version: &version, isPart: batchVersion != nil)
        }
    }

    /// Answers with what a function gives or throws, and with what all answers have.
    ///
    /// - Parameters:
    ///   - version: The version of the answer, which the function can change.
    ///   - work: Does what is asked.
    func respond(
        to request: HTTPRequest, version: String,
        _ work: (_ version: inout String) async throws -> HTTPTransportResponse
    ) async -> HTTPTransportResponse {
        let requestID = UUID().uuidString.lowercased()
        var version = version
        var response: HTTPTransportResponse
        do {
            let failures = store.failures
            do {
                response = try await work(&version)
            } catch {
                // What is refused may have been refused for what another request has changed.
                try await store.settle(since: failures)
                throw error
            }
            try await store.settle(since: failures)
        } catch let error as BlobServiceError {
            response = error.response(requestID: requestID, now: time.now())
        } catch {
            // The body broke off, or a file cannot be written.
            response = BlobServiceError(500, "InternalError", "The emulator failed: \(error)")
                .response(requestID: requestID, now: time.now())
        }
        let clientRequestID = HTTPField.Name("x-ms-client-request-id").flatMap { request.headerFields[$0] }
        let common = HTTPFields(emulated: [
            ("Server", "azure-emulator"), ("Date", RFC1123Date.format(time.now())), ("x-ms-request-id", requestID),
            ("x-ms-version", version), ("x-ms-client-request-id", clientRequestID ?? ""),
        ])
        for field in common where !field.value.isEmpty && field.value.utf8.count <= 1024 {
            response.head.headerFields[field.name] = field.value
        }
        return response
    }

    /// Finds out who asks for what, and does it.
    ///
    /// - Parameters:
    ///   - version: Set to the version that the request asks for.
    ///   - isPart: Whether it is part of a batch, which says the version for it.
    private func answer(
        _ request: EmulatorRequest, version: inout String, isPart: Bool
    ) async throws -> HTTPTransportResponse {
        if let asked = request.header("x-ms-version") {
            if BlobServiceVersion.isKnown(asked) {
                version = asked
            } else if !acceptsUnknownVersions {
                throw BlobServiceError.invalidHeader("x-ms-version", asked)
            }
        }
        let address = try BlobAddress(request)
        guard address.account == account else {
            throw BlobServiceError.foreignAccount(address.account, here: account)
        }
        let caller = try await authenticate(request, address)
        try UnambiguousRequest.check(request)
        if !isPart, request.header("x-ms-version") == nil {
            switch caller {
            case .owner, .token: throw BlobServiceError.missingHeader("x-ms-version")
            case .serviceSAS, .accountSAS, .anonymous: break
            }
            if let grant = caller.grant { version = grant.version }
        }
        let operation = try BlobOperation(request, address)
        guard !address.isSecondary || operation.canReadSecondary else {
            throw BlobServiceError.writeOnSecondary
        }
        try caller.authorize(operation)
        if case .anonymous = caller {
            try await checkPublicAccess(operation, request, address, isPart: isPart)
        }
        if operation.hasBody, request.contentLength == nil { throw BlobServiceError.missingContentLength }
        let call = BlobCall(service: self, request: request, address: address, caller: caller, version: version)
        return try await call.perform(operation)
    }

    func authenticate(_ request: EmulatorRequest, _ address: BlobAddress) async throws -> BlobCaller {
        let now = time.now()
        let token = try SASToken(request)
        if let authorization = request.header("Authorization") {
            if let bearer = Self.bearer(authorization) {
                guard tokens.contains(bearer) else { throw BlobServiceError.bearerTokenRefused }
                // With a shared access signature for one user, the token only proves who that is.
                guard token?.isForOneUser == true else { return .token }
            } else {
                try sharedKey.verify(request, authorization: authorization, now: now)
                return .owner
            }
        }
        if let token {
            return try await sas.verify(token, request, address, now: now) {
                try await store.container($0).policies
            }
        }
        return .anonymous
    }

    private static func bearer(_ authorization: String) -> String? {
        guard authorization.lowercased().hasPrefix("bearer ") else { return nil }
        return String(authorization.dropFirst("bearer ".count))
    }

    /// Lets anyone do what a public container allows, and nothing else. A caller that names a version, as the clients
    /// of the service do, is asked for credentials; any other learns nothing.
    func checkPublicAccess(
        _ operation: BlobOperation, _ request: EmulatorRequest, _ address: BlobAddress, isPart: Bool = false
    ) async throws {
        if let needed = operation.publicAccess, let name = try? address.container,
            let granted = try? await store.container(name).publicAccess,
            granted == needed || granted == .container
        {
            return
        }
        throw !isPart && request.header("x-ms-version") == nil && address.level != .service
            ? BlobServiceError.resourceNotFound : BlobServiceError.noAuthenticationInformation
    }
}
