/// A row of a blob that is queried.
enum QueryRow: Sendable {
    /// Fields of delimited text, with the names of the columns if there are any.
    case fields([String], header: QueryHeader)
    case json(JSONSlice)

    /// The value of a column.
    ///
    /// - Throws: A ``QueryError`` for a column of delimited text that the record does not have.
    func value(of path: [SQLPathStep]) throws -> SQLValue {
        switch self {
        case .json(let slice):
            return slice.values(at: path).first?.value ?? .missing
        case .fields(let fields, let header):
            let index = try header.index(of: path)
            guard fields.indices.contains(index) else {
                throw QueryError.invalidColumnOrdinal(index + 1, count: fields.count)
            }
            return .string(fields[index])
        }
    }

    /// Whether a column is not there.
    func isMissing(_ path: [SQLPathStep]) throws -> Bool {
        switch self {
        case .json: try value(of: path) == .missing
        case .fields(let fields, let header): !fields.indices.contains(try header.index(of: path))
        }
    }

    /// All columns, with their names.
    var columns: [(name: String, value: SQLValue)] {
        switch self {
        case .fields(let fields, let header):
            return fields.enumerated().map { (header.name(of: $0), .string($1)) }
        case .json(let slice):
            return slice.isObject ? slice.members.map { ($0.name, $0.value.value) } : [("_1", slice.value)]
        }
    }
}

/// The names of the columns of delimited text.
struct QueryHeader: Sendable {
    /// Nil when the text has no names.
    private let names: [String]?
    /// Where the first column of each name is, and of each name in small letters.
    private let indices: [String: Int]
    private let foldedIndices: [String: Int]

    init(names: [String]?) {
        self.names = names
        let numbered = (names ?? []).enumerated().map { ($1, $0) }
        indices = Dictionary(numbered) { first, _ in first }
        foldedIndices = Dictionary(numbered.map { ($0.lowercased(), $1) }) { first, _ in first }
    }

    /// Where a column is, from zero.
    ///
    /// - Throws: A ``QueryError`` when there is none of that name.
    func index(of path: [SQLPathStep]) throws -> Int {
        guard path.count == 1, case .member(let name, let isQuoted) = path[0] else {
            throw QueryError.invalidColumnName("a path")
        }
        if let index = indices[name] { return index }
        if !isQuoted, let index = foldedIndices[name.lowercased()] { return index }
        guard let ordinal = Self.ordinal(name) else { throw QueryError.invalidColumnName(name) }
        return ordinal - 1
    }

    /// The number in a name such as `_3`.
    static func ordinal(_ name: String) -> Int? {
        guard name.hasPrefix("_"), let number = Int(name.dropFirst()), number > 0 else { return nil }
        return number
    }

    func name(of index: Int) -> String {
        guard let names, names.indices.contains(index) else { return "_\(index + 1)" }
        return names[index]
    }
}
