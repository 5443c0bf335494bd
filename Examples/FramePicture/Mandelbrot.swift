/// A film that zooms into the Mandelbrot set, frame by frame.
public struct MandelbrotFilm: Sendable, Hashable {
    /// The size of its pictures.
    public var width: Int
    public var height: Int
    /// How much narrower each frame is than the one before, as a factor less than 1.
    public var zoom: Double

    /// Where it zooms to: a place at the edge of the set, with something to see at every depth.
    static let target = (real: -0.743643887037151, imaginary: 0.131825904205330)
    /// The width of the first frame.
    static let startWidth = 3.0

    /// Describes a film.
    public init(width: Int, height: Int, zoom: Double) {
        self.width = width
        self.height = height
        self.zoom = zoom
    }

    /// Computes a frame.
    ///
    /// - Parameter number: Its number; the first one is 0.
    /// - Throws: A ``FrameFailure`` when it is so small that numbers cannot tell its pixels apart.
    public func frame(_ number: Int) throws -> Picture {
        var scale = Self.startWidth
        for _ in 0..<number { scale *= zoom }
        let step = scale / Double(width)
        guard step > 4 * abs(Self.target.real).ulp else {
            throw FrameFailure(
                "frame \(number): its pixels are \(step) apart, less than numbers of 64 bits can tell apart. Zoom less."
            )
        }
        // Deeper frames need more steps to show anything; the exponent counts how often the width was halved.
        let limit = 100 + 20 * Int(max(0, -scale.exponent))
        var bytes: [UInt8] = []
        bytes.reserveCapacity(width * height * 3)
        var line = 0
        while line < height {
            let imaginary = Self.target.imaginary + (Double(height) / 2 - Double(line) - 0.5) * step
            var column = 0
            while column < width {
                let real = Self.target.real + (Double(column) + 0.5 - Double(width) / 2) * step
                let count = Self.iterations(real, imaginary, limit: limit)
                Self.append(count == limit ? nil : Double(count) / Double(limit), to: &bytes)
                column += 1
            }
            line += 1
        }
        guard let picture = Picture(width: width, height: height, bytes: bytes) else {
            throw FrameFailure("frame \(number): \(width) by \(height) pixels are no picture.")
        }
        return picture
    }

    /// How often a point can be squared, and itself added, before it is more than 2 away; the limit for the points of the set.
    static func iterations(_ real: Double, _ imaginary: Double, limit: Int) -> Int {
        var (x, y) = (0.0, 0.0)
        var count = 0
        while count < limit {
            let (xx, yy) = (x * x, y * y)
            if xx + yy > 4 { return count }
            y = 2 * x * y + imaginary
            x = xx - yy + real
            count += 1
        }
        return limit
    }

    /// The color of a point by how soon it left, from 0 to 1; black for what never left.
    private static func append(_ share: Double?, to bytes: inout [UInt8]) {
        guard let share else {
            bytes.append(contentsOf: [0, 0, 0])
            return
        }
        let rest = 1 - share
        bytes.append(UInt8(min(255, 9 * rest * share * share * share * 255)))
        bytes.append(UInt8(min(255, 15 * rest * rest * share * share * 255)))
        bytes.append(UInt8(min(255, 8.5 * rest * rest * rest * share * 255)))
    }
}

/// Why a frame or a film cannot be made, in one line.
public struct FrameFailure: Error, Sendable, CustomStringConvertible {
    public let description: String

    /// Creates a failure.
    public init(_ description: String) {
        self.description = description
    }
}
