#if Emulator
import ArgumentParser
import AzureCore
import AzureEmulator
import Foundation
import Logging

/// Runs the emulator until it is told to stop.
@main
struct AzureEmulatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "azure-emulator",
        abstract: "Emulates Azure Blob Storage and Azure Batch on this machine.",
        discussion: """
            Both services are reached on 127.0.0.1 only, unless --listen says otherwise. Batch tasks are real processes \
            of this machine and of the user who runs the emulator. When it is ready it prints where and with which keys \
            it is reached, one 'name: value' a line, and last 'ready'. SIGTERM and SIGINT stop it and all its tasks. \
            Requests are logged to standard error at the level 'debug'. The options of Azurite are understood, too: see \
            Docs/Moving-from-Azurite.md.
            """,
        version: PackageVersion.current, subcommands: [HealthCommand.self])

    @Option(help: "The TCP port of the Blob service; 0 for a free one.")
    var blobPort = 10_000

    @Option(help: "The TCP port of the Batch service; 0 for a free one.")
    var batchPort = 10_100

    @Option(
        help: ArgumentHelp(
            "The address of this machine where both services listen.",
            discussion:
                "Whoever reaches them and has a key runs commands, so keys that everybody knows are refused then."))
    var listen: String?

    @Option(
        name: .customLong("host"),
        help: "A name that requests may have in Host besides that of this machine; may be given several times.")
    var hosts: [String] = []

    @Option(
        name: .customLong("account"),
        help: """
            A storage account with its key in base64, as NAME=KEY; may be given several times. Without it, those of \
            AZURE_EMULATOR_ACCOUNTS are taken, NAME:KEY[:KEY][;…], or devstoreaccount1.
            """,
        transform: Self.account)
    var accounts: [EmulatedStorageAccount] = []

    @Option(
        help: """
            The Batch account with its key in base64, as NAME=KEY. Without it, that of AZURE_EMULATOR_BATCH_ACCOUNT is \
            taken, NAME:KEY, or localbatch.
            """,
        transform: Self.account)
    var batchAccount: EmulatedStorageAccount?

    @Option(help: "The directory that keeps everything beyond the end. Without it, nothing is kept.")
    var data: String?

    @Flag(help: "Keep everything in memory and temporary files, which is what happens without --data.")
    var inMemory = false

    @Option(help: "The directory for the files of the nodes. Without it, a temporary one is used and removed.")
    var nodeRoot: String?

    @Option(help: "How many processes of tasks run at a time. Without it, four for each processor.")
    var maxProcesses: Int?

    @Option(help: "How many seconds the nodes of a pool take to come.")
    var allocationTime = 0

    @Option(help: "How many seconds blobs take to come back from the archive.")
    var rehydrationTime = 10

    @Flag(help: "Keep earlier versions of blobs.")
    var keepBlobVersions = false

    @Flag(help: "Speak HTTPS, with a certificate and an authority that are made for that.")
    var tls = false

    @Option(help: "The directory that keeps the certificate of --tls. Without it, a temporary one is used and removed.")
    var tlsDirectory: String?

    @Option(help: "Speak HTTPS with the certificate in this file of PEM.")
    var certificate: String?

    @Option(help: "The file of PEM with the private key for --certificate.")
    var key: String?

    @Option(
        name: .customLong("application"),
        help: "An application package of the Batch account, as ID=VERSION=ZIP; may be given several times.",
        transform: Self.package)
    var applications: [EmulatedApplicationPackage] = []

    @Option(help: "What is logged: trace, debug, info, notice, warning, error or critical.", transform: Self.level)
    var logLevel: Logger.Level?

    @OptionGroup(visibility: .hidden)
    var azurite: AzuriteOptions

    func validate() throws {
        let certificate = try certificateFile
        guard (certificate == nil) == (key == nil) else {
            throw ValidationError("--certificate and --key belong together; give both or none.")
        }
        guard maxProcesses.map({ $0 > 0 }) ?? true else {
            throw ValidationError("--max-processes must be 1 or more.")
        }
        guard try dataDirectory == nil || !(inMemory || azurite.inMemory) else {
            throw ValidationError("--in-memory keeps nothing; it cannot be used with --data.")
        }
        guard (0...86_400).contains(allocationTime) else {
            throw ValidationError("--allocation-time must be 0 to 86400 seconds.")
        }
        guard (0...86_400).contains(rehydrationTime) else {
            throw ValidationError("--rehydration-time must be 0 to 86400 seconds.")
        }
        guard certificate == nil || !(tls || tlsDirectory != nil) else {
            throw ValidationError("--tls makes a certificate; it cannot be used with --certificate.")
        }
        _ = try listenAddress
    }

    private var certificateFile: String? {
        get throws { try AzuriteOptions.one(certificate, "--certificate", azurite.certificate, "--cert") }
    }

    private var dataDirectory: String? {
        get throws { try AzuriteOptions.one(data, "--data", azurite.location, "--location") }
    }

    private var listenAddress: String? {
        get throws { try AzuriteOptions.one(listen, "--listen", azurite.blobHost, "--blobHost") }
    }

    private var emulatorTLS: EmulatorTLS? {
        get throws {
            if let certificate = try certificateFile, let key { return .files(certificate: certificate, key: key) }
            return tls || tlsDirectory != nil ? .generated(in: tlsDirectory) : nil
        }
    }

    var emulatorConfiguration: EmulatorConfiguration {
        get throws {
            var configuration = EmulatorConfiguration()
            configuration.logger.logLevel = logLevel ?? azurite.logLevel
            if let address = try listenAddress { configuration.listenAddress = address }
            configuration.hostNames = hosts
            configuration.blobPort = azurite.blobPort ?? blobPort
            configuration.batchPort = batchPort
            let environment = try EnvironmentAccounts()
            if let found = accounts.isEmpty ? environment.storage : accounts { configuration.storageAccounts = found }
            if let found = batchAccount ?? environment.batch {
                configuration.batchAccount = found.name
                configuration.batchKey = found.keys.first
            }
            configuration.acceptsUnknownBlobVersions = azurite.skipsVersionCheck
            configuration.dataDirectory = try dataDirectory
            configuration.nodeRoot = nodeRoot
            configuration.maxProcesses = maxProcesses
            configuration.nodeTimes.allocation = .seconds(allocationTime)
            configuration.rehydrationTime = .seconds(rehydrationTime)
            configuration.keepsBlobVersions = keepBlobVersions
            configuration.tls = try emulatorTLS
            configuration.applicationPackages = applications
            return configuration
        }
    }

    mutating func run() async throws {
        do {
            try CommandLog.begin(file: azurite.debugLog)
            if !azurite.isSilent { for note in azurite.notes { Self.complain(note) } }
            try await EmulatorService(emulatorConfiguration, announce: Self.announce).runUntilSignal()
        } catch let error as AzureError {
            Self.complain(error.message)
            throw ExitCode.failure
        }
    }

    private static func complain(_ message: String) {
        FileHandle.standardError.write(Data("azure-emulator: \(message)\n".utf8))
    }

    private static func account(_ text: String) throws -> EmulatedStorageAccount {
        guard let equals = text.firstIndex(of: "="), equals != text.startIndex, text.last != "=" || text.count > 2
        else {
            throw ValidationError("An account is given as NAME=KEY.")
        }
        return EmulatedStorageAccount(
            name: String(text[..<equals]), keys: [String(text[text.index(after: equals)...])])
    }

    private static func package(_ text: String) throws -> EmulatedApplicationPackage {
        guard let package = EmulatedApplicationPackage(text) else {
            throw ValidationError("'\(text)' is not of the form ID=VERSION=ZIP.")
        }
        return package
    }

    private static func level(_ name: String) throws -> Logger.Level {
        guard let level = Logger.Level(rawValue: name) else { throw ValidationError("'\(name)' is no level of a log.") }
        return level
    }

    @Sendable
    private static func announce(_ emulator: RunningEmulator) {
        var lines: [String] = []
        for (index, account) in emulator.storageAccounts.enumerated() {
            let prefix = index == 0 ? "blob" : "blob \(index + 1)"
            lines.append("\(prefix) endpoint: \(account.blobEndpoint)")
            lines.append("\(prefix) account: \(account.name)")
            lines += account.keys.enumerated().map { "\(prefix) \($0 == 0 ? "key" : "second key"): \($1)" }
            lines.append("\(prefix) connection string: \(account.connectionString)")
        }
        lines += [
            "batch endpoint: \(emulator.batchEndpoint)",
            "batch account: \(emulator.batchAccount)",
            "batch key: \(emulator.batchKey)",
        ]
        if let authority = emulator.certificateAuthorityFile { lines.append("certificate authority: \(authority)") }
        lines.append("ready")
        // Unbuffered, so that whoever reads a pipe sees it at once.
        FileHandle.standardOutput.write(Data((lines.joined(separator: "\n") + "\n").utf8))
    }
}
#else
import Foundation

/// Stands in for the emulator where it was not built.
@main
enum AzureEmulatorCommand {
    static func main() {
        let message =
            "azure-emulator: This was built without the emulator. Turn on the package trait 'Emulator': "
            + "swift run --traits Emulator azure-emulator\n"
        FileHandle.standardError.write(Data(message.utf8))
        exit(1)
    }
}
#endif
