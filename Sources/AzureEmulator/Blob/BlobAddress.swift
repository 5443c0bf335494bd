#if Emulator
/// What a request's path stands for: the account, a container, or a blob.
struct BlobAddress: Sendable {
    /// The sort of thing that is addressed.
    enum Level: Sendable {
        case service, container, blob
    }

    /// The container of blobs whose path names none.
    static let rootContainer = "$root"

    /// What is behind the account's name in addresses of its second region.
    private static let secondarySuffix = "-secondary"

    let account: String
    /// Whether the second region is asked, which only reads.
    let isSecondary: Bool
    private let containerName: String?
    private let blobName: String?

    /// Reads a path of the form `/account/container/blob`.
    init(_ request: EmulatorRequest) throws {
        guard let account = request.segments.first, !account.isEmpty else { throw BlobServiceError.invalidUri }
        isSecondary = account.hasSuffix(Self.secondarySuffix)
        self.account = isSecondary ? String(account.dropLast(Self.secondarySuffix.count)) : account
        let rest = request.segments.dropFirst()
        let container = rest.first.flatMap { $0.isEmpty ? nil : $0 }
        let blob = rest.dropFirst().joined(separator: "/")
        if container == nil, !blob.isEmpty { throw BlobServiceError.invalidUri }
        if let container, blob.isEmpty, !["container", "account"].contains(request.query["restype"]) {
            (containerName, blobName) = (Self.rootContainer, container)
        } else {
            (containerName, blobName) = (container, blob.isEmpty ? nil : blob)
        }
        try checkNames()
    }

    var level: Level {
        containerName == nil ? .service : blobName == nil ? .container : .blob
    }

    /// The name of the container.
    ///
    /// - Throws: `InvalidUri` when the account is addressed.
    var container: String {
        get throws {
            guard let containerName else { throw BlobServiceError.invalidUri }
            return containerName
        }
    }

    /// The name of the blob.
    ///
    /// - Throws: `InvalidUri` when the account or a container is addressed.
    var blob: BlobName {
        get throws {
            guard let blobName else { throw BlobServiceError.invalidUri }
            return BlobName(blobName)
        }
    }

    private func checkNames() throws {
        if let containerName, !["$root", "$web", "$logs"].contains(containerName) {
            guard (3...63).contains(containerName.utf8.count) else { throw BlobServiceError.resourceNameLength }
            let isValid = containerName.utf8.allSatisfy {
                (48...57).contains($0) || (97...122).contains($0) || $0 == UInt8(ascii: "-")
            }
            guard isValid, !containerName.hasPrefix("-"), !containerName.hasSuffix("-"),
                !containerName.contains("--")
            else { throw BlobServiceError.invalidResourceName }
        }
        if let blobName, !(1...1024).contains(blobName.utf16.count) { throw BlobServiceError.resourceNameLength }
    }
}
#endif
