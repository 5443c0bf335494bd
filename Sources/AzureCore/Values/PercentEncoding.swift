/// Percent-encoding as RFC 3986 has it.
public enum PercentEncoding {
    /// Encodes everything but letters, digits, `-`, `.`, `_` and `~`.
    public static func encode(_ text: some StringProtocol) -> String {
        encode(text, keepingSlashes: false)
    }

    /// Encodes a path whose `/` separate its segments.
    public static func encodePath(_ text: some StringProtocol) -> String {
        encode(text, keepingSlashes: true)
    }

    /// Decodes `%XX`. What is not well formed stays as it is.
    ///
    /// - Parameters:
    ///   - text: The encoded text.
    ///   - plusIsSpace: Whether `+` stands for a space.
    /// - Returns: The text, or nil when the bytes are not UTF-8.
    public static func decode(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String? {
        var text = String(text)
        return text.withUTF8 { encoded in
            guard encoded.contains(where: { $0 == UInt8(ascii: "%") || (plusIsSpace && $0 == UInt8(ascii: "+")) })
            else { return String(decoding: encoded, as: UTF8.self) }
            return String(validating: decode(encoded, plusIsSpace: plusIsSpace), as: UTF8.self)
        }
    }

    private static func decode(_ encoded: UnsafeBufferPointer<UInt8>, plusIsSpace: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(encoded.count)
        var index = 0
        while index < encoded.count {
            let byte = encoded[index]
            if byte == UInt8(ascii: "%"), index + 2 < encoded.count, let high = hexValue(encoded[index + 1]),
                let low = hexValue(encoded[index + 2])
            {
                bytes.append(high << 4 | low)
                index += 3
            } else {
                bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
                index += 1
            }
        }
        return bytes
    }

    private static func encode(_ text: some StringProtocol, keepingSlashes: Bool) -> String {
        var text = String(text)
        return text.withUTF8 { encode($0, keepingSlashes: keepingSlashes) } ?? text
    }

    /// Nil when nothing has to be encoded, which is the usual case.
    private static func encode(_ bytes: UnsafeBufferPointer<UInt8>, keepingSlashes: Bool) -> String? {
        func isKept(_ byte: UInt8) -> Bool {
            isUnreserved(byte) || (keepingSlashes && byte == UInt8(ascii: "/"))
        }
        let encodedCount = bytes.count { !isKept($0) }
        guard encodedCount > 0 else { return nil }
        return String(unsafeUninitializedCapacity: bytes.count + 2 * encodedCount) { buffer in
            var index = 0
            func append(_ byte: UInt8) {
                buffer[index] = byte
                index += 1
            }
            for byte in bytes {
                if isKept(byte) {
                    append(byte)
                } else {
                    append(UInt8(ascii: "%"))
                    append(hexDigit(byte >> 4))
                    append(hexDigit(byte & 15))
                }
            }
            return index
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    private static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
