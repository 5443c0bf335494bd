extension SQLEvaluator {
    /// The value of a function.
    func call(_ function: SQLFunction, _ arguments: [SQLExpression], in row: QueryRow) throws -> SQLValue {
        if function == .coalesce { return try coalesce(arguments, in: row) }
        let values = try arguments.map { try value(of: $0, in: row) }
        switch function {
        case .now: return .timestamp(now)
        case .nullIf: return try values[0].compare(values[1]) == 0 ? .null : values[0]
        default: break
        }
        guard !values.contains(where: \.isNull) else { return .null }
        switch function {
        case .characterLength: return .integer(Int64(values[0].text.count))
        case .lower: return .string(values[0].text.lowercased())
        case .upper: return .string(values[0].text.uppercased())
        case .substring: return try substring(values)
        case .trim: return trimmed(values, leading: true, trailing: true)
        case .trimLeading: return trimmed(values, leading: true, trailing: false)
        case .trimTrailing: return trimmed(values, leading: false, trailing: true)
        case .toTimestamp: return try values[0].cast(to: .timestamp)
        case .now, .nullIf, .coalesce: return .null
        }
    }

    /// The first value that is not null.
    private func coalesce(_ arguments: [SQLExpression], in row: QueryRow) throws -> SQLValue {
        for argument in arguments {
            if case .column(let path) = argument, try row.isMissing(path) { continue }
            let value = try value(of: argument, in: row)
            if !value.isNull { return value }
        }
        return .null
    }

    /// A part of a text, whose characters are counted from zero.
    private func substring(_ values: [SQLValue]) throws -> SQLValue {
        guard case .integer(let start) = try values[1].cast(to: .integer) else { return .null }
        var length = Int64.max
        if values.count == 3, case .integer(let count) = try values[2].cast(to: .integer) { length = count }
        let rest = values[0].text.dropFirst(Int(clamping: max(0, start)))
        return .string(String(rest.prefix(Int(clamping: max(0, length)))))
    }

    private func trimmed(_ values: [SQLValue], leading: Bool, trailing: Bool) -> SQLValue {
        let characters = Set(values.count == 2 ? values[1].text : " ")
        var text = values[0].text[...]
        while leading, let first = text.first, characters.contains(first) { text = text.dropFirst() }
        while trailing, let last = text.last, characters.contains(last) { text = text.dropLast() }
        return .string(String(text))
    }
}
