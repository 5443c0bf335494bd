import Foundation
import Testing

@testable import AzureEmulator

/// The answer to a query, read by hand: only as much of Avro as the answer has.
struct QueryAnswer {
    /// What stands before the first block, without the marker.
    private(set) var header = Data()
    /// The rows, as they are put together.
    private(set) var runs: [Data] = []
    /// Errors as `name@position`, with a `!` when they end the query.
    private(set) var errors: [String] = []
    private(set) var progress: [Int64] = []
    private(set) var end: Int64?

    /// All rows as text.
    var rows: String { String(decoding: runs.joined(), as: UTF8.self) }

    private var bytes: ArraySlice<UInt8>

    init(_ data: Data) throws {
        bytes = Array(data)[...]
        try #require(Array(take(4)) == Array("Obj".utf8) + [1])
        var metadata: [String: String] = [:]
        for _ in 0..<(try number()) { metadata[try text()] = try text() }
        #expect(try number() == 0)
        #expect(metadata["avro.codec"] == "null")
        header = Data(data.prefix(data.count - bytes.count))
        let marker = take(16)
        while !bytes.isEmpty {
            let count = try number()
            let size = Int(try number())
            let rest = bytes.count - size
            for _ in 0..<count { try record() }
            #expect(bytes.count == rest)
            #expect(Array(take(16)) == Array(marker))
        }
    }

    private mutating func record() throws {
        #expect(end == nil)
        switch try number() {
        case 0: runs.append(Data(take(Int(try number()))))
        case 1:
            let isFatal = take(1).first == 1
            let name = try text()
            #expect(try text().isEmpty == false)
            errors.append("\(name)@\(try number())\(isFatal ? "!" : "")")
        case 2:
            progress.append(try number())
            _ = try number()
        case 3: end = try number()
        case let type: Issue.record("There is no record of type \(type).")
        }
    }

    private mutating func take(_ count: Int) -> ArraySlice<UInt8> {
        defer { bytes = bytes.dropFirst(count) }
        return bytes.prefix(count)
    }

    private mutating func text() throws -> String {
        String(decoding: take(Int(try number())), as: UTF8.self)
    }

    private mutating func number() throws -> Int64 {
        var (value, shift) = (UInt64(0), UInt64(0))
        while true {
            let byte = try #require(take(1).first)
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1) }
            shift += 7
        }
    }
}

/// A request for a query.
struct QueryDocument {
    var expression: String
    var input: String?
    var output: String?

    static let json =
        "<Type>json</Type><JsonTextConfiguration><RecordSeparator>\n</RecordSeparator></JsonTextConfiguration>"
    static let csvWithHeaders = csv(hasHeaders: true)

    static func csv(
        column: String = ",", record: String = "\n", quote: String = "&quot;", escape: String = "",
        hasHeaders: Bool = false
    ) -> String {
        "<Type>delimited</Type><DelimitedTextConfiguration><ColumnSeparator>\(column)</ColumnSeparator>"
            + "<FieldQuote>\(quote)</FieldQuote><RecordSeparator>\(record)</RecordSeparator>"
            + "<EscapeChar>\(escape)</EscapeChar><HasHeaders>\(hasHeaders)</HasHeaders></DelimitedTextConfiguration>"
    }

    var data: Data {
        let text = expression.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
        var xml = "<QueryRequest><QueryType>SQL</QueryType><Expression>\(text)</Expression>"
        if let input { xml += "<InputSerialization><Format>\(input)</Format></InputSerialization>" }
        if let output { xml += "<OutputSerialization><Format>\(output)</Format></OutputSerialization>" }
        return Data((xml + "</QueryRequest>").utf8)
    }
}
