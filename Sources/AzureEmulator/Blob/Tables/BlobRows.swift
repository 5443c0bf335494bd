/// Where names are looked for.
struct NameSources: OptionSet, Sendable {
    static let blobs = NameSources(rawValue: 1)
    static let staged = NameSources(rawValue: 2)
    static let editions = NameSources(rawValue: 4)

    let rawValue: Int
}

/// What there is under a name, as far as it was looked for.
struct NamedRow: Sendable {
    let name: BlobName
    var blob: BlobRecord?
    var isStaged = false
    var hasEditions = false
}

/// A blob that has tags.
struct TaggedBlob: Sendable {
    let name: BlobName
    let tags: BlobTags
}

/// What all staged blocks under a name have in common.
struct BlockStaging: Sendable, Hashable {
    /// What they are encrypted with.
    let encryption: ContentEncryption
    /// How many bytes each of their ids stands for.
    let idLength: Int
    /// How many there are.
    var count = 0
}

/// Tells a container from all others, whatever it is called, also when it is deleted and kept.
struct ContainerID: Sendable, Hashable {
    let number: Int64
}
