import AzureCore

/// A set of permissions that is written as letters in the order that the service wants.
public protocol SASPermissionSet: OptionSet, Sendable, Hashable, CustomStringConvertible where RawValue == Int {
    /// Every permission and its letter, in the service's order.
    static var letters: [(permission: Self, letter: Character)] { get }
}

extension SASPermissionSet {
    /// The letters of the permissions, in the service's order.
    public var description: String {
        var description = ""
        for (permission, letter) in Self.letters where isSuperset(of: permission) { description.append(letter) }
        return description
    }

    /// Reads letters in any order.
    ///
    /// - Parameter letters: The letters, such as `rl`.
    /// - Throws: An `AzureError` with `invalidArgument` when a letter is unknown.
    public init(letters: String) throws {
        self.init()
        for letter in letters {
            guard let known = Self.letters.first(where: { $0.letter == letter }) else {
                throw AzureError.invalidArgument("'\(letter)' is no permission of a shared access signature.")
            }
            formUnion(known.permission)
        }
    }
}

extension SASPermissionSet {
    /// Puts letters into the service's order: it refuses any other, and compares the text that was signed.
    ///
    /// - Throws: An `AzureError` with `invalidArgument` when a letter is unknown.
    package static func ordered(_ letters: String) throws -> String {
        try Self(letters: letters).description
    }
}

/// What a SAS for a blob, a snapshot, a version or a directory allows.
public struct BlobSASPermissions: SASPermissionSet {
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Read content, properties and metadata.
    public static let read = Self(rawValue: 1 << 0)
    /// Add blocks to an append blob.
    public static let add = Self(rawValue: 1 << 1)
    /// Write a new blob.
    public static let create = Self(rawValue: 1 << 2)
    /// Write a new blob or over an old one.
    public static let write = Self(rawValue: 1 << 3)
    /// Delete the blob.
    public static let delete = Self(rawValue: 1 << 4)
    /// Delete a version.
    public static let deleteVersion = Self(rawValue: 1 << 5)
    /// Permanently delete soft-deleted blobs.
    public static let permanentDelete = Self(rawValue: 1 << 6)
    /// List what a directory holds.
    public static let list = Self(rawValue: 1 << 7)
    /// Read and write tags.
    public static let tags = Self(rawValue: 1 << 8)
    /// Move the blob.
    public static let move = Self(rawValue: 1 << 9)
    /// Read the system properties, and the access control list of a hierarchical namespace.
    public static let execute = Self(rawValue: 1 << 10)
    /// Set immutability policy and legal hold.
    public static let setImmutabilityPolicy = Self(rawValue: 1 << 11)

    public static let letters: [(permission: Self, letter: Character)] = [
        (.read, "r"), (.add, "a"), (.create, "c"), (.write, "w"), (.delete, "d"), (.deleteVersion, "x"),
        (.permanentDelete, "y"), (.list, "l"), (.tags, "t"), (.move, "m"), (.execute, "e"),
        (.setImmutabilityPolicy, "i"),
    ]
}

/// What a SAS for a container allows.
public struct ContainerSASPermissions: SASPermissionSet {
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Read content, properties and metadata of its blobs.
    public static let read = Self(rawValue: 1 << 0)
    /// Add blocks to append blobs.
    public static let add = Self(rawValue: 1 << 1)
    /// Write new blobs.
    public static let create = Self(rawValue: 1 << 2)
    /// Write blobs, also over old ones.
    public static let write = Self(rawValue: 1 << 3)
    /// Delete blobs.
    public static let delete = Self(rawValue: 1 << 4)
    /// Delete versions.
    public static let deleteVersion = Self(rawValue: 1 << 5)
    /// Permanently delete soft-deleted blobs.
    public static let permanentDelete = Self(rawValue: 1 << 6)
    /// List blobs.
    public static let list = Self(rawValue: 1 << 7)
    /// Read and write tags.
    public static let tags = Self(rawValue: 1 << 8)
    /// Find blobs by tags.
    public static let filterByTags = Self(rawValue: 1 << 9)
    /// Move blobs.
    public static let move = Self(rawValue: 1 << 10)
    /// Read the system properties, and the access control list of a hierarchical namespace.
    public static let execute = Self(rawValue: 1 << 11)
    /// Set immutability policy and legal hold.
    public static let setImmutabilityPolicy = Self(rawValue: 1 << 12)

    public static let letters: [(permission: Self, letter: Character)] = [
        (.read, "r"), (.add, "a"), (.create, "c"), (.write, "w"), (.delete, "d"), (.deleteVersion, "x"),
        (.permanentDelete, "y"), (.list, "l"), (.tags, "t"), (.filterByTags, "f"), (.move, "m"), (.execute, "e"),
        (.setImmutabilityPolicy, "i"),
    ]
}

/// What an account SAS allows.
public struct AccountSASPermissions: SASPermissionSet {
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Read.
    public static let read = Self(rawValue: 1 << 0)
    /// Write.
    public static let write = Self(rawValue: 1 << 1)
    /// Delete.
    public static let delete = Self(rawValue: 1 << 2)
    /// Delete versions.
    public static let deleteVersion = Self(rawValue: 1 << 3)
    /// Permanently delete soft-deleted blobs.
    public static let permanentDelete = Self(rawValue: 1 << 4)
    /// List.
    public static let list = Self(rawValue: 1 << 5)
    /// Add blocks to append blobs, and messages to queues.
    public static let add = Self(rawValue: 1 << 6)
    /// Make new blobs and containers.
    public static let create = Self(rawValue: 1 << 7)
    /// Update messages of queues.
    public static let update = Self(rawValue: 1 << 8)
    /// Process messages of queues.
    public static let process = Self(rawValue: 1 << 9)
    /// Find blobs by tags.
    public static let filterByTags = Self(rawValue: 1 << 10)
    /// Read and write tags.
    public static let tags = Self(rawValue: 1 << 11)
    /// Set immutability policy and legal hold.
    public static let setImmutabilityPolicy = Self(rawValue: 1 << 12)

    public static let letters: [(permission: Self, letter: Character)] = [
        (.read, "r"), (.write, "w"), (.delete, "d"), (.deleteVersion, "x"), (.permanentDelete, "y"), (.list, "l"),
        (.add, "a"), (.create, "c"), (.update, "u"), (.process, "p"), (.filterByTags, "f"), (.tags, "t"),
        (.setImmutabilityPolicy, "i"),
    ]
}
