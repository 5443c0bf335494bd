#if Emulator
import ArgumentParser
import AzureCore
import AzureEmulator
import Foundation
import Logging

/// The options of Azurite, so that whoever starts that can start this: those that mean something here do, others are
/// taken with a note, and what would be misunderstood is refused.
struct AzuriteOptions: ParsableArguments {
    // MARK: What means the same here

    @Option(name: .customLong("blobPort")) var blobPort: Int?
    @Option(name: .customLong("blobHost")) var blobHost: String?
    @Option(name: [.customShort("l"), .customLong("location")]) var location: String?
    @Option(name: .customLong("cert")) var certificate: String?
    @Flag(name: .customLong("inMemoryPersistence")) var inMemory = false
    @Flag(name: .customLong("skipApiVersionCheck")) var skipsVersionCheck = false
    @Flag(name: [.customShort("s"), .customLong("silent")]) var isSilent = false
    @Option(name: [.customShort("d"), .customLong("debug")]) var debugLog: String?

    // MARK: What changes nothing

    @Flag(name: [.customShort("L"), .customLong("loose")]) var isLoose = false
    @Flag(name: .customLong("disableProductStyleUrl")) var hasPathsOnly = false
    @Flag(name: .customLong("disableTelemetry")) var hasNoTelemetry = false
    @Option(name: .customLong("extentMemoryLimit")) var memoryLimit: String?
    @Option(name: .customLong("blobKeepAliveTimeout")) var blobKeepAlive: String?

    // MARK: What is not here

    @Option(name: .customLong("queueHost")) var queueHost: String?
    @Option(name: .customLong("queuePort")) var queuePort: String?
    @Option(name: .customLong("queueKeepAliveTimeout")) var queueKeepAlive: String?
    @Option(name: .customLong("tableHost")) var tableHost: String?
    @Option(name: .customLong("tablePort")) var tablePort: String?
    @Option(name: .customLong("tableKeepAliveTimeout")) var tableKeepAlive: String?
    @Option(name: .customLong("oauth")) var tokens: String?
    @Option(name: .customLong("pwd")) var password: String?

    func validate() throws {
        if tokens != nil {
            throw ValidationError(
                "--oauth: the emulator takes no token that it was not told of. Use keys or shared access signatures, or in "
                    + "a test EmulatorConfiguration.acceptedTokens.")
        }
        if password != nil {
            throw ValidationError("--pwd: give a certificate in PEM, with its key in a file for --key.")
        }
    }

    /// What is logged where --log-level does not say it.
    var logLevel: Logger.Level { debugLog != nil ? .debug : isSilent ? .error : .info }

    /// What whoever gave the options should know of them, a line each.
    var notes: [String] {
        var notes: [String] = []
        if isLoose { notes.append("--loose changes nothing: what the emulator has not got is answered with 501.") }
        if memoryLimit != nil { notes.append("--extentMemoryLimit changes nothing: content lies in files.") }
        if blobKeepAlive != nil { notes.append("--blobKeepAliveTimeout changes nothing: it is 60 seconds.") }
        if [queueHost, queuePort, queueKeepAlive].contains(where: { $0 != nil }) {
            notes.append("There is no Queue service here.")
        }
        if [tableHost, tablePort, tableKeepAlive].contains(where: { $0 != nil }) {
            notes.append("There is no Table service here.")
        }
        return notes
    }

    /// Takes the option of this program or the one of Azurite that is the same.
    ///
    /// - Throws: When both are given.
    static func one(_ own: String?, _ name: String, _ other: String?, _ otherName: String) throws -> String? {
        guard own == nil || other == nil else {
            throw ValidationError("\(name) and \(otherName) are the same; give one of them.")
        }
        return own ?? other
    }
}
#endif
