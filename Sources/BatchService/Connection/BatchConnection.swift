import AzureCore
import BatchModels

import struct Foundation.Data

/// Sends calls and reads answers, for all groups of operations.
struct BatchConnection: Sendable {
    let service: ServiceConnection
    let version: BatchServiceVersion
    /// What calls take that do not say otherwise; see ``with(_:)``.
    private var common: CallOptions?

    /// A page of 1000 tasks with long command lines has some megabytes.
    static let answerLimit = 64 * 1024 * 1024

    init(
        endpoint: AzureEndpoint, account: String?, authentication: any PipelinePolicy, options: BatchClientOptions
    ) {
        version = options.apiVersion
        service = ServiceConnection(
            endpoint: endpoint, definition: .batch(options.apiVersion, account: account),
            authentication: authentication, options: options.pipeline)
    }

    var endpoint: AzureEndpoint { service.endpoint }
    var timeSource: TimeSource { service.timeSource }

    /// The retries of calls that do not say otherwise.
    var retry: RetryOptions { common?.retry ?? service.retry }

    /// The same connection for the many requests of one call, each of which takes its options unless it has its own.
    func with(_ call: CallOptions) -> BatchConnection {
        var connection = self
        connection.common = call.withoutDate
        return connection
    }

    // MARK: Calls

    /// Sends a call: all of them go this way.
    func answer(to call: BatchCall) async throws -> ServiceAnswer {
        try await service.send(operation(of: call))
    }

    private func operation(of call: BatchCall) -> ServiceOperation {
        var operation = call.operation
        if let common { operation.call = operation.call.filled(from: common) }
        return operation
    }

    /// Sends a call whose answer is in the status and the header fields.
    func send(_ call: BatchCall) async throws -> BatchResponseHeaders {
        BatchResponseHeaders(try await answer(to: call).head)
    }

    /// Sends a call whose answer is a model.
    func receive<Model: Decodable>(_ call: BatchCall) async throws -> Model {
        try await answer(to: call).readModel()
    }

    /// Sends a call whose answer is a model, and one only with some property.
    func receive<Model: Decodable, Value>(
        _ call: BatchCall, requiring property: KeyPath<Model, Value?>
    ) async throws -> Model {
        let answer = try await answer(to: call)
        let model: Model = try await answer.readModel()
        guard model[keyPath: property] != nil else {
            throw answer.context.error(
                .invalidResponse, "The answer is no \(Model.self): what it must have is missing.")
        }
        return model
    }

    /// Whether a resource is there.
    func exists(_ call: BatchCall) async throws -> Bool {
        try await service.exists(operation(of: call))
    }

    // MARK: Lists

    /// A list that goes on over all its pages.
    func list<Item: Decodable & Sendable>(
        continuingFrom token: String?, first: @escaping @Sendable () throws -> BatchCall
    ) -> PagedSequence<Item> {
        PagedSequence(continuingFrom: token) { token in
            var call = try first()
            if let token { call.follow(try NextLink(token, endpoint: endpoint, version: version)) }
            let answer = try await answer(to: call)
            let page: BatchPage<Item> = try await answer.readModel()
            if let next = page.nextLink {
                // A bad link is an error now, not when the next page is asked for.
                try answer.context.reading { _ = try NextLink(next, endpoint: endpoint, version: version) }
            }
            return Page(items: page.value, continuationToken: page.nextLink)
        }
    }
}

extension ServiceAnswer {
    /// Reads a model. An answer that cannot be read is an error with the context of the call.
    func readModel<Model: Decodable>(as type: Model.Type = Model.self) async throws -> Model {
        try await read { data in
            guard !data.isEmpty else {
                throw AzureError(
                    code: .invalidResponse, message: "The answer has no body, where \(Model.self) is due.")
            }
            return try BatchJSON.decode(Model.self, from: data)
        }
    }
}

/// One page of a list, as the service sends it.
struct BatchPage<Item: Decodable>: Decodable {
    let value: [Item]
    let nextLink: String?

    private enum CodingKeys: String, CodingKey {
        case value
        case nextLink = "odata.nextLink"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        value = try container.decode([Item].self, forKey: .value)
        let link = try container.decodeIfPresent(String.self, forKey: .nextLink)
        nextLink = link?.isEmpty == false ? link : nil
    }
}
