import ArgumentParser
import AzureCore
import SampleSupport

/// Backs up a directory of photos, and brings it back.
@main
struct PhotoBackup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "PhotoBackup",
        abstract: "Backs up a directory of photos into a container of Azure Blob Storage, and brings it back.",
        discussion: """
            With AZURE_STORAGE_ACCOUNT and AZURE_STORAGE_KEY set, or AZURE_STORAGE_CONNECTION_STRING, it works on that \
            account. With none of them set it works with an emulator inside this program, and what is in that ends with \
            it: good for a look. To keep more, run the emulator by itself and set the connection string that it prints.
            """,
        version: PackageVersion.current,
        subcommands: [BackupCommand.self, RestoreCommand.self])
}

/// Sends what is new or has changed.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Sends the files of a directory that are new or have changed.")

    @Argument(help: ArgumentHelp("The directory.", valueName: "dir"))
    var directory: String

    @OptionGroup var tree: TreeArguments

    func run() async throws {
        try await tree.runProgram { console, environment, signals in
            await run(console: console, environment: environment, signals: signals)
        }
    }

    /// Runs the backup.
    ///
    /// - Returns: The exit code; if it is not 0, the console says why.
    func run(
        console: Console, environment: [String: String], timing: SampleTiming = SampleTiming(), signals: Signals
    ) async -> Int32 {
        await tree.run(console: console, environment: environment, timing: timing) { container in
            let backup = Backup(
                directory: try LocalDirectory.existing(directory), container: container, plan: try tree.plan(),
                console: console)
            return await TreeRun(words: .backup(isDryRun: tree.dryRun), console: console).run(signals) {
                try await backup.run()
            }
        }
    }
}

/// Brings back what is missing.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Brings the files of a backup that are missing into a directory.")

    @Argument(help: ArgumentHelp("The directory.", valueName: "dir"))
    var directory: String

    @Flag(help: "Replace files that differ from the backup, too.")
    var replace = false

    @OptionGroup var tree: TreeArguments

    func run() async throws {
        try await tree.runProgram { console, environment, signals in
            await run(console: console, environment: environment, signals: signals)
        }
    }

    /// Runs the restoration.
    ///
    /// - Returns: The exit code; if it is not 0, the console says why.
    func run(
        console: Console, environment: [String: String], timing: SampleTiming = SampleTiming(), signals: Signals
    ) async -> Int32 {
        await tree.run(console: console, environment: environment, timing: timing) { container in
            let restoration = Restoration(
                directory: LocalFile.absolute(directory), container: container, replaces: replace,
                plan: try tree.plan(), console: console)
            return await TreeRun(words: .restoration(isDryRun: tree.dryRun), console: console).run(signals) {
                try await restoration.run()
            }
        }
    }
}
