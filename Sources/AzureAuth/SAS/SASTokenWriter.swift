import AzureCore

/// A token under way: names and values in order.
struct SASTokenWriter {
    private var items: [String] = []

    /// Adds a field, unless it has no value.
    mutating func add(_ name: String, _ value: String?) {
        guard let value, !value.isEmpty else { return }
        items.append("\(name)=\(PercentEncoding.encodePath(value))")
    }

    /// Adds a field whose value is in its final form.
    mutating func addEncoded(_ name: String, _ value: String?) {
        guard let value, !value.isEmpty else { return }
        items.append("\(name)=\(value)")
    }

    var token: String { items.joined(separator: "&") }
}
