import AzureCore

/// The query of a request, decoded. A plus sign stays a plus sign.
package struct EmulatorQuery: Sendable {
    /// One parameter.
    package struct Item: Sendable, Hashable {
        /// The decoded name.
        package let name: String
        /// The decoded value; empty when there was none.
        package let value: String
    }

    /// The parameters in the order in which they were sent.
    package let items: [Item]

    /// Reads a query without its question mark; nil when it is not UTF-8 after decoding.
    package init?(_ text: some StringProtocol) {
        var items: [Item] = []
        for pair in text.split(separator: "&") {
            let name = pair.prefix { $0 != "=" }
            let value = pair.dropFirst(name.count).dropFirst()
            guard let decodedName = PercentEncoding.decode(name), let decodedValue = PercentEncoding.decode(value)
            else {
                return nil
            }
            items.append(Item(name: decodedName, value: decodedValue))
        }
        self.items = items
    }

    /// The first value of a parameter, whatever the case of its name; nil when it is not there.
    package subscript(name: String) -> String? {
        items.first { $0.name == name }?.value
            ?? items.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
