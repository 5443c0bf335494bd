#if Emulator
import AzureCore

import struct Foundation.Date

/// The copy that a blob came from.
struct CopyRecord: Sendable {
    let id: String
    let source: String
    let completedOn: Date
    let length: Int64

    var fields: [(String, String)] {
        [
            ("x-ms-copy-id", id), ("x-ms-copy-source", source), ("x-ms-copy-status", "success"),
            ("x-ms-copy-progress", "\(length)/\(length)"),
            ("x-ms-copy-completion-time", RFC1123Date.format(completedOn)),
        ]
    }
}
#endif
