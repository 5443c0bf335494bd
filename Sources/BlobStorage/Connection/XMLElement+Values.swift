import AzureCore

import struct Foundation.Date

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

    /// A date in ISO 8601 that the answer must have.
    func requiredDate(_ name: String) throws -> Date {
        let text = try required(name)
        guard let date = ISO8601Date.parse(text) else {
            throw AzureError(
                service: .blob, code: .invalidResponse,
                message: "The '\(name)' of the answer is '\(text.prefix(60))', which is no date.")
        }
        return date
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
