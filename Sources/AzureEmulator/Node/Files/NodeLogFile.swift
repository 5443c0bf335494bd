import struct Foundation.Data

/// A file with what a node has to tell.
struct NodeLogFile: Sendable {
    /// The name of the blob.
    let name: String
    let content: Data
}
