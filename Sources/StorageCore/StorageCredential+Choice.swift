package import AzureAuth
import AzureCore

extension StorageCredential {
    /// The credential that was given, or the signature that the URL carries; both at once are a mistake.
    package static func choose(_ credential: StorageCredential?, sas: String?) throws -> StorageCredential {
        switch (credential, sas) {
        case (let credential?, nil): return credential
        case (nil, let sas?): return try .sas(sas)
        case (nil, nil): return .anonymous
        case (.some, .some):
            throw AzureError.invalidArgument(
                "The URL carries a shared access signature, and a credential was given as well. Use one of them.")
        }
    }
}
