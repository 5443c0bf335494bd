#if !Emulator
/// What the stubs say that stand in for the emulator when it was not built.
enum EmulatorTrait {
    static let isMissing =
        "The emulator is not part of this build. Turn on the package trait 'Emulator': "
        + ".package(…, traits: [\"Emulator\"]) in a manifest, or --traits Emulator on the command line."
}
#endif
