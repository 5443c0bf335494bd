extension BatchSchema {
    /// Checks a body, or a part of one, against the table.
    ///
    /// - Throws: A ``BatchServiceError`` that names the offending property and says why.
    static func check(_ value: JSONValue, as name: String, at path: String = "") throws {
        guard let members = value.object else {
            throw invalid(path, "Expected an object")
        }
        guard let model = model(name) else { return }
        for (key, member) in members {
            let place = path.isEmpty ? key : "\(path).\(key)"
            guard let property = model.properties[key] else {
                throw invalid(
                    place,
                    model.readOnly.contains(key)
                        ? "The property '\(key)' is read-only" : "The property '\(key)' does not exist on '\(name)'")
            }
            if !member.isNull { try check(member, as: property.type, at: place) }
        }
        for key in model.required where (members[key] ?? .null).isNull {
            throw BatchServiceError.missingProperty(path.isEmpty ? key : "\(path).\(key)")
        }
    }

    private static func check(_ value: JSONValue, as type: PropertyType, at path: String) throws {
        switch type {
        case .string:
            try expect(value.string != nil, "a text", path)
            try refuseNUL(value, path)
        case .bool: try expect(value.bool != nil, "true or false", path)
        case .int32:
            guard let number = number(value) else { return try expect(false, "a whole number", path) }
            try expect(Int32(exactly: number) != nil, "a whole number of 32 bits", path)
        case .int64: try expect(number(value) != nil, "a number", path)
        case .double: try expect(value.double != nil, "a number", path)
        case .dateTime:
            guard let text = value.string else { return try expect(false, "a date in a text", path) }
            guard BatchTime.parse(text) != nil else {
                throw BatchServiceError.invalidProperty(path, text, "It is no date")
            }
        case .duration:
            guard let text = value.string else { return try expect(false, "a duration in a text", path) }
            guard BatchDuration.parse(text) != nil else {
                throw BatchServiceError.invalidProperty(path, text, "It is no duration of ISO 8601")
            }
        case .map:
            try expect(value.object?.values.allSatisfy { $0.string != nil } ?? false, "an object of texts", path)
        case .any: break
        case .list(let element):
            guard let values = value.array else { return try expect(false, "a list", path) }
            for (index, value) in values.enumerated() { try check(value, as: element, at: "\(path)[\(index)]") }
        case .model(let name): try check(value, as: name, at: path)
        case .enumeration(let values):
            guard let text = value.string else { return try expect(false, "a text", path) }
            guard values.contains(where: { $0.lowercased() == text.lowercased() }) else {
                throw BatchServiceError.invalidProperty(
                    path, text, "Expected one of: \(values.joined(separator: ", "))")
            }
        }
    }

    /// A whole number, or a text that is one: the service takes either.
    private static func number(_ value: JSONValue) -> Int64? { value.integer ?? value.string.flatMap { Int64($0) } }

    /// Names, command lines and environments end at a NUL where the system reads them.
    private static func refuseNUL(_ value: JSONValue, _ path: String) throws {
        guard value.string?.utf8.contains(0) == true else { return }
        throw BatchServiceError.invalidProperty(path, "", "It must not have a NUL character")
    }

    private static func expect(_ isRight: Bool, _ expected: String, _ path: String) throws {
        if !isRight { throw invalid(path, "Expected \(expected)") }
    }

    private static func invalid(_ path: String, _ reason: String) -> BatchServiceError {
        let error = BatchServiceError.invalidBody(reason)
        return path.isEmpty ? error : error.with("PropertyName", path)
    }
}

extension BatchSchema {
    /// An object without what no answer has: passwords, keys, and settings of extensions that are protected; and with
    /// durations and whole numbers in the service's own form.
    static func withoutSecrets(_ value: JSONValue, as name: String) -> JSONValue {
        guard let model = model(name), let members = value.object else { return value }
        var shown: [String: JSONValue] = [:]
        for (key, member) in members {
            guard let property = model.properties[key], !property.isSecret else { continue }
            shown[key] = withoutSecrets(member, as: property.type)
        }
        return .object(shown)
    }

    private static func withoutSecrets(_ value: JSONValue, as type: PropertyType) -> JSONValue {
        switch type {
        case .model(let name): withoutSecrets(value, as: name)
        case .list(let element): value.array.map { .array($0.map { withoutSecrets($0, as: element) }) } ?? value
        case .duration: value.string.flatMap { BatchDuration.normal($0) }.map { .string($0) } ?? value
        case .int32: number(value).map { .integer($0) } ?? value
        default: value
        }
    }
}
