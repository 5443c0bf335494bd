package import AzureCore

/// Reads typed values of small answers. Empty elements stand for nothing.
extension AzureCore.XMLElement {
    package func text(_ name: String) -> String? {
        child(name).flatMap { $0.text.isEmpty ? nil : $0.text }
    }

    package func flag(_ name: String) -> Bool? {
        text(name).flatMap { Bool($0.lowercased()) }
    }

    package func integer(_ name: String) -> Int? {
        text(name).flatMap { Int($0) }
    }

    /// A text that the answer must have.
    package func required(_ name: String) throws -> String {
        guard let text = text(name) else {
            throw AzureError(
                code: .invalidResponse, message: "The answer has no '\(name)' in its '\(self.name)'.")
        }
        return text
    }

    package func timestamp(_ name: String) -> AzureTimestamp? {
        text(name).map { AzureTimestamp($0) }
    }
}

/// Writes typed values, and leaves out those that are nil.
extension XMLWriter {
    package mutating func element(_ name: String, optional value: String?) throws {
        if let value { try element(name, text: value) }
    }

    package mutating func element(_ name: String, flag value: Bool?) throws {
        if let value { try element(name, text: value ? "true" : "false") }
    }

    package mutating func element(_ name: String, integer value: Int?) throws {
        if let value { try element(name, text: String(value)) }
    }
}

extension ServiceAnswer {
    /// Reads an XML answer whose root has to have a name. What cannot be read is an error that tells of the call.
    package func readXML<Value>(_ root: String, _ read: (AzureCore.XMLElement) throws -> Value) async throws -> Value {
        try await self.read { data in
            let element = try AzureCore.XMLElement.parse(data)
            guard element.name == root else {
                throw AzureError(
                    code: .invalidResponse,
                    message: "The answer has '\(element.name.prefix(60))' at its root in place of '\(root)'.")
            }
            return try read(element)
        }
    }
}
