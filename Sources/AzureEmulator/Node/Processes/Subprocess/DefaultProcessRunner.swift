/// What runs programs unless something else is asked for: processes, in a build with the package trait `Emulator`.
func makeDefaultProcessRunner(_ instance: EmulatorInstance, _ directory: EmulatorDirectory) -> any ProcessRunner {
    #if Emulator
    SubprocessRunner(for: instance, in: directory)
    #else
    MissingProcessRunner()
    #endif
}
