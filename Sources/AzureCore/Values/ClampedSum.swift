extension FixedWidthInteger {
    /// The sum, or the nearest number there is: figures from outside are counted with, whatever they are.
    package func clampedAdding(_ other: Self) -> Self {
        let (sum, isTooMuch) = addingReportingOverflow(other)
        return isTooMuch ? (other < 0 ? .min : .max) : sum
    }
}
