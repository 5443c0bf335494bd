import struct Foundation.Data

/// A value as Avro has it.
enum AvroValue: Hashable, Sendable {
    case null
    case boolean(Bool)
    /// `int` and `long`.
    case integer(Int64)
    /// `float` and `double`.
    case number(Double)
    /// `bytes` and `fixed`.
    case bytes(Data)
    /// `string`, and the symbol of an `enum`.
    case string(String)
    case array([AvroValue])
    case map([String: AvroValue])
    /// The full name of the record's type, and its fields.
    case record(String, [String: AvroValue])
}
