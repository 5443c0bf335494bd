/// A film without sound or compression: the format YUV4MPEG2 (`.y4m`), which players and encoders read.
public enum Film {
    /// The beginning of the file, for pictures that all have one size.
    ///
    /// - Parameters:
    ///   - width: The width of the pictures.
    ///   - height: Their height.
    ///   - rate: The number of pictures a second.
    public static func header(width: Int, height: Int, rate: Int) -> [UInt8] {
        Array("YUV4MPEG2 W\(width) H\(height) F\(rate):1 Ip A1:1 C444\n".utf8)
    }

    /// One picture of the file: a line, then all brightnesses, then both kinds of color, as ITU-R BT.601 has them.
    public static func frame(_ picture: Picture) -> [UInt8] {
        var (luma, blue, red): ([UInt8], [UInt8], [UInt8]) = ([], [], [])
        let count = picture.width * picture.height
        luma.reserveCapacity(count)
        blue.reserveCapacity(count)
        red.reserveCapacity(count)
        var pixel = 0
        while pixel < picture.bytes.count {
            let r = Int(picture.bytes[pixel])
            let g = Int(picture.bytes[pixel + 1])
            let b = Int(picture.bytes[pixel + 2])
            luma.append(UInt8(16 + (66 * r + 129 * g + 25 * b + 128) >> 8))
            blue.append(UInt8(128 + (-38 * r - 74 * g + 112 * b + 128) >> 8))
            red.append(UInt8(128 + (112 * r - 94 * g - 18 * b + 128) >> 8))
            pixel += 3
        }
        return Array("FRAME\n".utf8) + luma + blue + red
    }
}
