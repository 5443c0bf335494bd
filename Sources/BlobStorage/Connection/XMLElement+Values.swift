import AzureCore

/// Reads typed values of small answers. Empty elements stand for nothing.
extension AzureCore.XMLElement {
    /// Reads an answer whose root has to have a name.
    static func parse(_ body: HTTPResponseBody, root: String) async throws -> AzureCore.XMLElement {
        let element = try parse(try await body.collect(upTo: PipelineRequest.defaultBufferLimit))
        guard element.name == root else {
            throw AzureError(
                service: .blob, code: .invalidResponse,
                message: "The answer has '\(element.name.prefix(60))' at its root in place of '\(root)'.")
        }
        return element
    }

    func text(_ name: String) -> String? {
        child(name).flatMap { $0.text.isEmpty ? nil : $0.text }
    }

    func flag(_ name: String) -> Bool? {
        text(name).flatMap { Bool($0.lowercased()) }
    }

    func integer(_ name: String) -> Int? {
        text(name).flatMap { Int($0) }
    }

    /// A text that the answer must have.
    func required(_ name: String) throws -> String {
        guard let text = text(name) else {
            throw AzureError(
                service: .blob, code: .invalidResponse, message: "The answer has no '\(name)' in its '\(self.name)'.")
        }
        return text
    }

    func timestamp(_ name: String) -> AzureTimestamp? {
        text(name).map { AzureTimestamp($0) }
    }
}

/// Writes typed values, and leaves out those that are nil.
extension XMLWriter {
    mutating func element(_ name: String, optional value: String?) throws {
        if let value { try element(name, text: value) }
    }

    mutating func element(_ name: String, flag value: Bool?) throws {
        if let value { try element(name, text: value ? "true" : "false") }
    }

    mutating func element(_ name: String, integer value: Int?) throws {
        if let value { try element(name, text: String(value)) }
    }
}
