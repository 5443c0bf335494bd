/// A picture of many small pictures, line by line.
public struct ContactSheet: Sendable {
    /// How many are side by side.
    private let columns: Int
    /// By how much they are smaller than what they show.
    private let reduction: Int
    private var pictures: [Picture] = []

    /// Creates an empty sheet.
    ///
    /// - Parameters:
    ///   - count: How many pictures there will be; they become about as many lines as columns.
    ///   - reduction: By how much each side is made smaller.
    public init(for count: Int, reduction: Int) {
        columns = max(1, Int(Double(max(1, count)).squareRoot().rounded(.up)))
        self.reduction = max(1, reduction)
    }

    /// Adds a picture, of which every so many pixels are kept.
    public mutating func add(_ picture: Picture) {
        let (width, height) = (max(1, picture.width / reduction), max(1, picture.height / reduction))
        var bytes: [UInt8] = []
        bytes.reserveCapacity(width * height * 3)
        for line in 0..<height {
            for column in 0..<width {
                let pixel = (line * reduction * picture.width + column * reduction) * 3
                bytes.append(contentsOf: picture.bytes[pixel..<(pixel + 3)])
            }
        }
        if let small = Picture(width: width, height: height, bytes: bytes) { pictures.append(small) }
    }

    /// The sheet; what is left of the last line is black. Nil without pictures, or when it would be too large for one.
    public var picture: Picture? {
        guard let first = pictures.first else { return nil }
        let lines = (pictures.count + columns - 1) / columns
        let width = columns * first.width
        var bytes = [UInt8](repeating: 0, count: width * lines * first.height * 3)
        for (index, picture) in pictures.enumerated()
        where (picture.width, picture.height) == (first.width, first.height) {
            let (left, top) = (index % columns * first.width, index / columns * first.height)
            for line in 0..<picture.height {
                let target = ((top + line) * width + left) * 3
                let source = line * picture.width * 3
                bytes.replaceSubrange(
                    target..<(target + picture.width * 3), with: picture.bytes[source..<(source + picture.width * 3)])
            }
        }
        return Picture(width: width, height: lines * first.height, bytes: bytes)
    }
}
