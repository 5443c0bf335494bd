import Foundation

/// The public API as the compiler wrote it down, in symbol graphs.
struct PublicAPI {
    private struct Graph: Decodable {
        var symbols: [Symbol]
        var relationships: [Relationship]
    }

    private struct Fragment: Decodable {
        var kind: String
        var spelling: String
        var preciseIdentifier: String?
    }

    private struct Symbol: Decodable {
        struct Identifier: Decodable {
            var precise: String
        }

        struct Kind: Decodable {
            var identifier: String
        }

        struct Signature: Decodable {
            struct Parameter: Decodable {
                var name: String
                var internalName: String?
                var declarationFragments: [Fragment]
            }
            var parameters: [Parameter]?
        }

        var identifier: Identifier
        var kind: Kind
        var pathComponents: [String]
        var declarationFragments: [Fragment]?
        var functionSignature: Signature?

        var path: String { pathComponents.joined(separator: ".") }
        var isVariable: Bool { kind.identifier == "swift.property" }
    }

    private struct Relationship: Decodable {
        var kind: String
        var source: String
        var target: String
    }

    private var symbols: [String: [Symbol]] = [:]
    /// The properties of a type, by its identifier.
    private var properties: [String: [Symbol]] = [:]

    /// Reads all symbol graphs in a folder.
    init(folder: String) throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".symbols.json") }
        for file in files.sorted() {
            let data = try Data(contentsOf: URL(fileURLWithPath: folder).appendingPathComponent(file))
            let graph = try JSONDecoder().decode(Graph.self, from: data)
            let byID = Dictionary(graph.symbols.map { ($0.identifier.precise, $0) }) { first, _ in first }
            for symbol in graph.symbols { symbols[symbol.path, default: []].append(symbol) }
            for relationship in graph.relationships where relationship.kind == "memberOf" {
                guard let member = byID[relationship.source], member.isVariable else { continue }
                properties[relationship.target, default: []].append(member)
            }
        }
    }

    /// Whether there is a symbol of a path such as `BlobClient.delete(_:)`.
    func contains(_ path: String) -> Bool { symbols[path] != nil }

    /// What a caller can set when calling a function: its parameters, and the properties of the values that it takes.
    ///
    /// - Returns: Paths such as `options.conditions.ifMatch`, by their last name; the shortest counts.
    func settable(_ function: String) -> [String: String] {
        var result: [String: String] = [:]
        for symbol in symbols[function] ?? [] {
            for parameter in symbol.functionSignature?.parameters ?? [] {
                let name = parameter.name == "_" ? parameter.internalName ?? parameter.name : parameter.name
                add(name, path: name, parameter.declarationFragments, depth: 0, to: &result)
                if let inner = parameter.internalName { add(inner, path: name, [], depth: 0, to: &result) }
            }
        }
        return result
    }

    private func add(
        _ name: String, path: String, _ declaration: [Fragment], depth: Int, to result: inout [String: String]
    ) {
        if result[name].map({ (path.count, path) < ($0.count, $0) }) ?? true { result[name] = path }
        guard depth < 4 else { return }
        for type in declaration.compactMap(\.preciseIdentifier) {
            for property in properties[type] ?? [] {
                guard let name = property.pathComponents.last else { continue }
                add(
                    name, path: "\(path).\(name)", property.declarationFragments ?? [], depth: depth + 1, to: &result)
            }
        }
    }
}
