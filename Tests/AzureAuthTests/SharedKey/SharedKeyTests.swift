import AzureAuth
import AzureCore
import Testing

@Suite("Shared keys")
struct SharedKeyTests {
    @Test(
        "A key that is not base64 is refused, and the error does not show it",
        arguments: ["", "not base64!", "c2VjcmV", "c2Vj cmV0", "c2VjcmV0\n", "====", "c2VjcmV0=", "schlüssel"])
    func badKey(_ key: String) {
        let failures = [
            #expect(throws: AzureError.self) { try StorageSharedKey(accountName: "account", key: key) },
            #expect(throws: AzureError.self) { try BatchSharedKey(accountName: "account", key: key) },
        ]
        for failure in failures {
            #expect(failure?.code == .invalidArgument)
            #expect(failure?.message.contains("'account'") == true)
            #expect(key.isEmpty || !"\(String(describing: failure))".contains(key))
        }
    }

    @Test(
        "What is no name of an account is refused",
        arguments: ["", " ", "a b", "a:b", "a/b", "a\nb", "ümlaut", "https://account.blob.core.windows.net"])
    func badName(_ name: String) {
        let failures = [
            #expect(throws: AzureError.self) { try StorageSharedKey(accountName: name, key: wellKnownKey) },
            #expect(throws: AzureError.self) { try BatchSharedKey(accountName: name, key: wellKnownKey) },
        ]
        for failure in failures { #expect(failure?.code == .invalidArgument) }
    }

    @Test("Whoever swaps name and key does not read the key in the error")
    func swapped() {
        let failure = #expect(throws: AzureError.self) {
            try StorageSharedKey(accountName: wellKnownKey, key: "account")
        }
        #expect("\(String(describing: failure))".contains(wellKnownKey) == false)
    }

    @Test("Names of accounts, of emulators and of secondaries are accepted")
    func goodNames() throws {
        for name in ["account1", "devstoreaccount1", "account-secondary", "my_account", "A.b"] {
            #expect(try StorageSharedKey(accountName: name, key: wellKnownKey).accountName == name)
            #expect(try BatchSharedKey(accountName: name, key: wellKnownKey).accountName == name)
        }
    }

    @Test("A credential gives its key only where it is one")
    func keyOfCredential() throws {
        let key = try StorageSharedKey(accountName: "account", key: wellKnownKey)
        #expect(StorageCredential.sharedKey(key).sharedKey?.accountName == "account")
        #expect(StorageCredential.anonymous.sharedKey == nil)
        #expect(try StorageCredential.sas("sig=a").sharedKey == nil)
        let batch = BatchCredential.sharedKey(try BatchSharedKey(accountName: "account", key: wellKnownKey))
        #expect(batch.sharedKey?.accountName == "account")
    }
}
