#if Emulator
import AzureCore
import AzureEmulator
import Foundation

/// The accounts that the environment has, where they are seen by fewer than on a command line.
struct EnvironmentAccounts {
    /// The storage accounts; nil when there are none.
    let storage: [EmulatedStorageAccount]?
    /// The Batch account; nil when there is none.
    let batch: EmulatedStorageAccount?

    /// - Throws: An `AzureError` with `invalidArgument` when one has another form.
    init(_ environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        func accounts(_ name: String) throws -> [EmulatedStorageAccount]? {
            guard let text = environment[name], !text.isEmpty else { return nil }
            guard let accounts = EmulatedStorageAccount.list(text) else {
                throw AzureError.invalidArgument(
                    "The environment variable \(name) is not of the form NAME:KEY[:KEY][;NAME:KEY[:KEY]]….")
            }
            return accounts
        }
        storage = try accounts("AZURE_EMULATOR_ACCOUNTS") ?? accounts("AZURITE_ACCOUNTS")
        let batch = try accounts("AZURE_EMULATOR_BATCH_ACCOUNT")
        guard batch.map({ $0.count == 1 && $0[0].keys.count == 1 }) ?? true else {
            throw AzureError.invalidArgument(
                "The environment variable AZURE_EMULATOR_BATCH_ACCOUNT is not of the form NAME:KEY.")
        }
        self.batch = batch?[0]
    }
}
#endif
