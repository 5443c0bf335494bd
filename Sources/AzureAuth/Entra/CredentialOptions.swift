public import AzureCore
import Foundation

/// What all credentials of Microsoft Entra ID have in common.
public struct CredentialOptions: Sendable {
    /// Where to sign in, such as `https://login.microsoftonline.us`. The default is the variable
    /// `AZURE_AUTHORITY_HOST`, and without it the public cloud.
    public var authorityHost: String?
    /// Additional tenants for which tokens may be requested; `*` stands for all. The default is none.
    public var additionallyAllowedTenants: [String] = []
    /// Whether to trust an authority that the public cloud does not know, such as that of a private cloud, without asking
    /// the public cloud about it. The default is false.
    public var disablesInstanceDiscovery = false
    /// Whether `http` will do for the authority when its host is this machine, as in tests. The default is false.
    public var allowsInsecureLoopback = false
    /// The transport. The default is one that the whole process shares.
    public var transport: any HTTPTransport = DefaultTransport.shared
    /// The source of time.
    public var timeSource: TimeSource = .system
    /// The variables that configure credentials. The default are those of the process.
    public var environment = CredentialEnvironment()
    /// The maximum number of retries of a request that failed for a transient reason. The default is 3.
    public var maxRetries = 3
    /// The time without any data after which a request fails. The default is 30 seconds.
    public var requestTimeout: Duration = .seconds(30)

    /// Where the keys of Azure Arc are; nil where there is no Azure Arc.
    var arcDirectory: String? = ArcChallenge.directory
    /// Reads a file of at most so many bytes.
    var readFile: @Sendable (_ path: String, _ limit: Int) async throws -> Data = CredentialFile.read
    /// Runs a developer's tool.
    var runProgram: @Sendable (_ program: CredentialProgram) async throws -> CredentialProgram.Output = {
        try await $0.run()
    }

    /// Creates options with the defaults.
    public init() {}
}

/// Environment variables. Descriptions contain no value.
public struct CredentialEnvironment: Sendable, CustomStringConvertible, CustomReflectable {
    let values: [String: String]

    /// Takes the variables of the process.
    public init() {
        self.init(ProcessInfo.processInfo.environment)
    }

    /// Takes other variables, as in tests.
    public init(_ values: [String: String]) {
        self.values = values
    }

    /// The value of a variable; nil when it is not set, or empty.
    public subscript(_ name: String) -> String? {
        values[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    public var description: String { "CredentialEnvironment(\(values.count) variables)" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// A value that cannot be printed.
struct Secret<Value: Sendable>: Sendable, CustomStringConvertible, CustomReflectable {
    let value: Value

    init(_ value: Value) {
        self.value = value
    }

    var description: String { Redactor.mark }
    var customMirror: Mirror { Mirror(self, children: [:]) }
}
