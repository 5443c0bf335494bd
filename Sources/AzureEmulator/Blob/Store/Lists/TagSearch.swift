/// A page of the blobs that a condition on tags finds.
struct TagSearchPage: Sendable {
    struct Found: Sendable {
        let container: String
        let blob: TaggedBlob
    }

    var found: [Found] = []
    /// What the next page starts with: container and name with a slash between; nil when this is the last.
    var next: String?
}

extension BlobStore {
    /// How many blobs are looked at at once.
    private static let searchBatch = 1000

    /// The blobs that an expression finds, ordered by container and name with a slash between.
    ///
    /// - Parameters:
    ///   - only: The container that they are in; nil for all.
    ///   - start: Container and name to start with; nil for the first.
    ///   - limit: The most blobs.
    func blobs(
        taggedAs expression: TagExpression, in only: String?, from start: String?, limit: Int
    ) throws -> TagSearchPage {
        try transaction {
            // A container's name has no slash, so the first one ends it: of the bytes, since the beginning of a blob's name
            // can be one character with it.
            let marker = (start ?? "").utf8
            let box = marker.prefix { $0 != UInt8(ascii: "/") }
            let first = BlobName(String(Substring(marker.dropFirst(box.count + 1))))
            var page = TagSearchPage()
            for container in try searched(only) where page.next == nil {
                let (own, other) = (BlobName("\(container.name)/"), BlobName("\(Substring(box))/"))
                guard start == nil || own == other || other < own else { continue }
                var range = NameRange(start != nil && own == other ? .at(first) : .at(BlobName("")))
                var batch: [TaggedBlob]
                repeat {
                    batch = try tables.taggedBlobs(in: container.id, range, limit: Self.searchBatch)
                    for blob in batch where expression.holds(for: blob.tags, in: container.name) {
                        guard page.found.count < limit else {
                            page.next = "\(container.name)/\(blob.name.text)"
                            return page
                        }
                        page.found.append(.init(container: container.name, blob: blob))
                    }
                    if let last = batch.last { range.start = .after(last.name) }
                } while batch.count == Self.searchBatch
            }
            return page
        }
    }

    /// The containers that are looked through, in order.
    private func searched(_ only: String?) throws -> [ContainerRecord] {
        if let only { return [try container(only)] }
        return try tables.containers(in: NameRange(), withDeleted: false, limit: .max)
            .sorted { BlobName("\($0.name)/") < BlobName("\($1.name)/") }
    }
}
