import ArgumentParser
public import SampleSupport

extension SampleCommand {
    /// Runs a sample with command-line arguments in this process, in the accounts of an emulator.
    ///
    /// - Parameters:
    ///   - arguments: The arguments.
    ///   - accounts: The accounts, which it finds in its environment.
    /// - Returns: The exit code, and what it printed.
    public static func run(
        _ arguments: [String], in accounts: TestAccounts
    ) async throws -> (code: Int32, terminal: ScriptedTerminal) {
        let terminal = ScriptedTerminal()
        let code = try await Self.parse(arguments).run(
            console: terminal.console(isInteractive: false), environment: accounts.environment, timing: .test,
            signals: .none)
        return (code, terminal)
    }
}
