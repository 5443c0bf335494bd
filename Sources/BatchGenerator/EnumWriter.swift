/// Writes the open enums.
struct EnumWriter {
    func write(_ name: String, _ facts: EnumFacts, to file: inout SourceFile) {
        file.doc(facts.doc)
        file.block("public struct \(name): BatchOpenEnum {") { file in
            file.line("public let rawValue: String")
            file.line()
            file.doc("Creates a value from the service's spelling.")
            file.block("public init(rawValue: String) {") { file in
                file.line("self.rawValue = rawValue")
            }
            file.line()
            for value in facts.values {
                file.doc(value.doc)
                file.line(
                    "public static let \(value.name.asIdentifier) = \(name)(rawValue: \(value.wire.quoted))")
            }
            file.line()
            file.doc("The values of the API version that this package was generated from.")
            file.list(
                "public static let knownValues: [\(name)] = [", facts.values.map { "." + $0.name.asIdentifier }, "]")
        }
    }
}
