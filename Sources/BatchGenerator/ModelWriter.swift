/// Writes the models.
struct ModelWriter {
    let models: Set<String>

    /// A field as the model has it.
    private struct Field {
        let facts: FieldFacts
        let type: FieldType
        /// Whether the property is optional.
        let isOptional: Bool
        /// Whether the initialiser requires it.
        let isDemanded: Bool

        var isBoxed: Bool { type.isModel && isOptional }
        var name: String { facts.name.asIdentifier }
        var boxName: String { "boxed\(facts.name.capitalizedFirst)" }
        var traits: String {
            let names = [(".readOnly", facts.readOnly), (".secret", facts.secret), (".signedURL", facts.signedURL)]
                .filter { $0.1 == true }.map(\.0)
            return names.isEmpty ? "" : names.count == 1 ? ", \(names[0])" : ", [\(names.joined(separator: ", "))]"
        }
    }

    func write(_ name: String, _ facts: ModelFacts, to file: inout SourceFile) {
        let fields = facts.fields.map { field in
            // Answers can lack anything but the key; requests cannot lack what the service demands.
            let isDemanded =
                field.key == true || (facts.use != .received && field.required == true && field.readOnly != true)
            let isOptional = !(field.key == true || (facts.use == .sent && field.required == true))
            return Field(
                facts: field, type: FieldType(field.type, models: models), isOptional: isOptional,
                isDemanded: isDemanded)
        }
        file.doc(facts.doc)
        file.block("public struct \(name): BatchModel {") { file in
            for field in fields { writeProperty(field, to: &file) }
            file.line()
            writeInitialiser(fields, to: &file)
            file.line()
            writeDecoding(fields, to: &file)
            file.line()
            writeEncoding(fields, to: &file)
        }
    }

    private func writeProperty(_ field: Field, to file: inout SourceFile) {
        file.doc(field.facts.doc + (field.facts.readOnly == true ? "\n\nSet by the service." : ""))
        let type = field.type.swift + (field.isOptional ? "?" : "")
        guard field.isBoxed else { return file.line("public var \(field.name): \(type)") }
        file.block("public var \(field.name): \(type) {") { file in
            file.line("get { \(field.boxName)?.value }")
            file.line("set { \(field.boxName) = Box(newValue) }")
        }
        file.line("private var \(field.boxName): Box<\(field.type.swift)>?")
    }

    private func writeInitialiser(_ fields: [Field], to file: inout SourceFile) {
        let demanded = fields.filter(\.isDemanded)
        let others = fields.filter { !$0.isDemanded }
        file.doc(
            demanded.isEmpty
                ? "Creates a value. Properties are nil unless given."
                : "Creates a value. Properties are nil unless given, except those that the first parameters require.")
        let parameters =
            demanded.map { "\($0.name): \($0.type.swift)" } + others.map { "\($0.name): \($0.type.swift)? = nil" }
        file.function("public init(", parameters, ") {") { file in
            for field in fields {
                let target = field.isBoxed ? field.boxName : field.name
                file.line("self.\(target) = \(field.isBoxed ? "Box(\(field.name))" : field.name)")
            }
        }
    }

    private func writeDecoding(_ fields: [Field], to file: inout SourceFile) {
        file.block("public init(from decoder: any Decoder) throws {") { file in
            file.line("let fields = try FieldDecoder(decoder)")
            for field in fields {
                let wire = field.facts.wire.quoted
                let value =
                    field.isOptional
                    ? "try fields.\(field.type.coding.read)(\(wire))"
                    : "try fields.required(\(wire))"
                let target = field.isBoxed ? field.boxName : field.name
                file.line("self.\(target) = \(field.isBoxed ? "Box(\(value))" : value)")
            }
        }
    }

    private func writeEncoding(_ fields: [Field], to file: inout SourceFile) {
        file.block("public func encode(to encoder: any Encoder) throws {") { file in
            file.line("var fields = FieldEncoder(encoder)")
            for field in fields {
                file.line(
                    "try fields.\(field.type.coding.write)(self.\(field.name), \(field.facts.wire.quoted)"
                        + "\(field.traits))")
            }
        }
    }
}
