/// Writes the operations of one group: the functions, and the options of each.
struct OperationWriter {
    let group: String
    let operations: [OperationFacts]
    let specification: Specification

    private var client: String { "Batch\(group.capitalizedFirst)Client" }

    func write(to file: SourceFile) -> SourceFile {
        var file = file
        file.line()
        file.block("extension \(client) {") { file in
            for (index, operation) in operations.enumerated() {
                if index > 0 { file.line() }
                writeFunction(operation, to: &file)
            }
        }
        file.line()
        file.line("// MARK: - Options")
        file.line()
        file.block("extension \(client) {") { file in
            for (index, operation) in operations.filter(\.hasOwnOptions).enumerated() {
                if index > 0 { file.line() }
                writeOptions(operation, to: &file)
            }
        }
        return file
    }

    // MARK: Functions

    private func writeFunction(_ operation: OperationFacts, to file: inout SourceFile) {
        let summary = operation.discussion.map { "\(operation.doc)\n\n\($0)" } ?? operation.doc
        file.doc("\(summary)\n\nREST: `\(operation.verb) \(operation.path)`.")
        if operation.returns == nil { file.line("@discardableResult") }
        let parameters =
            operation.arguments.map { argument in
                let label = argument.label == argument.name ? argument.name : "\(argument.label) \(argument.name)"
                guard let body = argument.body else { return "\(label): String" }
                return argument.optional == true ? "\(label): \(body)? = nil" : "\(label): \(body)"
            } + ["options: \(operation.optionsType) = .init()"]
        let effects = operation.list == nil ? " async throws" : ""
        file.function(
            "public func \(operation.method)(", parameters,
            ")\(effects) -> \(operation.returns ?? "BatchResponseHeaders") {"
        ) { file in
            guard operation.list != nil else {
                writeCall(operation, to: &file)
                let requirement = operation.requires.map { ", requiring: \\.\($0)" } ?? ""
                return file.line("return try await connection.\(operation.send)(call\(requirement))")
            }
            file.block("connection.list(continuingFrom: options.continuationToken) {") { file in
                writeCall(operation, to: &file)
                file.line("return call")
            }
        }
    }

    /// Writes the statements that make the call from the arguments.
    private func writeCall(_ operation: OperationFacts, to file: inout SourceFile) {
        let body = operation.arguments.first { $0.body != nil }?.name
        if let kind = operation.creates, let body {
            file.line("try BatchResourceID.check(\(body), isNew: \(kind.quoted))")
        }
        let path = operation.arguments.reduce(operation.path) { path, argument in
            argument.path.map { path.replacing("{\($0)}", with: "\\(\(argument.name))") } ?? path
        }
        let isChanged =
            operation.retry == "idempotent" || !operation.query.isEmpty || operation.conditions != nil
            || operation.range == true || body != nil
        file.list(
            "\(isChanged ? "var" : "let") call = try BatchCall(",
            [
                "Batch.\(operation.name.capitalizedFirst)".quoted, ".\(operation.verb.lowercased())", "\"\(path)\"",
                "options\(operation.hasOwnOptions ? ".call" : "")",
            ], ")")
        if operation.retry == "idempotent" { file.line("call.setIdempotent()") }
        for query in operation.query {
            switch query.wire {
            case "maxresults": file.line("try call.add(maxResults: options.maxResults)")
            case "$select": file.line("call.add(select: options.select, keys: \(keys(of: operation)))")
            default: file.line("call.add(query: \(query.wire.quoted), options.\(query.name))")
            }
        }
        if operation.conditions != nil { file.line("call.add(options.conditions)") }
        if operation.range == true { file.line("try call.add(options.range)") }
        if let body { file.line("try call.add(body: \(body))") }
    }

    /// The properties that are always selected, as an array in Swift.
    private func keys(of operation: OperationFacts) -> String {
        let keys = (operation.list ?? operation.result).map { specification.keys(of: $0) } ?? []
        return "[\(keys.map(\.quoted).joined(separator: ", "))]"
    }

    // MARK: Options

    private func writeOptions(_ operation: OperationFacts, to file: inout SourceFile) {
        let options = operation.options
        let functionName = "\(operation.method)(\(operation.arguments.map { $0.label + ":" }.joined())options:)"
        file.doc("Options for ``\(functionName)``.")
        file.block("public struct \(operation.optionsType): Sendable {") { file in
            for option in options {
                file.doc(option.doc)
                file.line("public var \(option.name): \(option.type)")
            }
            file.line()
            file.doc("Creates options.")
            file.function("public init(", options.map { "\($0.name): \($0.type) = \($0.initial)" }, ") {") { file in
                for option in options { file.line("self.\(option.name) = \(option.name)") }
            }
        }
    }
}
