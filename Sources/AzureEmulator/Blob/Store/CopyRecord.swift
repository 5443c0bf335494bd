import AzureCore

import struct Foundation.Date

/// The copy that a blob came from.
struct CopyRecord: Sendable {
    let id: String
    let source: String
    let completedOn: Date
    let length: Int64
    /// The snapshot that an incremental copy made of its destination.
    var destinationSnapshot: String?

    var fields: [(String, String)] {
        [
            ("x-ms-copy-id", id), ("x-ms-copy-source", source), ("x-ms-copy-status", "success"),
            ("x-ms-copy-progress", "\(length)/\(length)"),
            ("x-ms-copy-completion-time", RFC1123Date.format(completedOn)),
        ]
            + (destinationSnapshot.map {
                [("x-ms-incremental-copy", "true"), ("x-ms-copy-destination-snapshot", $0)]
            } ?? [])
    }
}

extension BlobRecord {
    /// Whether it is the destination of incremental copies, which only has snapshots to be read.
    var isIncrementalCopy: Bool { isCurrent && copy?.destinationSnapshot != nil }
}
