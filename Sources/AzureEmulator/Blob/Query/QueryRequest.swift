import struct Foundation.Data

/// What a query asks for.
struct QueryRequest: Sendable {
    /// The most bytes of an expression.
    static let maxExpression = 256 * 1024

    let expression: String
    let input: QueryFormat
    let output: QueryFormat

    /// Reads the body of a request.
    init(_ body: Data) throws {
        guard let root = XMLTree(parsing: body), root.name == "QueryRequest" else { throw BlobServiceError.invalidXml }
        guard let type = root.child("QueryType")?.text else { throw BlobServiceError.missingXmlNode("QueryType") }
        guard type.uppercased() == "SQL" else {
            throw BlobServiceError.invalidXmlValue("QueryType", type, reason: "It is not SQL.")
        }
        guard let expression = root.child("Expression")?.text else {
            throw BlobServiceError.missingXmlNode("Expression")
        }
        guard (1...Self.maxExpression).contains(expression.utf8.count) else {
            throw BlobServiceError.invalidXmlValue(
                "Expression", String(expression.prefix(100)), reason: "It is empty, or has more than 256 KiB.")
        }
        self.expression = expression
        input = try QueryFormat(root.child("InputSerialization"))
        output = try QueryFormat(root.child("OutputSerialization"), isOutput: true)
    }
}
