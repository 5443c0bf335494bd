/// Who sent a request, as far as its credentials prove it.
enum BlobCaller: Sendable {
    /// Somebody with the account's key.
    case owner
    /// Somebody with a token of Entra ID.
    case token
    /// Somebody with a shared access signature for a container, a directory or a blob.
    case serviceSAS(SASGrant)
    /// Somebody with a shared access signature for the account.
    case accountSAS(SASGrant, resourceTypes: Set<Character>)
    /// Anyone.
    case anonymous

    /// What a valid shared access signature allows.
    struct SASGrant: Sendable {
        let permissions: Set<Character>
        /// The version whose rules apply when the request names none.
        let version: String
        /// Header fields of answers that the signature sets.
        var responseHeaders: [String: String] = [:]
        /// The directory that a list must stay in.
        var directory: String?
    }

    /// The grant of a shared access signature.
    var grant: SASGrant? {
        switch self {
        case .serviceSAS(let grant), .accountSAS(let grant, _): grant
        case .owner, .token, .anonymous: nil
        }
    }

    /// Whether the caller may write over a blob that is there.
    var mayOverwrite: Bool { grant?.permissions.contains("w") ?? true }

    /// Checks that the caller may do something. Anonymous callers are the store's business.
    func authorize(_ operation: BlobOperation) throws {
        switch self {
        case .owner, .token, .anonymous: return
        case .serviceSAS(let grant):
            guard let needed = operation.serviceSASPermissions else { throw BlobServiceError.authorizationFailure }
            guard !needed.isDisjoint(with: grant.permissions) else { throw BlobServiceError.permissionMismatch }
        case .accountSAS(let grant, let resourceTypes):
            guard let rule = operation.accountSASRule else { throw BlobServiceError.authorizationFailure }
            guard !rule.resourceTypes.isDisjoint(with: resourceTypes) else {
                throw BlobServiceError.resourceTypeMismatch
            }
            guard !rule.permissions.isDisjoint(with: grant.permissions) else {
                throw BlobServiceError.permissionMismatch
            }
        }
    }
}
