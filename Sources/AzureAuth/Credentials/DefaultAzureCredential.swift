public import AzureCore

/// A credential that chooses the way to sign in by the environment of the program.
///
/// In this order: environment variables, workload identity, managed identity, Azure CLI, Azure PowerShell, Azure Developer
/// CLI. Visual Studio Code, the broker of the operating system and a browser, which other SDKs try as well, are left out.
/// The variable `AZURE_TOKEN_CREDENTIALS` narrows the choice: `prod` for the first three, `dev` for the others, or the name
/// of one, such as `ManagedIdentityCredential`.
public struct DefaultAzureCredential: TokenCredential {
    /// A credential that can be tried. More may be added.
    public struct Kind: RawRepresentable, Sendable, Hashable, CaseIterable, CustomStringConvertible {
        public let rawValue: String

        /// Creates a kind by its name, which may be unknown to this version.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// ``EnvironmentCredential``.
        public static let environment = Kind(rawValue: "EnvironmentCredential")
        /// ``WorkloadIdentityCredential``.
        public static let workloadIdentity = Kind(rawValue: "WorkloadIdentityCredential")
        /// ``ManagedIdentityCredential``.
        public static let managedIdentity = Kind(rawValue: "ManagedIdentityCredential")
        /// ``AzureCLICredential``.
        public static let azureCLI = Kind(rawValue: "AzureCLICredential")
        /// ``AzurePowerShellCredential``.
        public static let azurePowerShell = Kind(rawValue: "AzurePowerShellCredential")
        /// ``AzureDeveloperCLICredential``.
        public static let azureDeveloperCLI = Kind(rawValue: "AzureDeveloperCLICredential")

        /// All kinds that this version tries, in this order.
        public static let allCases = [
            environment, workloadIdentity, managedIdentity, azureCLI, azurePowerShell, azureDeveloperCLI,
        ]

        public var description: String { rawValue }

        var isForDevelopers: Bool { [.azureCLI, .azurePowerShell, .azureDeveloperCLI].contains(self) }
    }

    private static let name = "DefaultAzureCredential"
    private static let variable = "AZURE_TOKEN_CREDENTIALS"
    private let chain: ChainedTokenCredential

    /// Which credentials are tried, in this order.
    public let kinds: [Kind]

    /// Creates a credential.
    ///
    /// - Parameters:
    ///   - excluding: Those not to try. The default is none.
    ///   - managedIdentityClientID: The user-assigned identity; nil for the variable `AZURE_CLIENT_ID`, and without it for
    ///     the system-assigned one.
    ///   - requiresVariable: Whether `AZURE_TOKEN_CREDENTIALS` must be set. The default is false.
    ///   - options: Authority, transport, time, variables.
    /// - Throws: An `AzureError` with `invalidArgument` when `AZURE_TOKEN_CREDENTIALS` names something unknown, or nothing
    ///   is left to try.
    public init(
        excluding: Set<Kind> = [], managedIdentityClientID: String? = nil, requiresVariable: Bool = false,
        options: CredentialOptions = CredentialOptions()
    ) throws {
        let selection = options.environment[Self.variable]?.trimmingWhitespace()
        guard !requiresVariable || selection != nil else {
            throw AzureError.invalidArgument("\(Self.name): \(Self.variable) is not set, but required.")
        }
        let selected = try Self.selected(selection)
        kinds = selected.filter { !excluding.contains($0) }
        guard !kinds.isEmpty else { throw AzureError.invalidArgument("\(Self.name): every credential is excluded.") }
        let clientID = managedIdentityClientID ?? options.environment["AZURE_CLIENT_ID"]
        let probes = kinds.count > 1
        // One object for all tokens: it remembers what it has found out about the machine.
        let managed = ManagedIdentityCredential(
            clientID.map { .clientID($0) } ?? .systemAssigned, options, probes: probes)
        chain = ChainedTokenCredential(Self.name, kinds.map { Self.link($0, managed, options) })
    }

    /// Gets a token from the first credential that gives one, and from the same one later.
    public func token(for request: TokenRequest) async throws -> AccessToken {
        try await chain.token(for: request)
    }

    private static func selected(_ text: String?) throws -> [Kind] {
        guard let text, !text.isEmpty else { return Kind.allCases }
        switch text.lowercased() {
        case "prod": return Kind.allCases.filter { !$0.isForDevelopers }
        case "dev": return Kind.allCases.filter(\.isForDevelopers)
        case let name:
            guard let kind = Kind.allCases.first(where: { $0.rawValue.lowercased() == name }) else {
                let names = Kind.allCases.map(\.rawValue).joined(separator: ", ")
                throw AzureError.invalidArgument(
                    "\(self.name): \(variable) is '\(text)'; it must be prod, dev or one of \(names).")
            }
            return [kind]
        }
    }

    private static func link(
        _ kind: Kind, _ managed: ManagedIdentityCredential, _ options: CredentialOptions
    ) -> ChainedTokenCredential.Link {
        .init(name: kind.rawValue, passesOverRefusals: kind.isForDevelopers) {
            switch kind {
            case .environment: try EnvironmentCredential(options: options)
            case .workloadIdentity: try WorkloadIdentityCredential(options: options)
            case .managedIdentity: managed
            case .azureCLI: try AzureCLICredential(options: options)
            case .azurePowerShell: try AzurePowerShellCredential(options: options)
            case .azureDeveloperCLI: try AzureDeveloperCLICredential(options: options)
            default: throw AzureError.invalidArgument("\(name): '\(kind)' is not a credential that can be tried.")
            }
        }
    }
}
