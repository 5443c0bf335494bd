import AzureCore
import BatchModels
import HTTPTypes

import struct Foundation.Data

/// Sends calls and reads answers, for all groups of operations.
struct BatchConnection: Sendable {
    let endpoint: AzureEndpoint
    let pipeline: HTTPPipeline
    /// The same without retries, for what has to know how often it was sent.
    let singleTryPipeline: HTTPPipeline
    let version: BatchServiceVersion
    let retry: RetryOptions
    let timeSource: TimeSource

    /// A page of 1000 tasks with long command lines has some megabytes.
    static let answerLimit = 64 * 1024 * 1024

    init(
        endpoint: AzureEndpoint, pipeline: HTTPPipeline, singleTryPipeline: HTTPPipeline, options: BatchClientOptions
    ) {
        self.endpoint = endpoint
        self.pipeline = pipeline
        self.singleTryPipeline = singleTryPipeline
        retry = options.pipeline.retry
        version = options.apiVersion
        timeSource = options.pipeline.timeSource
    }

    // MARK: Calls

    /// Sends a call whose answer is in the status and the header fields.
    func send(_ call: BatchCall) async throws -> BatchResponseHeaders {
        let answer = try await answer(to: call)
        return BatchResponseHeaders(answer.head.headerFields)
    }

    /// Sends a call whose answer is a model.
    func receive<Model: Decodable>(_ call: BatchCall) async throws -> Model {
        let answer = try await answer(to: call)
        return try await decode(answer, about: answer.context)
    }

    /// Whether a resource is there.
    func exists(_ call: BatchCall) async throws -> Bool {
        do {
            _ = try await answer(to: call)
            return true
        } catch let error as AzureError where error.status == .notFound {
            return false
        }
    }

    /// Sends a call and checks the status.
    func answer(to call: BatchCall) async throws -> BatchAnswer {
        try await answer(to: call.request(to: endpoint, version: version, limit: Self.answerLimit))
    }

    func answer(to request: PipelineRequest) async throws -> BatchAnswer {
        let response = try await pipeline.send(request)
        let context = BatchErrorContext(request: request, head: response.head)
        guard response.head.status.kind == .successful else {
            var error = context.error(from: try await response.body.collect(upTo: Self.answerLimit))
            error.earlierTryMayHaveActed = response.earlierTryMayHaveActed
            throw error
        }
        return BatchAnswer(head: response.head, body: response.body, context: context)
    }

    func decode<Model: Decodable>(_ answer: BatchAnswer, about context: BatchErrorContext) async throws -> Model {
        let data = try await answer.body.collect(upTo: Self.answerLimit)
        guard !data.isEmpty else {
            throw context.invalidResponse("The answer has no body, where \(Model.self) is due.")
        }
        do {
            return try BatchJSON.decode(Model.self, from: data)
        } catch let error as DecodingError {
            throw context.invalidResponse("The answer is not \(Model.self): \(error.place)", underlying: error)
        }
    }

    // MARK: Lists

    /// A list that goes on over all its pages.
    func list<Item: Decodable & Sendable>(
        continuingFrom token: String?, first: @escaping @Sendable () throws -> BatchCall
    ) -> PagedSequence<Item> {
        PagedSequence(continuingFrom: token) { token in
            let call = try first()
            var request = call.request(to: endpoint, version: version, limit: Self.answerLimit)
            if let token {
                request.request.path = try NextLink(token, endpoint: endpoint, version: version).path
            }
            let answer = try await answer(to: request)
            let page: BatchPage<Item> = try await decode(answer, about: answer.context)
            if let next = page.nextLink {
                // A bad link is an error now, not when the next page is asked for.
                _ = try NextLink(next, endpoint: endpoint, version: version)
            }
            return Page(items: page.value, continuationToken: page.nextLink)
        }
    }
}

/// An answer with a good status.
struct BatchAnswer: Sendable {
    let head: HTTPResponse
    let body: HTTPResponseBody
    let context: BatchErrorContext
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
