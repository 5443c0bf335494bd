/// A piece of a rod through which heat flows: equal cells in a row, each with a temperature.
///
/// The rod is cold at first. Something hot touches its first cell from the outside, and something cold its last.
public struct RodPiece: Sendable, Hashable {
    /// The temperature outside of the first cell of the rod.
    public static let hot = 100.0
    /// The temperature outside of the last cell, and of all cells at first.
    public static let cold = 0.0
    /// How much of the difference between two cells is made up for in a step.
    static let rate = 0.25

    /// The temperatures, from the first cell to the last.
    public private(set) var temperatures: [Double]

    /// A piece before the first step.
    ///
    /// - Parameter cells: How many cells it has, at least 1.
    public init(cells: Int) {
        temperatures = Array(repeating: Self.cold, count: max(1, cells))
    }

    /// The temperature of the first cell.
    public var first: Double { temperatures[0] }
    /// The temperature of the last cell.
    public var last: Double { temperatures[temperatures.count - 1] }

    /// Computes the temperatures after one step.
    ///
    /// - Parameters:
    ///   - before: The temperature of what touches the first cell, before the step.
    ///   - after: The temperature of what touches the last cell, before the step.
    public mutating func advance(before: Double, after: Double) {
        var left = before
        for index in temperatures.indices {
            let here = temperatures[index]
            let right = index + 1 < temperatures.count ? temperatures[index + 1] : after
            temperatures[index] = here + Self.rate * (left - 2 * here + right)
            left = here
        }
    }

    /// How many cells each piece has when a rod is cut into pieces whose sizes differ by one at most.
    public static func sizes(ofRod cells: Int, pieces: Int) -> [Int] {
        (0..<max(0, pieces)).map { index in cells / pieces + (index < cells % pieces ? 1 : 0) }
    }
}
