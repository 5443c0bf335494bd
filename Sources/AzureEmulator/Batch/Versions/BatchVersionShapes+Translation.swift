extension BatchVersionShapes {
    /// A body in the shape of the newest version.
    ///
    /// - Throws: A ``BatchServiceError`` when it has what the version of the request has not.
    func request(_ body: JSONValue, as model: String, at path: String = "") throws -> JSONValue {
        guard let differences = differences(of: model), let members = body.object else { return body }
        func place(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
        var result: [String: JSONValue] = [:]
        for (name, value) in members {
            if differences.missing.contains(name) { throw Self.unknown(name, of: model, at: place(name)) }
            if differences.retired.contains(name), !value.isNull { throw Self.retired(place(name)) }
            if !differences.retired.contains(name) {
                result[name] = try request(value, BatchSchema.type(of: name, in: model), at: place(name))
            }
        }
        var json = JSONValue.object(result)
        for rename in differences.renamed {
            guard let value = result[rename.old] else { continue }
            json[rename.old] = nil
            json = json.setting(value, at: rename.new[...])
        }
        for (name, old, new) in differences.values where json[name]?.string?.lowercased() == old {
            json[name] = .string(new)
        }
        for (name, value) in differences.defaults where (json[name] ?? .null).isNull { json[name] = value }
        return json
    }

    private func request(_ value: JSONValue, _ type: BatchSchema.PropertyType?, at path: String) throws -> JSONValue {
        switch type {
        case .model(let name): try request(value, as: name, at: path)
        case .list(let element):
            try value.array.map { items in
                .array(try items.enumerated().map { try request($0.element, element, at: "\(path)[\($0.offset)]") })
            } ?? value
        default: value
        }
    }

    /// An object of an answer in the shape of the version.
    func answer(_ json: JSONValue, as model: String) -> JSONValue {
        guard let differences = differences(of: model), let members = json.object else { return json }
        var result: [String: JSONValue] = [:]
        for (name, value) in members where !differences.missing.contains(name) {
            result[name] = answer(value, BatchSchema.answerType(of: name, in: model))
        }
        for rename in differences.renamed {
            guard let value = rename.new.reduce(json as JSONValue?, { $0?[$1] }) else { continue }
            let shown = answer(value, BatchSchema.answerType(of: rename.new[0], in: model))
            result[rename.old] = rename.isListed ? shown.array?.first : shown
        }
        for (name, old, new) in differences.values where result[name]?.string?.lowercased() == new.lowercased() {
            result[name] = .string(old)
        }
        var shown = JSONValue.object(result)
        if let nested = differences.nested { shown = shown[nested] ?? [:] }
        for (name, value) in differences.constants { shown[name] = value }
        return shown
    }

    private func answer(_ value: JSONValue, _ type: BatchSchema.PropertyType?) -> JSONValue {
        switch type {
        case .model(let name): answer(value, as: name)
        case .list(let element): value.array.map { .array($0.map { answer($0, element) }) } ?? value
        default: value
        }
    }

    private static func unknown(_ name: String, of model: String, at path: String) -> BatchServiceError {
        BatchServiceError.invalidBody("The property '\(name)' does not exist on '\(model)' in this version")
            .with("PropertyName", path)
    }

    private static func retired(_ path: String) -> BatchServiceError {
        BatchServiceError.invalidProperty(path, "", "The Batch service has retired what this property stands for")
    }
}

extension JSONValue {
    /// The object with a value at a path; objects on the way are made.
    fileprivate func setting(_ value: JSONValue, at path: ArraySlice<String>) -> JSONValue {
        guard let name = path.first else { return value }
        var result = object == nil ? [:] : self
        result[name] = (result[name] ?? [:]).setting(value, at: path.dropFirst())
        return result
    }
}
