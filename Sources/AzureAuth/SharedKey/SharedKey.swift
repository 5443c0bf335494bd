import AzureCore
import AzureCrypto
import Foundation

/// An account and its key, for whatever signs with them. The key cannot be printed.
struct SharedKey: Sendable {
    let accountName: String
    private let hmac: HMACSHA256

    /// - Parameters:
    ///   - accountName: The account, neither empty nor with characters that would break a header line.
    ///   - key: The key in base64, as the Azure portal shows it.
    ///   - service: What the account is of, for errors.
    init(accountName: String, key: String, service: String) throws {
        let isPlain = accountName.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
        guard !accountName.isEmpty, isPlain else {
            throw AzureError.invalidArgument("'\(accountName)' is no name of a \(service) account.")
        }
        guard let bytes = Data(base64Encoded: key), !bytes.isEmpty else {
            throw AzureError.invalidArgument(
                "The key of the \(service) account '\(accountName)' is not base64. Copy it whole, with the equals "
                    + "signs at its end.")
        }
        self.accountName = accountName
        hmac = HMACSHA256(key: bytes)
    }

    /// The signature of a text, in base64.
    func sign(_ text: String) -> String {
        Data(hmac.authenticationCode(for: text.utf8)).base64EncodedString()
    }
}

/// The name and a key of a storage account. Printing it does not show the key.
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

/// The name and a key of a Batch account. Printing it does not show the key.
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
