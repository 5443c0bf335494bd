import struct Foundation.Data

/// A model of the Batch service.
///
/// All are `Codable` in the service's JSON. A value that was received keeps everything when it is encoded and decoded
/// again; only in requests, made with ``BatchJSON/requestBody(_:)``, properties that only the service sets are left
/// out.
///
/// With `select` the service can leave out nearly everything, so that in values which can be received every property
/// is optional but the key (mostly `id`), which this package always asks for.
///
/// Description, debug description and mirror hide passwords and keys, and what looks like one inside command lines
/// and URLs.
public protocol BatchModel: Codable, Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{}

extension BatchModel {
    /// The type and its JSON, without secrets.
    public var description: String {
        "\(Self.self) \(describedJSON.map { String(decoding: $0, as: UTF8.self) } ?? "{}")"
    }

    /// The type and its JSON, without secrets.
    public var debugDescription: String { description }

    /// The fields as JSON has them, without secrets.
    public var customMirror: Mirror {
        guard let json = describedJSON,
            case .object(let fields)? = try? BatchJSON.decode(BatchJSONValue.self, from: json)
        else { return Mirror(self, children: []) }
        return Mirror(self, children: BatchJSONValue.children(of: fields), displayStyle: .struct)
    }

    private var describedJSON: Data? {
        try? BatchJSON.encode(self, for: .description)
    }
}
