import AzureCore

/// The operations of the service.
struct BatchOperations: Sendable {
    let engine: BatchEngine
    let agent: NodeAgent
    let renderer: BatchRenderer
    let catalog: ApplicationCatalog
    let timeSource: TimeSource
    /// The storage account whose containers nodes can mount.
    var storage: LinkedStorage?

    /// Carries out a call.
    ///
    /// - Throws: A ``BatchServiceError``.
    func answer(_ call: BatchCall) async throws -> BatchAnswer {
        var answer = try await call.row.handler(self, call)
        answer.nameRequest(renderer.endpoint + call.request.rawPath)
        return answer
    }

    /// An answer with one resource.
    func element(_ json: JSONValue, kind: String, call: BatchCall, version: BatchResourceVersion?) -> BatchAnswer {
        let json = call.translated(json)
        var shown = call.select?.apply(to: json) ?? json
        shown["odata.metadata"] = .string("\(renderer.endpoint)/$metadata#\(kind)/@Element")
        return .json(200, shown, version: version)
    }

    /// An answer with a list.
    func list(_ list: [(key: String, value: JSONValue)], kind: String, call: BatchCall) -> BatchAnswer {
        let list = list.map { (key: $0.key, value: call.translated($0.value)) }
        return .json(200, call.page(of: list, kind: kind, endpoint: renderer.endpoint))
    }

    /// The answer to an operation that did what was asked. One that made something says where that is.
    func done(_ status: Int, _ version: BatchResourceVersion? = nil, at url: String? = nil) -> BatchAnswer {
        var answer = BatchAnswer.empty(status, version: version, dataServiceID: url)
        if status == 201, let url { answer.headers.append(("Location", url)) }
        return answer
    }
}

extension BatchCall {
    /// An object of the answer in the shape of the version that the request was made in.
    func translated(_ json: JSONValue) -> JSONValue {
        row.answer.map { BatchVersionShapes.of(version).answer(json, as: $0) } ?? json
    }

    /// Checks the conditions of the request against a resource.
    func check(_ version: BatchResourceVersion) throws {
        try BatchConditions(request).check(version)
    }

    /// The body, checked against the service's own table of what an object may have, and without the secrets in it: the
    /// emulator needs none of them, and what it does not keep it cannot give away.
    ///
    /// - Throws: A ``BatchServiceError``.
    func body() async throws -> JSONValue { try checked(try await json()) }

    /// The same, and what the body says of mounts, whose keys are not kept otherwise; nil when it says nothing.
    func body(mountsBy reader: MountReader) async throws -> (shown: JSONValue, mounts: [NodeMount]?) {
        guard let model = row.body else { return ([:], nil) }
        let body = try newest(try await json(), as: model)
        let mounts = (body["mountConfiguration"] ?? .null).isNull ? nil : try reader.mounts(of: body)
        return (BatchSchema.withoutSecrets(body, as: model), mounts)
    }

    /// The same if there is a body.
    func optionalBody() async throws -> JSONValue? { try await optionalJSON().map(checked) }

    private func checked(_ body: JSONValue) throws -> JSONValue {
        guard let model = row.body else { return [:] }
        return BatchSchema.withoutSecrets(try newest(body, as: model), as: model)
    }

    /// A body in the shape of the newest version, checked.
    private func newest(_ body: JSONValue, as model: String) throws -> JSONValue {
        let body = try BatchVersionShapes.of(version).request(body, as: model)
        try BatchSchema.check(body, as: model)
        return body
    }
}
