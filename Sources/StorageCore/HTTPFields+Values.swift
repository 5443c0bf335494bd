package import AzureCore
package import HTTPTypes

package import struct Foundation.Data

/// Writes and reads typed values of header fields.
extension HTTPFields {
    /// Sets a field unless the value is nil, and refuses what a header field cannot carry.
    package mutating func set(_ name: HTTPField.Name, _ value: String?) throws {
        guard let value else { return }
        try HeaderValue.check(value, of: name.rawName)
        self[name] = value
    }

    /// Sets a field in the form of RFC 1123; a timestamp of no known form goes out as it is.
    package mutating func set(_ name: HTTPField.Name, _ value: AzureTimestamp?) throws {
        try set(name, value?.text(for: .header))
    }

    package mutating func set(_ name: HTTPField.Name, _ value: Bool?) {
        if let value { self[name] = value ? "true" : "false" }
    }

    package mutating func set(_ name: HTTPField.Name, _ value: Int64?) {
        if let value { self[name] = String(value) }
    }

    package mutating func set(_ name: HTTPField.Name, base64 value: Data?) {
        if let value { self[name] = value.base64EncodedString() }
    }

    /// A value of an open set.
    package func open<Value: RawRepresentable>(_ name: HTTPField.Name) -> Value? where Value.RawValue == String {
        value(name).flatMap { $0.isEmpty ? nil : Value(rawValue: $0) }
    }

    package func timestamp(_ name: HTTPField.Name) -> AzureTimestamp? {
        value(name).flatMap { $0.isEmpty ? nil : AzureTimestamp($0) }
    }

    package func bool(_ name: HTTPField.Name) -> Bool? {
        value(name).flatMap { Bool($0.lowercased()) }
    }

    package func integer(_ name: HTTPField.Name) -> Int64? {
        value(name).flatMap { Int64($0) }
    }

    /// A size or a position, which is not negative.
    package func length(_ name: HTTPField.Name) -> Int64? {
        integer(name).flatMap { $0 >= 0 ? $0 : nil }
    }

    package func base64(_ name: HTTPField.Name) -> Data? {
        value(name).flatMap { Data(base64Encoded: $0) }
    }

    /// The fields whose names begin with a prefix, by the rest of their names, whose case is kept.
    package func values(withPrefix prefix: String) -> [String: String] {
        var result: [String: String] = [:]
        for field in self where field.name.canonicalName.hasPrefix(prefix) {
            result[String(field.name.rawName.dropFirst(prefix.count))] = field.value
        }
        return result
    }
}
