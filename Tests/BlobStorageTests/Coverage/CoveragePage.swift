import Foundation

/// Docs/Coverage.md: what of the service and of the official Python client is there.
struct CoveragePage {
    let facts: CoverageFacts
    let observed: [String: ObservedOperation]
    let api: PublicAPI

    /// A fraction of what is there.
    struct Tally {
        var found = 0
        var all = 0

        mutating func count(_ isFound: Bool) {
            all += 1
            if isFound { found += 1 }
        }

        var text: String { "\(found) of \(all)" }
    }

    func text() -> String {
        let operations = operationSection()
        let python = pythonSection()
        return """
            # Coverage

            <!-- Written by Scripts/coverage. Do not edit: change the code, the tests or the mapping, and run it again. -->

            What of the Blob service in version 2026-10-06, and of the official Python client
            (\(facts.python.package) \(facts.python.version)), this package covers. Nothing here is claimed by hand:

            - An operation counts when a case of its calls it. A query parameter or header field of a request counts when
              a case was seen to send it. A header field of an answer counts when the result of the call changes with
              it; where it shows stands behind it ("checked": the call fails without it).
            - A method, option or type of the Python client counts when the symbol that stands for it is found in the
              compiled API. An option has to be a parameter of that method, or a property of what its parameters take.

            | what | covered |
            |---|---|
            \((operations.summary + python.summary).map { "| \($0.0) | \($0.1.text) |" }.joined(separator: "\n"))

            ## Operations of the service

            \(operations.text)
            ## The Python client

            \(python.text)
            """
    }

    // MARK: Operations

    private func operationSection() -> (summary: [(String, Tally)], text: String) {
        var (tested, query, sent, read) = (Tally(), Tally(), Tally(), Tally())
        var (sentNames, readNames): ([String: Bool], [String: Bool]) = ([:], [:])
        var text = ""
        for operation in facts.operations {
            let seen = observed[operation.name] ?? ObservedOperation()
            tested.count(seen.cases > 0)
            text += "### \(operation.name)\n\n"
            text +=
                "`\(operation.method) \(operation.path)` → \(operation.status.map(String.init).joined(separator: ", "))"
            text += seen.cases > 0 ? "\n\n" : ". ✗ \(reason(operation.name))\n\n"
            let lines = [
                list("Query", operation.query) { name in
                    mark(name, seen.query.contains(name), reason: "\(operation.name) ?\(name)", &query)
                },
                list("Request", operation.requestHeaders) { name in
                    sentNames[name] = sentNames[name] == true || seen.sends(name)
                    return mark(name, seen.sends(name), reason: "\(operation.name) >\(name)", &sent)
                },
                list("Answer", operation.responseHeaders) { name in
                    let paths = seen.responseHeaders[name]
                    readNames[name] = readNames[name] == true || paths != nil
                    let place = paths?.first.map { " (`\($0)`)" } ?? ""
                    return mark(name, paths != nil, place, reason: "\(operation.name) <\(name)", &read)
                },
            ]
            text += lines.compactMap { $0 }.joined(separator: "\n") + "\n\n"
        }
        func tally(_ names: [String: Bool]) -> Tally {
            Tally(found: names.values.count { $0 }, all: names.count)
        }
        return (
            [
                ("operations, each with a test", tested), ("query parameters, over all operations", query),
                ("header fields of requests, over all operations", sent),
                ("header fields of requests, by name", tally(sentNames)),
                ("header fields of answers, over all operations", read),
                ("header fields of answers, by name", tally(readNames)),
            ], text
        )
    }

    private func list(_ title: String, _ names: [String], _ mark: (String) -> String) -> String? {
        names.isEmpty ? nil : "- \(title): \(names.map(mark).joined(separator: ", "))"
    }

    private func mark(
        _ name: String, _ isThere: Bool, _ place: String = "", reason key: String, _ tally: inout Tally
    ) -> String {
        tally.count(isThere)
        guard !isThere else { return "✓ \(name)\(place)" }
        return "**✗ \(name)**" + (facts.mapping.reasons[key].map { " (\($0))" } ?? "")
    }

    private func reason(_ keys: String...) -> String {
        keys.lazy.compactMap { facts.mapping.reasons[$0] }.first ?? "not there yet"
    }

    // MARK: The Python client

    private func pythonSection() -> (summary: [(String, Tally)], text: String) {
        var (methods, options, types, properties) = (Tally(), Tally(), Tally(), Tally())
        var text = "| method or option | here |\n|---|---|\n"
        for (method, names) in facts.python.methods.sorted(by: { $0.key < $1.key }) {
            let symbols = (facts.mapping.methods[method] ?? []).filter(api.contains)
            methods.count(!symbols.isEmpty)
            text += "| **\(method)** | \(symbols.isEmpty ? "✗ \(reason(method))" : check(symbols)) |\n"
            let settable = symbols.map { api.settable($0) }
            for name in names {
                let place = option(name, of: method, settable)
                options.count(place != nil)
                text += "| \(method).\(name) | "
                text += place ?? "✗ \(reason("\(method).\(name)", ".\(name)", method))"
                text += " |\n"
            }
        }
        text += "\n| type or property | here |\n|---|---|\n"
        for (type, names) in facts.python.types.sorted(by: { $0.key < $1.key }) {
            let symbols = (facts.mapping.types[type] ?? []).filter(api.contains)
            types.count(!symbols.isEmpty)
            text += "| **\(type)** | \(symbols.isEmpty ? "✗ \(reason(type))" : check(symbols)) |\n"
            for name in names {
                let place = property(name, of: type, symbols)
                properties.count(place != nil)
                text += "| \(type).\(name) | \(place ?? "✗ \(reason("\(type).\(name)", ".\(name)", type))") |\n"
            }
        }
        return (
            [
                ("methods and functions of the Python client", methods), ("their options", options),
                ("types of the Python client", types), ("their properties", properties),
            ], text
        )
    }

    private func check(_ places: [String]) -> String {
        "✓ " + places.map { "`\($0)`" }.joined(separator: ", ")
    }

    private func option(_ name: String, of method: String, _ settable: [[String: String]]) -> String? {
        if let symbols = facts.mapping.methodOptions["\(method).\(name)"] {
            let found = symbols.filter { symbol in
                api.contains(symbol) || settable.contains { $0.values.contains(symbol) }
            }
            return found.isEmpty ? nil : check(found)
        }
        let places = ((facts.mapping.options[name] ?? []) + [Self.camelCase(name)])
            .compactMap { name in settable.lazy.compactMap { $0[name] }.first }
        return places.isEmpty ? nil : check([places[0]])
    }

    private func property(_ name: String, of type: String, _ symbols: [String]) -> String? {
        let names = facts.mapping.properties["\(type).\(name)"] ?? [Self.camelCase(name)]
        let found = names.flatMap { name in (symbols.map { "\($0).\(name)" } + [name]).filter(api.contains) }
        return found.first.map { check([$0]) }
    }

    /// A name as Swift writes it.
    static func camelCase(_ name: String) -> String {
        let words = name.split(separator: "_")
        return words.prefix(1).map { $0.lowercased() }.joined()
            + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}
