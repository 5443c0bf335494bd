extension XMLPullReader {
    /// The characters that a range of bytes stands for: references replaced, line ends made one, and in attributes
    /// white space made spaces. The range was checked when it was read.
    func decoded(_ range: Range<Int>, hasReferences: Bool, isAttribute: Bool = false) throws -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "&") where hasReferences:
                let (scalar, end) = try reference(bytes, at: index)
                result.append(contentsOf: UTF8.encode(scalar)!)
                index = end
                continue
            case UInt8(ascii: "\r"):
                if index + 1 < range.upperBound, bytes[index + 1] == UInt8(ascii: "\n") { index += 1 }
                result.append(isAttribute ? UInt8(ascii: " ") : UInt8(ascii: "\n"))
            case UInt8(ascii: "\n"), UInt8(ascii: "\t"): result.append(isAttribute ? UInt8(ascii: " ") : byte)
            default: result.append(byte)
            }
            index += 1
        }
        return result
    }

    // MARK: Errors

    /// What is wrong with the document, and where.
    func error(_ reason: String, at index: Int? = nil) -> AzureError {
        AzureError(
            code: .invalidResponse,
            message: "The XML document cannot be read: \(reason) (at byte \(index ?? position) of \(bytes.count)).")
    }

    var endedTooEarly: AzureError { error("it ends too early", at: bytes.count) }

    var wrongEnd: AzureError {
        let expected = String(decoding: bytes[open.last ?? 0..<0], as: UTF8.self)
        return error("an end tag is not that of the open element '\(expected)'")
    }
}
