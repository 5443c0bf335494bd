/// Names and values of the caller's own that a container or blob carries.
///
/// Names are identifiers: letters, digits and `_`, not starting with a digit; the service compares them without
/// regard to case. Values are printable ASCII; encode what is not. Names and values together are 8 KiB at most.
public typealias BlobMetadata = [String: String]
