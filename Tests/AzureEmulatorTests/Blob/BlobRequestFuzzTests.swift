import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("Any request to the emulated Blob service has an answer")
struct BlobRequestFuzzTests {
    /// How long one request may take, however busy the machine is.
    private static let patience = Duration.seconds(10)
    /// How many requests a run has; more on request.
    private static let count = Int(ProcessInfo.processInfo.environment["AZURE_SWIFT_FUZZ_COUNT"] ?? "") ?? 1500

    @Test("Random requests are answered by the service, soon, and never with a failure of its own", arguments: 1...4)
    func requests(_ seed: UInt64) async throws {
        var random = RandomRequest(seed: seed)
        let clock = ContinuousClock()
        var account = try await Self.account(seed)
        for index in 0..<Self.count {
            if index % 100 == 0 { account = try await Self.account(seed) }
            let request = random.next()
            let start = clock.now
            let answer = try await account.send(
                request.method, request.path, request.query, request.fields,
                stream: request.body.map { HTTPByteStream($0) },
                length: request.length)
            var read = 0
            for try await chunk in answer.body {
                read += chunk.count
                if read > 4 << 20 { break }
            }
            #expect((200..<500).contains(answer.status) || answer.status == 501, "\(request)")
            #expect(clock.now - start < Self.patience, "\(request)")
        }
    }

    @Test("Random queries are answered, and their answers can be read", arguments: 1...4)
    func queries(_ seed: UInt64) async throws {
        var random = RandomRequest(seed: seed)
        let account = try await Self.account(seed)
        let clock = ContinuousClock()
        for _ in 0..<Self.count / 2 {
            let (path, document) = random.query()
            let start = clock.now
            let answer = try await account.send(.post, path, "comp=query", body: document.data)
            if answer.status == 200 {
                let read = try QueryAnswer(try await answer.data())
                #expect(read.end != nil || read.errors.last?.hasSuffix("!") == true, "\(document)")
            } else {
                #expect((400..<500).contains(answer.status) || answer.status == 501, "\(document)")
            }
            #expect(clock.now - start < Self.patience, "\(document)")
        }
    }

    private static func account(_ seed: UInt64) async throws -> BlobTestAccount {
        let account = try BlobTestAccount(retention: .seconds(86_400), keepsVersions: seed % 2 == 0)
        try await account.makeContainer()
        try await account.makeBlob("/box/a")
        try await account.makeBlob(
            "/box/lines", Data("a,1,2026-01-02\n\"b\"\"\",-2,\n\n,,,,\n9223372036854775807,x".utf8))
        try await account.makeBlob(
            "/box/objects", Data("{\"a\":[1,{\"b\":null}],\"c\":1e3}\n{\"a\":{\"b\":\"\\u00e9\"}}".utf8))
        try await account.makePages("/box/disk", length: 8 << 40)
        try await account.makeLog()
        return account
    }
}

/// Requests put together from what the service knows and from values at the ends of what there is.
struct RandomRequest {
    struct Request: CustomStringConvertible {
        var method: HTTPRequest.Method
        var path: String
        var query: String
        var fields: [(String, String)]
        var body: Data?
        var length: Int64?

        var description: String { "\(method.rawValue) \(path)?\(query) \(fields) \(length ?? -1)" }
    }

    private var generator: SeededGenerator

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    private mutating func one<Element>(of elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &generator)]
    }

    private mutating func happens(onceIn count: Int) -> Bool { Int.random(in: 0..<count, using: &generator) == 0 }

    mutating func next() -> Request {
        var query: [String] = []
        if !happens(onceIn: 4) { query.append("comp=\(one(of: Self.operations))") }
        if happens(onceIn: 3) { query.append("restype=\(one(of: ["container", "service", "account", "x"]))") }
        while happens(onceIn: 2) { query.append("\(one(of: Self.parameters))=\(one(of: Self.values))") }
        var fields: [(String, String)] = []
        while !happens(onceIn: 6) { fields.append((one(of: Self.fields), one(of: Self.values + Self.words))) }
        if happens(onceIn: 2) { fields.append(("x-ms-blob-type", one(of: ["BlockBlob", "PageBlob", "AppendBlob"]))) }
        let body: Data? = happens(onceIn: 4) ? nil : Data(one(of: Self.bodies).utf8)
        var length = body.map { Int64($0.count) }
        if happens(onceIn: 20) { length = one(of: [nil, 0, 1, 511, .max, 5_000 << 20]) }
        return Request(
            method: one(of: [.put, .put, .put, .get, .head, .post, .delete, .options]), path: one(of: Self.paths),
            query: query.joined(separator: "&"), fields: fields, body: body, length: length)
    }

    mutating func query() -> (path: String, document: QueryDocument) {
        var expression = "SELECT "
        for _ in 0..<Int.random(in: 1...3, using: &generator) { expression += self.expression(depth: 4) + ", " }
        expression =
            String(expression.dropLast(2)) + " FROM BlobStorage" + one(of: ["", "", "[*]", ".a", ".a[*].b", "[0]"])
        if happens(onceIn: 2) { expression += " WHERE " + self.expression(depth: 4) }
        if happens(onceIn: 4) { expression += " LIMIT \(one(of: ["0", "1", "9223372036854775807", "x", "1e3"]))" }
        let formats = [
            nil, QueryDocument.csv(), QueryDocument.csvWithHeaders, QueryDocument.json,
            QueryDocument.csv(column: "aab", record: "ab", quote: "a", escape: "b"),
            QueryDocument.csv(column: "\\", record: ";", quote: "", escape: "\\"),
        ]
        let document = QueryDocument(expression: expression, input: one(of: formats), output: one(of: formats))
        return (one(of: ["/box/lines", "/box/objects", "/box/a"]), document)
    }

    private mutating func expression(depth: Int) -> String {
        guard depth > 0, !happens(onceIn: 4) else { return one(of: Self.atoms) }
        let (first, second, third) = (expression(depth: depth - 1), expression(depth: depth - 1), one(of: Self.atoms))
        switch Int.random(in: 0..<12, using: &generator) {
        case 0: return "(\(first) \(one(of: ["+", "-", "*", "/", "%"])) \(second))"
        case 1: return "(\(first) \(one(of: ["=", "<>", "<", "<=", ">", ">=", "AND", "OR"])) \(second))"
        case 2: return "CAST(\(first) AS \(one(of: ["INT", "FLOAT", "STRING", "TIMESTAMP", "BOOL"])))"
        case 3: return "SUBSTRING(\(first), \(second), \(third))"
        case 4: return "(\(first) BETWEEN \(second) AND \(third))"
        case 5: return "(\(first) IN (\(second), \(third)))"
        case 6: return "(\(first) LIKE \(second) ESCAPE \(third))"
        case 7: return "\(one(of: ["COUNT", "SUM", "AVG", "MIN", "MAX"]))(\(first))"
        case 8: return "TRIM(\(one(of: ["", "LEADING ", "TRAILING ", "BOTH "]))\(first) FROM \(second))"
        case 9: return "\(one(of: ["NOT ", "- ", "+", "-"]))\(first)"
        case 10: return "(\(first) IS \(one(of: ["NULL", "NOT NULL", "MISSING"])))"
        default:
            return
                "\(one(of: ["UPPER", "LOWER", "CHAR_LENGTH", "TO_TIMESTAMP", "COALESCE", "NULLIF", "UTCNOW"]))(\(first), \(second))"
        }
    }
}
