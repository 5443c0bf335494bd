/// The text of an element, still in its document.
package struct XMLText {
    let bytes: UnsafeBufferPointer<UInt8>

    package var isEmpty: Bool { bytes.isEmpty }

    package var string: String { String(decoding: bytes, as: UTF8.self) }

    /// The text as a timestamp.
    package var timestamp: AzureTimestamp { AzureTimestamp(utf8: bytes) }

    /// The text as a number; nil when it is none, or too large.
    package var integer: Int64? { Int64(string) }

    package var isTrue: Bool {
        bytes.elementsEqual("true".utf8)
    }
}
