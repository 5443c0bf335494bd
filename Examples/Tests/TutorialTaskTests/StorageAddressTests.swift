import Testing

@testable import TutorialTask

@Suite("The storage account of the command line")
struct StorageAddressTests {
    @Test(
        "It is an account name or the URL of a blob endpoint",
        arguments: [
            ("mystorage1", "https://mystorage1.blob.core.windows.net"),
            ("https://mystorage1.blob.core.windows.net", "https://mystorage1.blob.core.windows.net"),
            ("https://store.example/", "https://store.example"),
            ("http://127.0.0.1:10000/devstoreaccount1", "http://127.0.0.1:10000/devstoreaccount1"),
        ])
    func valid(_ argument: String, _ endpoint: String) {
        #expect(StorageAddress(argument)?.endpoint == endpoint)
    }

    @Test(
        "Anything else is refused",
        arguments: [
            "", "ab", "My-Account", "a.b.c", "account/x", "ftp://host", "abcdefghijklmnopqrstuvwxy", "konto\u{E9}",
        ])
    func invalid(_ argument: String) {
        #expect(StorageAddress(argument) == nil)
    }
}
