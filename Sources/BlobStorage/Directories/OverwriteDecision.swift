import AzureCore

/// What is known about a file or a blob without reading it.
struct TreeItemState: Sendable, Hashable {
    var size: Int64
    var modified: AzureTimestamp?
    /// The time of modification of the file that it is, or was, where those are kept.
    var time: FileTime?
}

extension TreeItemState {
    /// The state of a blob that has a file's time of modification where those are kept.
    init(_ blob: BlobProperties, keepingTimes: Bool) {
        self.init(
            size: blob.contentLength, modified: blob.lastModified,
            time: keepingTimes ? FileTime(metadata: blob.metadata) : nil)
    }
}

/// Whether the target of a transfer is replaced.
enum OverwriteDecision: Sendable, Hashable {
    case transfer
    case skip(SkipReason)
    /// The MD5 of the file and that of the blob decide.
    case compareDigests

    /// Decides without reading anything.
    ///
    /// - Parameters:
    ///   - rule: The caller's choice.
    ///   - source: What would be transferred.
    ///   - target: What is there; nil for nothing.
    ///   - hasDigest: Whether the blob, be it source or target, has an MD5.
    init(_ rule: OverwriteRule, source: TreeItemState, target: TreeItemState?, hasDigest: Bool) {
        guard let target else {
            self = .transfer
            return
        }
        // Where a time is not known, nothing says that the target is as new.
        let isNewer: Bool
        var isOther: Bool?
        if let source = source.time, let target = target.time {
            isNewer = source > target && !source.isSame(as: target)
            isOther = !source.isSame(as: target)
        } else if let source = source.modified, let target = target.modified, source.isReadable, target.isReadable {
            isNewer = source > target
        } else {
            isNewer = true
        }
        switch rule.kind {
        case .always: self = .transfer
        case .never: self = .skip(.exists)
        case .ifNewer: self = isNewer ? .transfer : .skip(.notNewer)
        case .ifDifferent:
            if source.size != target.size {
                self = .transfer
            } else if hasDigest {
                self = .compareDigests
            } else {
                self = isOther ?? isNewer ? .transfer : .skip(.same)
            }
        }
    }
}
