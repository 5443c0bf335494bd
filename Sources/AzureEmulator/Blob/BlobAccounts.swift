import AzureCore
import HTTPTypes

/// The Blob services of all storage accounts behind one port: the path of a request says whose it is.
struct BlobAccounts: ManagedService {
    private let services: [String: BlobEmulator]
    /// Answers requests for accounts that are not there.
    private let first: BlobEmulator

    /// - Parameter data: Where everything is kept; nil where it ends with the process. Otherwise this blocks the thread.
    /// - Throws: An `AzureError` with `invalidArgument` when a key is not base64, with `fileError` when what is kept cannot
    ///   be had.
    init(_ configuration: EmulatorConfiguration, time: TimeSource, data: DataDirectory?) throws {
        var services: [String: BlobEmulator] = [:]
        for account in configuration.storageAccounts {
            services[account.name] = try BlobEmulator(configuration, account: account, time: time, data: data)
        }
        guard let first = services[configuration.storageAccount] else {
            throw AzureError.invalidArgument("There has to be a storage account.")
        }
        self.services = services
        self.first = first
    }

    var isReady: Bool { true }

    func respond(to request: HTTPRequest, body: HTTPByteStream) async -> HTTPTransportResponse {
        await service(for: request).respond(to: request, body: body)
    }

    func refuse(_ refusal: FrontRefusal, to request: HTTPRequest) async -> HTTPTransportResponse {
        await first.refuse(refusal, to: request)
    }

    /// Empties the account whose key has signed the request.
    func reset(askedBy request: HTTPRequest) async -> HTTPTransportResponse {
        let name = SharedKeyVerifier.account(of: request.headerFields[.authorization] ?? "")
        return await (name.flatMap { services[$0] } ?? first).reset(askedBy: request)
    }

    /// Empties all accounts.
    func reset() async throws {
        for service in services.values { try await service.reset() }
    }

    /// Keeps what has been changed.
    func close() async {
        for service in services.values { await service.store.close() }
    }

    private func service(for request: HTTPRequest) -> BlobEmulator {
        guard services.count > 1 else { return first }
        let segment = (request.path ?? "").dropFirst().prefix { $0 != "/" && $0 != "?" }
        let name = PercentEncoding.decode(segment) ?? ""
        return services[name.hasSuffix("-secondary") ? String(name.dropLast("-secondary".count)) : name] ?? first
    }
}

extension BlobEmulator {
    /// The service of an account.
    ///
    /// - Parameter account: One that has a key.
    init(
        _ configuration: EmulatorConfiguration, account: EmulatedStorageAccount, time: TimeSource, data: DataDirectory?
    ) throws {
        try self.init(
            account: account.name, key: account.keys.first ?? "", secondKey: account.keys.dropFirst().first, time: time,
            containerDeletionTime: configuration.containerDeletionTime,
            containerRetention: configuration.containerRetention,
            keepsVersions: configuration.keepsBlobVersions, rehydrationTime: configuration.rehydrationTime,
            tokens: configuration.acceptedTokens, data: data)
        acceptsUnknownVersions = configuration.acceptsUnknownBlobVersions
    }
}
