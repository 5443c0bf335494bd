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

    /// The most parts between slashes that the name of a blob can have.
    static let maxSegments = 254

    /// Reads a path of the form `/account/container/blob`.
    init(_ request: EmulatorRequest) throws {
        guard let account = request.segments.first, !account.isEmpty else { throw BlobServiceError.missingAccount }
        isSecondary = account.hasSuffix(Self.secondarySuffix)
        self.account = isSecondary ? String(account.dropLast(Self.secondarySuffix.count)) : account
        let rest = Self.resolved(request.segments.dropFirst())
        let container = rest.first.flatMap { $0.isEmpty ? nil : $0 }
        let blob = rest.dropFirst().joined(separator: "/")
        if container == nil, !blob.isEmpty { throw BlobServiceError.invalidUri }
        if let container, blob.isEmpty, !["container", "account"].contains(request.query["restype"]) {
            // A blob without a name is none; one without a container is in that for the root.
            guard rest.count == 1 else { throw BlobServiceError.invalidUri }
            (containerName, blobName) = (Self.rootContainer, container)
        } else {
            (containerName, blobName) = (container, blob.isEmpty ? nil : blob)
        }
        try checkNames()
    }

    /// The parts of a path as the service takes them: a backslash is a slash, dots at the end of a part do not count,
    /// a part of one dot is nothing, and one of two goes back by a part.
    private static func resolved(_ segments: some Sequence<String>) -> [String] {
        var result: [String] = []
        let slashes = [UInt8(ascii: "/"), UInt8(ascii: "\\")]
        let parts = segments.flatMap { $0.utf8.split(omittingEmptySubsequences: false) { slashes.contains($0) } }
        for (index, part) in parts.enumerated() {
            var name = part
            while name.last == UInt8(ascii: ".") { name.removeLast() }
            if name.isEmpty, !part.isEmpty {
                if part.count == 2 { _ = result.popLast() }
                // The slash before what goes away at the end stays.
                if index == parts.count - 1 { result.append("") }
            } else {
                result.append(String(Substring(name)))
            }
        }
        return result
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
        if let blobName {
            // The blobs of the root have no directories.
            let segments = blobName.utf8.count(where: { $0 == UInt8(ascii: "/") }) + 1
            guard segments <= (containerName == Self.rootContainer ? 1 : Self.maxSegments) else {
                throw BlobServiceError.invalidUri
            }
        }
        if let blobName, !(1...1024).contains(blobName.utf16.count) { throw BlobServiceError.resourceNameLength }
    }
}
