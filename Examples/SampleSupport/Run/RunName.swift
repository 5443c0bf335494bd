public import ArgumentParser

/// What names of a run end with. It is given in the same way to a run and to what cleans up after it.
public struct RunName: ParsableArguments {
    @Option(
        name: .customLong("run"),
        help: ArgumentHelp(
            "The id of the run, with which its names end: lower-case letters, digits, hyphens. The default is a new one.",
            valueName: "id"))
    public var runID: RunID?

    public init() {}

    /// The id, for a command that cannot do without.
    ///
    /// - Throws: A `ValidationError` when it was not given.
    @discardableResult
    public func given() throws -> RunID {
        guard let runID else {
            throw ValidationError("--run is missing: the id of the run, which its names end with.")
        }
        return runID
    }
}
