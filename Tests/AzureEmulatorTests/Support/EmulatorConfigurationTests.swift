import AzureCore
import Foundation
import Testing

@testable import AzureEmulator

/// The rules of names are Azure's (Storage account overview: 3 to 24 characters, numbers and lower-case letters), the form of
/// lists is the one that the readme of Azurite documents for AZURITE_ACCOUNTS, and the well-known key is that of the
/// documentation of development storage.
@Suite("The configuration of the emulator")
struct EmulatorConfigurationTests {
    private static let wellKnown =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="

    private func completed(_ configuration: EmulatorConfiguration) throws -> EmulatorConfiguration {
        try configuration.completed(listeningOn: configuration.address())
    }

    private func message(_ configuration: EmulatorConfiguration) -> String? {
        let error = #expect(throws: AzureError.self) { try completed(configuration) }
        #expect(error?.code == .invalidArgument)
        return error?.message
    }

    @Test("On loopback, accounts without keys have the well-known ones", arguments: ["127.0.0.1", "localhost", "::1"])
    func loopback(address: String) throws {
        var configuration = EmulatorConfiguration()
        configuration.listenAddress = address
        let result = try completed(configuration)
        #expect(result.storageAccounts == [EmulatedStorageAccount(name: "devstoreaccount1", keys: [Self.wellKnown])])
        #expect(result.batchKey == EmulatorConfiguration.wellKnownBatchKey)
        configuration.storageKey = Self.wellKnown
        #expect(try completed(configuration).storageKey == Self.wellKnown)
    }

    @Test("Where others reach it, they get new keys of 64 bytes", arguments: ["0.0.0.0", "::", "192.0.2.1"])
    func generated(address: String) throws {
        var configuration = EmulatorConfiguration()
        configuration.listenAddress = address
        let (first, second) = (try completed(configuration), try completed(configuration))
        for key in [first.storageKey, first.batchKey, second.storageKey, second.batchKey] {
            #expect(Data(base64Encoded: key ?? "")?.count == 64)
        }
        #expect(Set([first.storageKey, first.batchKey, second.storageKey, second.batchKey]).count == 4)
    }

    @Test("Where others reach it, a well-known key is refused, whatever account has it, and other keys are kept")
    func wellKnown() throws {
        var configuration = EmulatorConfiguration()
        configuration.listenAddress = "0.0.0.0"
        configuration.storageKey = Self.wellKnown
        #expect(message(configuration)?.contains("'devstoreaccount1'") == true)
        configuration.storageKey = "c2VjcmV0"
        #expect(try completed(configuration).storageKey == "c2VjcmV0")
        configuration.storageAccounts.append(
            EmulatedStorageAccount(name: "second", keys: ["b3RoZXI=", Self.wellKnown]))
        #expect(message(configuration)?.contains("'second'") == true)
        configuration.storageAccounts.removeLast()
        configuration.batchKey = EmulatorConfiguration.wellKnownBatchKey
        #expect(message(configuration)?.contains("'localbatch'") == true)
        configuration.batchKey = Self.wellKnown
        #expect(message(configuration)?.contains("'localbatch'") == true)
    }

    @Test(
        "A name of an account that Azure does not take is refused", arguments: ["ab", "Abc", "a-b", "../a", "", "é12"])
    func names(name: String) {
        var configuration = EmulatorConfiguration()
        configuration.storageAccount = name
        #expect(message(configuration)?.contains("'\(name)'") == true)
    }

    @Test("Accounts are one or more, each once, with at most two keys")
    func accounts() {
        var configuration = EmulatorConfiguration()
        configuration.storageAccounts = []
        #expect(message(configuration) != nil)
        configuration.storageAccounts = [EmulatedStorageAccount(), EmulatedStorageAccount()]
        #expect(message(configuration) != nil)
        configuration.storageAccounts = [EmulatedStorageAccount(keys: ["YQ==", "YQ==", "YQ=="])]
        #expect(message(configuration) != nil)
    }

    @Test(
        "An address to listen on is one, and not a name",
        arguments: ["example.com", "", "1.2.3", "127.0.0.1:80", "[::1]"])
    func addresses(address: String) {
        var configuration = EmulatorConfiguration()
        configuration.listenAddress = address
        #expect(throws: AzureError.self) { try configuration.address() }
    }

    @Test("A list of accounts is read as Azurite reads it")
    func list() {
        typealias Account = EmulatedStorageAccount
        #expect(Account.list("account1:a2V5") == [Account(name: "account1", keys: ["a2V5"])])
        #expect(
            Account.list("account1:k1==:k2;account2:k1/+") == [
                Account(name: "account1", keys: ["k1==", "k2"]), Account(name: "account2", keys: ["k1/+"]),
            ])
        #expect(Account.list("account1:a2V5;")?.count == 1)
        for text in ["", ";", "account1", "account1:", ":key", "a:1:2:3", "a:1::"] {
            #expect(Account.list(text) == nil, "\(text)")
        }
    }
}
