import AzureCore
import Foundation

extension EmulatorConfiguration {
    /// The key of the emulated Batch account that is the same on every machine.
    static let wellKnownBatchKey =
        "bG9jYWxiYXRjaC1rZXktb2YtdGhlLWVtdWxhdG9yLW5vdC1hLXNlY3JldC0wMDAwMDAwMDAwMDAwMDAwMDAwMA=="

    /// The address where the services listen.
    ///
    /// - Throws: An `AzureError` with `invalidArgument` when it is none. A name is none: what it stands for may change.
    func address() throws -> IPAddress {
        if listenAddress.lowercased() == "localhost" { return .loopback }
        guard let address = IPAddress(listenAddress) else {
            throw AzureError.invalidArgument(
                "'\(listenAddress)' is no address to listen on. Give one of this machine, such as 127.0.0.1, 0.0.0.0 for "
                    + "all of them, or ::1.")
        }
        return address
    }

    /// The configuration with a key for each account, checked.
    ///
    /// - Parameter address: Where the services listen.
    /// - Throws: An `AzureError` with `invalidArgument` that says what is wrong.
    func completed(listeningOn address: IPAddress) throws -> EmulatorConfiguration {
        var result = self
        try checkNames()
        let isPublic = !address.isLoopback
        for index in result.storageAccounts.indices {
            let account = result.storageAccounts[index]
            guard account.keys.count <= 2 else {
                throw AzureError.invalidArgument("The storage account '\(account.name)' has more than two keys.")
            }
            if account.keys.isEmpty {
                result.storageAccounts[index].keys = [isPublic ? Self.newKey() : EmulatedStorageAccount.wellKnownKey]
            } else if isPublic, account.keys.contains(where: Self.isWellKnown) {
                throw Self.wellKnownKey(of: "storage account '\(account.name)'", address)
            }
        }
        if let batchKey, isPublic, Self.isWellKnown(batchKey) {
            throw Self.wellKnownKey(of: "Batch account '\(batchAccount)'", address)
        }
        result.batchKey = batchKey ?? (isPublic ? Self.newKey() : Self.wellKnownBatchKey)
        return result
    }

    private func checkNames() throws {
        guard !storageAccounts.isEmpty else { throw AzureError.invalidArgument("There has to be a storage account.") }
        var names: Set<String> = []
        for account in storageAccounts {
            // Also the names of files in the data directory.
            let isName =
                (3...24).contains(account.name.utf8.count)
                && account.name.utf8.allSatisfy {
                    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                }
            guard isName else {
                throw AzureError.invalidArgument(
                    "'\(account.name)' is no name of a storage account, which has 3 to 24 lower-case letters and digits."
                )
            }
            guard names.insert(account.name).inserted else {
                throw AzureError.invalidArgument("There are two storage accounts '\(account.name)'.")
            }
        }
    }

    private static func wellKnownKey(of account: String, _ address: IPAddress) -> AzureError {
        .invalidArgument(
            "The \(account) has the well-known key, and others reach \(address.text): whoever has a key runs commands on "
                + "this machine. Give it another key, or none, and it gets a new one.")
    }

    /// Whether everybody knows a key.
    private static func isWellKnown(_ key: String) -> Bool {
        guard let bytes = Data(base64Encoded: key) else { return false }
        return [EmulatedStorageAccount.wellKnownKey, wellKnownBatchKey].contains { Data(base64Encoded: $0) == bytes }
    }

    /// A key that nobody knows: 64 random bytes, as keys of Azure are.
    private static func newKey() -> String {
        var generator = SystemRandomNumberGenerator()
        return Data((0..<64).map { _ in UInt8.random(in: .min ... .max, using: &generator) }).base64EncodedString()
    }
}
