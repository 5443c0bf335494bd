public import AzureCore
import HTTPTypes

/// Signs in as the identity that Azure gives to a machine, an app or a function.
///
/// The variables of the process say where tokens come from: Service Fabric, App Service and Functions, Azure Arc, Azure
/// Machine Learning, Cloud Shell, else the instance metadata service of virtual machines.
public struct ManagedIdentityCredential: TokenCredential {
    static let name = "ManagedIdentityCredential"

    /// Makes a transport that trusts the one certificate with a SHA-1 thumbprint, in lower-case hexadecimal.
    public typealias PinnedTransport = @Sendable (_ thumbprint: String) throws -> any HTTPTransport

    private let identity: ManagedIdentityID
    private let options: CredentialOptions
    private let probe: Probe?
    private let pinned: PinnedTransport?

    /// Creates a credential.
    ///
    /// - Parameters:
    ///   - identity: Which identity. The default is the system-assigned one.
    ///   - options: Transport, time, variables.
    ///   - serviceFabricTransport: What talks to Service Fabric, whose endpoint has a certificate that nobody signed. By
    ///     default it is the transport of the options, which must trust that certificate by itself.
    public init(
        _ identity: ManagedIdentityID = .systemAssigned, options: CredentialOptions = CredentialOptions(),
        serviceFabricTransport: PinnedTransport? = nil
    ) {
        self.init(identity, options, probes: false, serviceFabricTransport)
    }

    /// In a chain, a machine without identities must be recognised within a second.
    init(
        _ identity: ManagedIdentityID, _ options: CredentialOptions, probes: Bool, _ pinned: PinnedTransport? = nil
    ) {
        self.identity = identity
        self.options = options
        self.pinned = pinned
        probe = probes && options.environment["AZURE_POD_IDENTITY_AUTHORITY_HOST"] == nil ? Probe() : nil
    }

    /// Gets a token from the source that the variables name.
    ///
    /// - Throws: An `AzureError`: `credentialUnavailable` where no such identity is, `signInFailed` where it was refused,
    ///   `invalidArgument` where the source cannot be asked for the identity.
    public func token(for request: TokenRequest) async throws -> AccessToken {
        let source = ManagedIdentitySource(options.environment)
        let (message, form) = try source.request(try resourceName(of: request, Self.name), identity)
        var http = CredentialHTTP(Self.name, options)
        switch source {
        case .imds: try await probe?.check(message, options)
        case .serviceFabric(_, _, let thumbprint): http = try fabric(message, thumbprint)
        default: break
        }
        let answer: CredentialAnswer
        do {
            answer = try await send(message, form, source, http)
        } catch let error as AzureError where error.underlying is HTTPTransportError {
            throw AzureError.unavailable(
                Self.name, "No answer from \(source.name).", underlying: error.underlying)
        }
        return try token(in: answer, of: source)
    }

    private func send(
        _ message: HTTPRequest, _ form: String?, _ source: ManagedIdentitySource, _ http: CredentialHTTP
    ) async throws -> CredentialAnswer {
        let answer = try await http.send(message, form: form, retry: source.retry(options))
        guard case .arc = source, answer.status == .unauthorized else { return answer }
        let challenge = try ArcChallenge(
            answer.head.headerFields[.wwwAuthenticate], credential: Self.name, directory: options.arcDirectory)
        var message = message
        message.headerFields[.authorization] = "Basic \(try await challenge.key(options, credential: Self.name).value)"
        return try await http.send(message, retry: source.retry(options))
    }

    private func fabric(_ message: HTTPRequest, _ thumbprint: String) throws -> CredentialHTTP {
        let text = thumbprint.filter { !" :\t\r\n".contains($0) }.lowercased()
        guard text.utf8.count == 40, text.allSatisfy({ $0.isASCII && $0.isHexDigit }), message.scheme == "https" else {
            throw AzureError.invalidArgument(
                "\(Self.name): Service Fabric needs an https endpoint and a SHA-1 thumbprint of 40 hexadecimal digits.")
        }
        var options = options
        if let pinned { options.transport = try pinned(text) }
        return CredentialHTTP(Self.name, options)
    }

    private func token(in answer: CredentialAnswer, of source: ManagedIdentitySource) throws -> AccessToken {
        let json = answer.json
        if answer.status.code == 200, let json, let token = TokenAnswer(json, now: options.timeSource.now()) {
            return token.token
        }
        let text = json.flatMap { EntraFailure($0)?.text ?? $0["message"] as? String } ?? ""
        if case .imds = source {
            if answer.status.code == 400 {
                throw AzureError.unavailable(Self.name, "No such identity is assigned to this machine. \(text)")
            }
            if answer.status.code == 403, String(decoding: answer.body, as: UTF8.self).contains("unreachable") {
                throw AzureError.unavailable(Self.name, "A proxy says that the metadata service is unreachable.")
            }
            guard json != nil else {
                throw AzureError.unavailable(
                    Self.name, "What answered is no metadata service: HTTP \(answer.status.code) without JSON.")
            }
        }
        if let failure = json.flatMap(EntraFailure.init) { throw failure.error(Self.name, status: answer.status) }
        throw AzureError.signIn(
            Self.name, "The answer of \(source.name) has no token. \(text.prefix(500))", status: answer.status)
    }
}

extension ManagedIdentityCredential {
    /// Finds out within a second whether there is a metadata service at all.
    actor Probe {
        private var isThere = false

        /// Sends the request without the field that it needs: any answer will do. What is found is kept.
        func check(_ message: HTTPRequest, _ options: CredentialOptions) async throws {
            guard !isThere else { return }
            var message = message
            if let name = HTTPField.Name("Metadata") { message.headerFields[name] = nil }
            do {
                _ = try await options.transport.send(
                    message, body: nil, options: HTTPTransportOptions(idleTimeout: .seconds(1)))
                isThere = true
            } catch let error as HTTPTransportError {
                throw AzureError.unavailable(
                    ManagedIdentityCredential.name,
                    "No metadata service answers; this is no machine of Azure, or it has "
                        + "no identity.", underlying: error)
            }
        }
    }
}

/// The resource that a scope is about: what stands before `/.default`.
func resourceName(of request: TokenRequest, _ credential: String) throws -> String {
    guard request.scopes.count == 1, let scope = request.scopes.first, !scope.isEmpty else {
        throw AzureError.invalidArgument("\(credential): exactly one scope is needed, not \(request.scopes.count).")
    }
    return scope.hasSuffix("/.default") ? String(scope.dropLast(9)) : scope
}
