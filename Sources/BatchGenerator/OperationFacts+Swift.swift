/// One property of an options structure.
struct OptionProperty {
    var name: String
    var type: String
    var initial: String
    var doc: String
}

extension OperationFacts {
    /// Whether the operation has more options than every operation has.
    var hasOwnOptions: Bool { list != nil || !query.isEmpty || conditions != nil || range == true }

    /// The name of the options structure; operations of one name are told apart by their first label.
    var optionsType: String {
        guard hasOwnOptions else { return "CallOptions" }
        let from = arguments.first?.label == "fromSchedule" ? "FromSchedule" : ""
        return "\(method.capitalizedFirst)\(from)Options"
    }

    /// The type that the function returns; nil for the headers alone.
    var returns: String? {
        if let list { return "PagedSequence<\(list)>" }
        switch result {
        case "exists": return "Bool"
        case "stream": return "BatchFileDownload"
        case "fileProperties": return "BatchFileProperties"
        default: return result
        }
    }

    /// The function that sends the call and reads the answer.
    var send: String {
        switch result {
        case "exists": "exists"
        case "stream": "download"
        case "fileProperties": "fileProperties"
        case nil: "send"
        default: "receive"
        }
    }

    var options: [OptionProperty] {
        var result: [OptionProperty] = []
        if range == true {
            result.append(
                .init(
                    name: "range", type: "BatchFileRange?", initial: "nil",
                    doc: "The range of the file to get. The default is the whole file."))
        }
        for query in query {
            let type = FieldType(query.type, models: []).swift
            let isList = type.hasPrefix("[")
            result.append(
                .init(
                    name: query.name, type: isList ? type : type + "?", initial: isList ? "[]" : "nil", doc: query.doc))
        }
        if let conditions {
            let type = conditions == "all" ? "BatchAccessConditions" : "BatchModifiedConditions"
            result.append(
                .init(
                    name: "conditions", type: type, initial: ".init()",
                    doc: "Conditions that must hold. The default is none."))
        }
        if list != nil {
            result.append(
                .init(
                    name: "continuationToken", type: "String?", initial: "nil",
                    doc: "The continuation token of a page, to continue after it. The default is the start of the list."
                ))
        }
        result.append(
            .init(
                name: "call", type: "CallOptions", initial: ".init()",
                doc: "Options that every operation has: time limits, retries, an id, a logger, and more."))
        return result
    }
}
