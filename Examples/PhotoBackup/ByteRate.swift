import ArgumentParser

/// A number of bytes a second, as on the command line: `800000`, `800K` or `2M`, where K and M are powers of ten.
struct ByteRate: Sendable, Hashable, ExpressibleByArgument {
    /// The number, at least 1.
    let bytesPerSecond: Int

    /// Reads an argument; nil if it is no such number.
    init?(argument: String) {
        let factors: [Character: Int] = ["K": 1000, "M": 1_000_000, "G": 1_000_000_000]
        let factor = argument.last.flatMap { factors[$0] }
        let digits = factor == nil ? Substring(argument) : argument.dropLast()
        guard digits.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(digits), number > 0 else { return nil }
        let (bytes, isTooMuch) = number.multipliedReportingOverflow(by: factor ?? 1)
        guard !isTooMuch else { return nil }
        bytesPerSecond = bytes
    }
}
