/// A storage account of the emulator, with containers of its own.
public struct EmulatedStorageAccount: Sendable, Hashable {
    /// The key of development storage, which is the same everywhere and known to everybody.
    public static let wellKnownKey =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="

    /// The name: 3 to 24 lower-case letters and digits. The default is `devstoreaccount1`.
    public var name: String
    /// Its keys in base64, one or two; either signs requests. The default is none, which means the well-known key of
    /// development storage, or, where ``EmulatorConfiguration/listenAddress`` can be reached from elsewhere, a new one.
    public var keys: [String]

    /// Creates an account.
    public init(name: String = "devstoreaccount1", keys: [String] = []) {
        self.name = name
        self.keys = keys
    }

    /// Reads accounts of the form `NAME:KEY[:KEY][;NAME:KEY[:KEY]]…`, which Azurite has in its environment variable.
    ///
    /// - Returns: Nil when the text has another form.
    public static func list(_ text: String) -> [EmulatedStorageAccount]? {
        var accounts: [EmulatedStorageAccount] = []
        for part in text.split(separator: ";") where !part.allSatisfy(\.isWhitespace) {
            let fields = part.split(separator: ":", omittingEmptySubsequences: false)
            guard (2...3).contains(fields.count), fields.allSatisfy({ !$0.isEmpty }) else { return nil }
            accounts.append(EmulatedStorageAccount(name: String(fields[0]), keys: fields.dropFirst().map(String.init)))
        }
        return accounts.isEmpty ? nil : accounts
    }
}
