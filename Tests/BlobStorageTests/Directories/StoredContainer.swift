import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Synchronization

/// A container in memory that answers as the service does, as far as trees need it.
final class StoredContainer: Sendable {
    struct Blob {
        var content: Data
        var metadata: [String: String] = [:]
        var md5: Data?
        var modified = Date(timeIntervalSince1970: 1_700_000_000)
        var version = 1
    }

    private let state: Mutex<[String: Blob]>
    /// What a blob answers instead; by name and method.
    let failures = Mutex<[String: Int]>([:])
    private let open = Mutex((now: 0, most: 0))

    init(_ blobs: [String: Blob] = [:]) {
        state = Mutex(blobs)
    }

    convenience init(_ texts: [String: String]) {
        self.init(texts.mapValues { Blob(content: Data($0.utf8)) })
    }

    var blobs: [String: Blob] { state.withLock { $0 } }
    var texts: [String: String] { blobs.mapValues { String(decoding: $0.content, as: UTF8.self) } }
    /// The most requests about blobs that were under way at once.
    var mostOpen: Int { open.withLock { $0.most } }

    var transport: MockTransport {
        MockTransport { [self] request in
            let path = request.path.prefix { $0 != "?" }
            guard let name = path.dropFirst("/pictures/".count).removingPercentEncoding, !name.isEmpty else {
                return list(request)
            }
            open.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            defer { open.withLock { $0.now -= 1 } }
            await Task.yield()
            if let status = failures.withLock({ $0["\(request.method) \(name)"] }) {
                return MockResponse(status, body: errorBody(status == 403 ? "AuthorizationPermissionMismatch" : "Odd"))
            }
            return request.method == .put ? put(name, request) : get(name, request)
        }
    }

    private func put(_ name: String, _ request: MockTransport.Request) -> MockResponse {
        state.withLock { blobs in
            let existing = blobs[name]
            if request.header("If-None-Match") == "*", existing != nil {
                return MockResponse(409, body: errorBody("BlobAlreadyExists"))
            }
            if let match = request.header("If-Match"), match != existing.map({ "\"\($0.version)\"" }) {
                return MockResponse(412, body: errorBody("ConditionNotMet"))
            }
            blobs[name] = Blob(
                content: request.body, md5: request.header("x-ms-blob-content-md5").flatMap { Data(base64Encoded: $0) },
                modified: .now, version: (existing?.version ?? 0) + 1)
            return MockResponse(201, headers: ["ETag": "\"1\""])
        }
    }

    private func get(_ name: String, _ request: MockTransport.Request) -> MockResponse {
        guard let blob = blobs[name] else { return MockResponse(404, body: errorBody("BlobNotFound")) }
        var headers = ["ETag": "\"\(blob.version)\"", "Last-Modified": RFC1123Date.format(blob.modified)]
        if request.method == .head {
            headers["Content-Length"] = String(blob.content.count)
            headers["Content-MD5"] = blob.md5?.base64EncodedString()
            return MockResponse(200, headers: headers)
        }
        guard let range = request.header("x-ms-range"), !blob.content.isEmpty else {
            return request.header("x-ms-range") == nil
                ? MockResponse(200, headers: headers, body: blob.content)
                : MockResponse(416, body: errorBody("InvalidRange"))
        }
        let parts = range.dropFirst("bytes=".count).split(separator: "-").compactMap { Int($0) }
        let end = min(parts[1] + 1, blob.content.count)
        headers["Content-Range"] = "bytes \(parts[0])-\(end - 1)/\(blob.content.count)"
        return MockResponse(206, headers: headers, body: blob.content[parts[0]..<end])
    }

    private func list(_ request: MockTransport.Request) -> MockResponse {
        let items = URLComponents(string: request.path)?.queryItems ?? []
        let prefix = items.first { $0.name == "prefix" }?.value ?? ""
        let names = blobs.keys.filter { $0.hasPrefix(prefix) }
            .sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
        let entries = names.compactMap { name in
            blobs[name].map { blob in
                var text = "<Blob><Name Encoded=\"true\">\(PercentEncoding.encode(name))</Name><Properties>"
                text += "<Last-Modified>\(RFC1123Date.format(blob.modified))</Last-Modified>"
                text += "<Content-Length>\(blob.content.count)</Content-Length>"
                if let md5 = blob.md5 { text += "<Content-MD5>\(md5.base64EncodedString())</Content-MD5>" }
                text += "</Properties><Metadata>"
                for (name, value) in blob.metadata { text += "<\(name)>\(value)</\(name)>" }
                return text + "</Metadata></Blob>"
            }
        }
        return ListTests.page(entries.joined())
    }
}

/// Writes files below a directory, by their paths.
func write(_ files: [String: String], below directory: String, modified: Date? = nil) throws {
    let manager = FileManager.default
    for (name, text) in files {
        let url = URL(fileURLWithPath: directory).appendingPathComponent(name)
        try manager.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
        if let modified { try manager.setAttributes([.modificationDate: modified], ofItemAtPath: url.path) }
    }
}

/// The files below a directory, by their paths.
func files(below directory: String) throws -> [String: String] {
    var files: [String: String] = [:]
    for name in FileManager.default.enumerator(atPath: directory) ?? .init() {
        guard let name = name as? String else { continue }
        var isDirectory: ObjCBool = false
        let path = directory + "/" + name
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue else {
            continue
        }
        files[name] = try String(contentsOfFile: path, encoding: .utf8)
    }
    return files
}
