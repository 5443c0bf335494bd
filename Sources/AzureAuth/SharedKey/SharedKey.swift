import AzureCore

/// An account and its key, for whatever signs with them. The key cannot be printed.
struct SharedKey: Sendable {
    let accountName: String
    private let signingKey: SigningKey

    /// - Parameters:
    ///   - accountName: The account: letters, digits, `-`, `_` and `.`.
    ///   - key: The key in base64, as the Azure portal shows it.
    ///   - service: What the account is of, for errors.
    init(accountName: String, key: String, service: String) throws {
        let isName = accountName.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                true
            default: false
            }
        }
        // The text is not shown: whoever swaps name and key would read the key in a log.
        guard !accountName.isEmpty, isName else {
            throw AzureError.invalidArgument(
                "What was given as the name of the \(service) account is no such name: it has letters and digits only.")
        }
        guard let signingKey = SigningKey(base64: key) else {
            throw AzureError.invalidArgument(
                "The key of the \(service) account '\(accountName)' is not base64. Copy it whole, with the equals "
                    + "signs at its end.")
        }
        self.accountName = accountName
        self.signingKey = signingKey
    }

    /// The signature of a text, in base64.
    func sign(_ text: String) -> String {
        signingKey.sign(text)
    }
}

/// The name and a key of a storage account. Descriptions do not contain the key.
public struct StorageSharedKey: Sendable, CustomStringConvertible, CustomReflectable {
    private let key: SharedKey

    /// Takes a key.
    ///
    /// - Parameters:
    ///   - accountName: The name of the storage account.
    ///   - key: One of its two keys, in base64.
    /// - Throws: An `AzureError` with `invalidArgument` when the key is not base64.
    public init(accountName: String, key: String) throws {
        self.key = try SharedKey(accountName: accountName, key: key, service: "storage")
    }

    /// The name of the storage account.
    public var accountName: String { key.accountName }

    public var description: String { "StorageSharedKey(accountName: \(accountName))" }
    public var customMirror: Mirror { Mirror(self, children: ["accountName": accountName]) }

    package func sign(_ text: String) -> String { key.sign(text) }
}

/// The name and a key of a Batch account. Descriptions do not contain the key.
public struct BatchSharedKey: Sendable, CustomStringConvertible, CustomReflectable {
    private let key: SharedKey

    /// Takes a key.
    ///
    /// - Parameters:
    ///   - accountName: The name of the Batch account.
    ///   - key: One of its two keys, in base64.
    /// - Throws: An `AzureError` with `invalidArgument` when the key is not base64.
    public init(accountName: String, key: String) throws {
        self.key = try SharedKey(accountName: accountName, key: key, service: "Batch")
    }

    /// The name of the Batch account.
    public var accountName: String { key.accountName }

    public var description: String { "BatchSharedKey(accountName: \(accountName))" }
    public var customMirror: Mirror { Mirror(self, children: ["accountName": accountName]) }

    package func sign(_ text: String) -> String { key.sign(text) }
}
