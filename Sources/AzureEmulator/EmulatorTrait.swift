/// What is said where something needs the package trait `Emulator`, and that is off.
enum EmulatorTrait {
    /// Says what is missing, and how to get it.
    ///
    /// - Parameter part: What is not part of this build.
    static func isMissing(for part: String) -> String {
        "This build is without \(part). Turn on the package trait 'Emulator': "
            + ".package(…, traits: [\"Emulator\"]) in a manifest, or --traits Emulator on the command line."
    }
}
