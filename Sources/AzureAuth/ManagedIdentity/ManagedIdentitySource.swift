import AzureCore
import HTTPTypes

/// Where a managed identity's tokens come from: decided by the variables of the process.
enum ManagedIdentitySource: Sendable {
    case serviceFabric(endpoint: String, secret: Secret<String>, thumbprint: String)
    case appService(endpoint: String, secret: Secret<String>)
    case arc(endpoint: String)
    case machineLearning(endpoint: String, secret: Secret<String>)
    case cloudShell(endpoint: String)
    case imds(endpoint: String)

    /// Finds the source. More specific ones come first, since some set the variables of others as well.
    init(_ environment: CredentialEnvironment) {
        let (endpoint, header) = (environment["IDENTITY_ENDPOINT"], environment["IDENTITY_HEADER"])
        let msi = environment["MSI_ENDPOINT"]
        if let endpoint, let header, let thumbprint = environment["IDENTITY_SERVER_THUMBPRINT"] {
            self = .serviceFabric(endpoint: endpoint, secret: Secret(header), thumbprint: thumbprint)
        } else if let endpoint, let header {
            self = .appService(endpoint: endpoint, secret: Secret(header))
        } else if let endpoint, environment["IMDS_ENDPOINT"] != nil {
            self = .arc(endpoint: endpoint)
        } else if let msi, let secret = environment["MSI_SECRET"] {
            self = .machineLearning(endpoint: msi, secret: Secret(secret))
        } else if let msi {
            self = .cloudShell(endpoint: msi)
        } else {
            let host = environment["AZURE_POD_IDENTITY_AUTHORITY_HOST"] ?? "http://169.254.169.254"
            self = .imds(endpoint: host)
        }
    }

    var name: String {
        switch self {
        case .serviceFabric: "Service Fabric"
        case .appService: "App Service"
        case .arc: "Azure Arc"
        case .machineLearning: "Azure Machine Learning"
        case .cloudShell: "Cloud Shell"
        case .imds: "the instance metadata service"
        }
    }

    /// Makes the request for a token and, for Cloud Shell, its form.
    ///
    /// - Throws: An `AzureError` with `invalidArgument` when the source knows no such identity, or its address is wrong.
    func request(_ resource: String, _ identity: ManagedIdentityID) throws -> (request: HTTPRequest, form: String?) {
        let selector = try selector(identity)
        func get(
            _ endpoint: String, _ version: String, path: String = "", _ headers: [(String, String)]
        ) throws -> (HTTPRequest, String?) {
            var request = try AzureEndpoint(endpoint).request(
                .get, path: path, query: [("api-version", version), ("resource", resource)] + selector)
            for (name, value) in headers {
                if let name = HTTPField.Name(name) { request.headerFields[name] = value }
            }
            return (request, nil)
        }
        switch self {
        case .serviceFabric(let endpoint, let secret, _):
            return try get(endpoint, "2019-07-01-preview", [("Secret", secret.value)])
        case .appService(let endpoint, let secret):
            return try get(endpoint, "2019-08-01", [("X-IDENTITY-HEADER", secret.value), ("Metadata", "true")])
        case .arc(let endpoint):
            return try get(endpoint, "2020-06-01", [("Metadata", "true")])
        case .machineLearning(let endpoint, let secret):
            return try get(endpoint, "2017-09-01", [("secret", secret.value)])
        case .cloudShell(let endpoint):
            var request = try AzureEndpoint(endpoint).request(.post, path: "")
            if let name = HTTPField.Name("Metadata") { request.headerFields[name] = "true" }
            return (request, formEncoded([("resource", resource)]))
        case .imds(let endpoint):
            return try get(endpoint, "2018-02-01", path: "/metadata/identity/oauth2/token", [("Metadata", "true")])
        }
    }

    /// How the source wants to be told which identity.
    private func selector(_ identity: ManagedIdentityID) throws -> [(name: String, value: String)] {
        switch (self, identity) {
        case (_, .systemAssigned): return []
        case (.appService, .clientID(let id)), (.imds, .clientID(let id)): return [("client_id", id)]
        case (.appService, .objectID(let id)), (.imds, .objectID(let id)): return [("object_id", id)]
        case (.appService, .resourceID(let id)): return [("mi_res_id", id)]
        case (.imds, .resourceID(let id)): return [("msi_res_id", id)]
        case (.machineLearning, .clientID(let id)): return [("clientid", id)]
        default:
            throw AzureError.invalidArgument(
                "ManagedIdentityCredential: \(name) cannot be asked for this identity"
                    + (isServiceFabric ? "; the cluster's configuration decides which one it is." : "."))
        }
    }

    private var isServiceFabric: Bool {
        if case .serviceFabric = self { true } else { false }
    }

    /// When a request is sent again. The metadata service may be gone for 70 seconds while it is updated (410), and knows
    /// nothing of a new identity for a while (404).
    func retry(_ options: CredentialOptions) -> CredentialRetry {
        guard case .imds = self else { return CredentialRetry(limit: options.maxRetries) }
        return CredentialRetry(
            limit: 5,
            statuses: { $0 == 404 || $0 == 410 || $0 == 429 || (500...599).contains($0) },
            baseAfter: { $0 == 410 ? .milliseconds(2500) : nil })
    }
}
