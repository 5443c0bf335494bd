/// A `$select`: the properties that an answer should have.
struct ODataSelect: Sendable, Hashable {
    private static let maxPaths = 1000

    private let paths: [[String]]

    /// Reads a list of names, such as `id,executionInfo/exitCode`.
    ///
    /// - Throws: An ``ODataSyntaxError`` when a name is empty or has characters that no name has.
    init(_ text: String) throws {
        var paths: [[String]] = []
        var known: Set<[String]> = []
        for name in text.split(separator: ",", omittingEmptySubsequences: false) {
            let trimmed = name.drop { $0 == " " }
            guard !trimmed.isEmpty, trimmed.allSatisfy({ $0.isLetter || $0.isNumber || "_./-@".contains($0) }) else {
                throw ODataSyntaxError("'\(name)' is no name of a property.")
            }
            let path = trimmed.split(separator: "/").map(String.init)
            if known.insert(path).inserted { paths.append(path) }
        }
        guard paths.count <= Self.maxPaths else {
            throw ODataSyntaxError("More than \(Self.maxPaths) properties are selected.")
        }
        self.paths = paths
    }

    /// The object with nothing but the chosen properties.
    func apply(to object: JSONValue) -> JSONValue {
        guard case .object = object else { return object }
        var result: JSONValue = [:]
        for path in paths {
            guard let value = path.reduce(object as JSONValue?, { $0?[$1] }) else { continue }
            result = Self.setting(value, at: path[...], of: result)
        }
        return result
    }

    private static func setting(_ value: JSONValue, at path: ArraySlice<String>, of object: JSONValue) -> JSONValue {
        guard let name = path.first else { return value }
        var result = object.object == nil ? [:] : object
        result[name] = setting(value, at: path.dropFirst(), of: result[name] ?? [:])
        return result
    }
}
