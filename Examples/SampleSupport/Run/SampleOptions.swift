public import ArgumentParser

/// The options that all samples have which run a job on a pool.
public struct SampleOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How long to wait for the tasks.", valueName: "minutes"))
    public var timeout = 20

    @Flag(help: "Use the emulator, whatever the environment says.")
    public var emulator = false

    @OptionGroup public var names: RunName

    public init() {}

    public func validate() throws {
        try Self.refuse(["--timeout": timeout], below: 1)
    }

    /// Refuses options that are too small.
    ///
    /// - Parameters:
    ///   - numbers: The values, by the names of the options.
    ///   - least: The least that each may be.
    /// - Throws: A `ValidationError` that names the first of them.
    public static func refuse(_ numbers: KeyValuePairs<String, Int>, below least: Int) throws {
        for (name, value) in numbers where value < least {
            throw ValidationError("\(name) must be at least \(least).")
        }
    }
}
