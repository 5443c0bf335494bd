import SampleSupport
import Testing

@Suite("Which accounts the environment names")
struct AccountSettingsTests {
    let complete = [
        "AZURE_BATCH_ACCOUNT": "batch1", "AZURE_BATCH_ACCESS_KEY": "a2V5", "AZURE_BATCH_ENDPOINT": "https://b.example",
        "AZURE_STORAGE_ACCOUNT": "store1", "AZURE_STORAGE_KEY": "c2VjcmV0",
    ]
    let batch = AccountSettings.Batch(account: "batch1", key: "a2V5", endpoint: "https://b.example")

    @Test("None at all means the emulator", arguments: [[:], ["PATH": "/bin"], ["AZURE_STORAGE_KEY": ""]])
    func none(_ environment: [String: String]) throws {
        #expect(try AccountSettings(environment: environment) == .emulator)
    }

    @Test("All of them mean Azure")
    func all() throws {
        #expect(
            try AccountSettings(environment: complete)
                == .azure(storage: .account(name: "store1", key: "c2VjcmV0"), batch: batch))
    }

    @Test("A connection string takes the place of storage account and key")
    func connectionString() throws {
        var environment = complete
        environment["AZURE_STORAGE_CONNECTION_STRING"] = "AccountName=x"
        let expected = AccountSettings.azure(storage: .connectionString("AccountName=x"), batch: batch)
        #expect(try AccountSettings(environment: environment) == expected)
        environment["AZURE_STORAGE_ACCOUNT"] = nil
        environment["AZURE_STORAGE_KEY"] = nil
        #expect(try AccountSettings(environment: environment) == expected)
    }

    @Test("The emulator can be chosen whatever the environment says")
    func forced() throws {
        #expect(try AccountSettings(environment: complete, usesEmulator: true) == .emulator)
        #expect(try AccountSettings(environment: ["AZURE_STORAGE_KEY": "x"], usesEmulator: true) == .emulator)
    }

    @Test(
        "What is missing is named",
        arguments: [
            ["AZURE_BATCH_ACCOUNT"], ["AZURE_BATCH_ACCESS_KEY"], ["AZURE_BATCH_ENDPOINT"], ["AZURE_STORAGE_KEY"],
            ["AZURE_STORAGE_ACCOUNT"], ["AZURE_BATCH_ACCOUNT", "AZURE_STORAGE_KEY"],
            ["AZURE_STORAGE_ACCOUNT", "AZURE_STORAGE_KEY"],
            ["AZURE_BATCH_ACCOUNT", "AZURE_BATCH_ACCESS_KEY", "AZURE_BATCH_ENDPOINT"],
        ])
    func missing(_ names: [String]) throws {
        let environment = complete.filter { !names.contains($0.key) }
        let failure = try #require(throws: SampleFailure.self) { try AccountSettings(environment: environment) }
        for name in complete.keys {
            #expect(failure.message.contains(name) == names.contains(name), "\(failure.message)")
        }
        #expect(!failure.message.contains("\n"))
        #expect(!failure.message.contains("c2VjcmV0"))
    }

    @Test("A storage account that is missing altogether can be named in either way")
    func missingStorage() throws {
        let environment = complete.filter { !$0.key.hasPrefix("AZURE_STORAGE") }
        let failure = try #require(throws: SampleFailure.self) { try AccountSettings(environment: environment) }
        #expect(failure.message.contains("AZURE_STORAGE_CONNECTION_STRING"))
    }

    @Test("A sample without tasks needs a storage account only; half of one is a mistake")
    func storageOnly() throws {
        typealias Storage = AccountSettings.Storage
        let account = ["AZURE_STORAGE_ACCOUNT": "a", "AZURE_STORAGE_KEY": "k"]
        let text = ["AZURE_STORAGE_CONNECTION_STRING": "c"]
        #expect(try Storage(environment: account) == .account(name: "a", key: "k"))
        #expect(try Storage(environment: text) == .connectionString("c"))
        #expect(try Storage(environment: account.merging(text) { $1 }) == .connectionString("c"))
        #expect(try Storage(environment: account, usesEmulator: true) == nil)
        #expect(try Storage(environment: ["AZURE_BATCH_ACCOUNT": "b", "AZURE_STORAGE_KEY": ""]) == nil)
        for (name, value) in account {
            #expect(throws: SampleFailure.self) { try Storage(environment: [name: value]) }
        }
    }
}
