import AzureTesting
import BlobStorage
import Foundation
import HTTPTypes
import Synchronization

/// One blob in memory that answers as the service does, and that a test can change behind the client's back.
final class StoredBlob: Sendable {
    struct State {
        var content = Data()
        var metadata: [String: String] = [:]
        var version = 0
        /// Blocks that are staged, and those that the blob is made of, by their names in base64.
        var blocks: [String: Data] = [:]
        var committed: [(id: String, data: Data)] = []
        var type = "BlockBlob"
        var isThere = false
    }

    let state = Mutex(State())

    init() {}

    init(_ content: Data, metadata: [String: String], type: String = "BlockBlob") {
        write(content, metadata: metadata)
        state.withLock { $0.type = type }
    }

    var content: Data { state.withLock { $0.content } }
    var metadata: [String: String] { state.withLock { $0.metadata } }

    func write(_ content: Data, metadata: [String: String]) {
        state.withLock { state in
            state.content = content
            state.metadata = metadata
            state.version += 1
            state.isThere = true
        }
    }

    /// The encryption metadata, changed by a function.
    func changeMetadata(_ change: (String) -> String) {
        write(content, metadata: ["encryptiondata": change(metadata["encryptiondata"] ?? "")])
    }

    var transport: MockTransport {
        MockTransport { [self] request in
            switch request.method {
            case .put: put(request)
            case .head: head(request)
            default: get(request)
            }
        }
    }

    private func put(_ request: MockTransport.Request) -> MockResponse {
        let items = URLComponents(string: request.path)?.queryItems ?? []
        let query = Dictionary(uniqueKeysWithValues: items.map { ($0.name, $0.value ?? "") })
        if let id = query["blockid"] {
            state.withLock { $0.blocks[id] = request.body }
            return MockResponse(201)
        }
        var metadata: [String: String] = [:]
        for field in request.head.headerFields where field.name.canonicalName.hasPrefix("x-ms-meta-") {
            metadata[String(field.name.canonicalName.dropFirst("x-ms-meta-".count))] = field.value
        }
        if let match = request.header("If-Match"), match != etag {
            return MockResponse(412, body: errorBody("ConditionNotMet"))
        }
        if request.header("If-None-Match") == "*", state.withLock({ $0.isThere }) {
            return MockResponse(409, body: errorBody("BlobAlreadyExists"))
        }
        switch query["comp"] {
        case "metadata": write(content, metadata: metadata)
        case "blocklist":
            let ids = request.text.split(separator: "<Latest>").dropFirst().map { String($0.prefix { $0 != "<" }) }
            guard commit(ids) else { return MockResponse(400, body: errorBody("InvalidBlockList")) }
            write(state.withLock { $0.committed.reduce(into: Data()) { $0 += $1.data } }, metadata: metadata)
        default: write(request.body, metadata: metadata)
        }
        return MockResponse(query["comp"] == "metadata" ? 200 : 201, headers: ["ETag": etag])
    }

    private func commit(_ ids: [String]) -> Bool {
        state.withLock { state in
            let all = state.blocks.merging(state.committed.map { ($0.id, $0.data) }) { staged, _ in staged }
            let blocks = ids.compactMap { id in all[id].map { (id, $0) } }
            guard blocks.count == ids.count else { return false }
            state.committed = blocks
            state.blocks = [:]
            return true
        }
    }

    private func blockList() -> MockResponse {
        state.withLock { state in
            guard state.isThere || !state.blocks.isEmpty else {
                return MockResponse(404, body: errorBody("BlobNotFound"))
            }
            func blocks(_ blocks: some Sequence<(String, Data)>) -> String {
                blocks.map { "<Block><Name>\($0)</Name><Size>\($1.count)</Size></Block>" }.joined()
            }
            return MockResponse(
                200,
                body:
                    "<BlockList><CommittedBlocks>\(blocks(state.committed.map { ($0.id, $0.data) }))</CommittedBlocks>"
                    + "<UncommittedBlocks>\(blocks(state.blocks.map { ($0.key, $0.value) }))</UncommittedBlocks>"
                    + "</BlockList>")
        }
    }

    private var etag: String { state.withLock { "\"\($0.version)\"" } }

    private func head(_ request: MockTransport.Request) -> MockResponse {
        guard state.withLock({ $0.isThere }) else { return MockResponse(404) }
        var headers = fields
        headers["Content-Length"] = String(content.count)
        return MockResponse(200, headers: headers)
    }

    private var fields: [String: String] {
        var fields = ["ETag": etag, "x-ms-blob-type": state.withLock { $0.type }]
        for (name, value) in metadata { fields["x-ms-meta-\(name)"] = value }
        return fields
    }

    private func get(_ request: MockTransport.Request) -> MockResponse {
        if request.path.contains("comp=blocklist") { return blockList() }
        if let match = request.header("If-Match"), match != etag {
            return MockResponse(412, body: errorBody("ConditionNotMet"))
        }
        let content = content
        guard let range = request.header("x-ms-range") else { return MockResponse(200, headers: fields, body: content) }
        let parts = range.dropFirst("bytes=".count).split(separator: "-").compactMap { Int($0) }
        guard parts[0] < content.count else { return MockResponse(416, body: errorBody("InvalidRange")) }
        let end = min(parts.count > 1 ? parts[1] + 1 : content.count, content.count)
        var headers = fields
        headers["Content-Range"] = "bytes \(parts[0])-\(end - 1)/\(content.count)"
        return MockResponse(206, headers: headers, body: content[parts[0]..<end])
    }
}
