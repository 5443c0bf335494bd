/// A picture: red, green and blue of each pixel, line by line from the top.
public struct Picture: Sendable, Hashable {
    /// The number of pixels of a line.
    public let width: Int
    /// The number of lines.
    public let height: Int
    /// Three bytes for each pixel.
    public var bytes: [UInt8]

    /// The longest side of a picture; more is taken for a mistake.
    public static let longestSide = 16_384

    /// Creates a picture; nil when the sides are not from 1 to ``longestSide``, or the bytes are not as many as that.
    public init?(width: Int, height: Int, bytes: [UInt8]) {
        let sides = 1...Self.longestSide
        guard sides.contains(width), sides.contains(height), bytes.count == width * height * 3 else { return nil }
        self.width = width
        self.height = height
        self.bytes = bytes
    }
}

// MARK: The file

extension Picture {
    /// The picture as a file of the format PPM, the binary kind (`P6`) with 255 as the brightest.
    public var ppm: [UInt8] {
        Array("P6\n\(width) \(height)\n255\n".utf8) + bytes
    }

    /// Reads a file of the format PPM as ``ppm`` writes it; nil for everything else, also for other kinds of PPM.
    public init?(ppm file: [UInt8]) {
        var rest = file[...]
        func field() -> Substring? {
            guard let end = rest.prefix(12).firstIndex(where: { $0 == 0x0A || $0 == 0x20 }) else { return nil }
            let text = String(decoding: rest[..<end], as: UTF8.self)
            rest = rest[(end + 1)...]
            return text[...]
        }
        guard field() == "P6", let width = field().flatMap({ Int($0) }), let height = field().flatMap({ Int($0) }),
            field() == "255"
        else { return nil }
        self.init(width: width, height: height, bytes: Array(rest))
    }
}
