import AzureCore

public import struct Foundation.Data

/// The name of a block: 1 to 64 bytes of any value. All blocks of a blob have names of one length.
///
/// Many clients name blocks by texts, some by numbers in binary. The service sees base64, and that is how a name is shown:
///
/// ```swift
/// let id: BlockID = "block-0001"
/// let other = BlockID(base64Encoded: "/4AB")
/// ```
public struct BlockID: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The bytes of the name.
    public let bytes: Data

    /// Makes a name of bytes. Their number is looked at when the name is used.
    public init(_ bytes: Data) {
        // A slice would keep what it is a slice of.
        self.bytes = bytes.startIndex == 0 ? bytes : Data(bytes)
    }

    /// Makes a name of the UTF-8 bytes of a text.
    public init(_ text: String) {
        bytes = Data(text.utf8)
    }

    public init(stringLiteral value: String) {
        self.init(value)
    }

    /// Reads a name as the service writes it; nil for what is no base64.
    public init?(base64Encoded text: String) {
        guard let bytes = Data(base64Encoded: text) else { return nil }
        self.bytes = bytes
    }

    /// The name as the service writes it.
    public var base64Encoded: String { bytes.base64EncodedString() }

    /// The name as a text; nil when its bytes are none in UTF-8.
    public var text: String? { String(validating: bytes, as: UTF8.self) }

    /// The name as the service writes it.
    public var description: String { base64Encoded }
}

extension BlockID: Comparable {
    /// Byte by byte.
    public static func < (left: BlockID, right: BlockID) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}

extension BlockID {
    /// A block of an upload in parts: all names of one prefix have one length, as long as there are at most a million.
    init(prefix: String, number: Int) {
        let digits = String(number)
        self.init("\(prefix)-\(String(repeating: "0", count: max(0, 6 - digits.count)))\(digits)")
    }

    /// Refuses what no block can be called.
    func check() throws {
        guard (1...64).contains(bytes.count) else {
            throw AzureError.invalidArgument(
                "The id of a block has 1 to 64 bytes; '\(base64Encoded.prefix(120))' (base64) has \(bytes.count).")
        }
    }
}
