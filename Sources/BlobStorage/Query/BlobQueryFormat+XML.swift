import AzureCore
import StorageCore

import struct Foundation.Data

/// The document that asks for rows.
enum BlobQueryDocument {
    /// Writes the document.
    ///
    /// - Parameters:
    ///   - expression: What to select.
    ///   - input: The format of the blob; nil leaves it to the service.
    ///   - output: The format of the answer; nil leaves it to the service.
    static func make(_ expression: String, input: BlobQueryFormat?, output: BlobQueryFormat?) throws -> Data {
        try check(expression, input, output)
        var writer = XMLWriter()
        try writer.element("QueryRequest") { root in
            try root.element("QueryType", text: "SQL")
            try root.element("Expression", text: expression)
            for (name, format) in [("InputSerialization", input), ("OutputSerialization", output)] {
                guard let format else { continue }
                try root.element(name) { try $0.element("Format") { try format.write(to: &$0) } }
            }
        }
        return writer.data
    }

    private static func check(_ expression: String, _ input: BlobQueryFormat?, _ output: BlobQueryFormat?) throws {
        guard !expression.isEmpty else { throw AzureError.invalidArgument("The expression of the query is empty.") }
        guard expression.utf8.count <= Limits.queryExpression else {
            throw AzureError.invalidArgument(
                "The expression of the query has \(expression.utf8.count) bytes; the service takes "
                    + "\(Limits.queryExpression).")
        }
        if case .arrow? = input?.kind { throw AzureError.invalidArgument("A blob in Arrow cannot be queried.") }
        switch output?.kind {
        case .parquet?: throw AzureError.invalidArgument("A query cannot answer in Parquet.")
        case .arrow(let fields)? where fields.isEmpty:
            throw AzureError.invalidArgument("An answer in Arrow needs the types of its columns.")
        default: break
        }
    }
}

extension BlobQueryFormat {
    /// Writes this as the content of the element `Format`.
    fileprivate func write(to writer: inout XMLWriter) throws {
        switch kind {
        case .csv(let format):
            try writer.element("Type", text: "delimited")
            try writer.element("DelimitedTextConfiguration") { element in
                try element.element("ColumnSeparator", text: format.columnSeparator)
                try element.element("FieldQuote", text: format.quote)
                try element.element("RecordSeparator", text: format.recordSeparator)
                try element.element("EscapeChar", text: format.escape)
                try element.element("HasHeaders", flag: format.hasHeaders)
            }
        case .json(let format):
            try writer.element("Type", text: "json")
            try writer.element("JsonTextConfiguration") {
                try $0.element("RecordSeparator", text: format.recordSeparator)
            }
        case .parquet:
            try writer.element("Type", text: "parquet")
            writer.element("ParquetTextConfiguration") { _ in }
        case .arrow(let fields):
            try writer.element("Type", text: "arrow")
            try writer.element("ArrowConfiguration") { element in
                try element.element("Schema") { schema in
                    for field in fields { try field.write(to: &schema) }
                }
            }
        }
    }
}

extension BlobQueryArrowField {
    fileprivate func write(to writer: inout XMLWriter) throws {
        try writer.element("Field") { element in
            try element.element("Type", text: type.rawValue)
            try element.element("Name", optional: name)
            try element.element("Precision", integer: precision)
            try element.element("Scale", integer: scale)
        }
    }
}
