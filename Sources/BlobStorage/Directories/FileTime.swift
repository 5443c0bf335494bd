import AzureCore
import Foundation

/// The time of modification of a file, to the nanosecond.
struct FileTime: Sendable, Hashable, Comparable {
    /// Since the beginning of 1970.
    let seconds: Int64
    /// From 0 to 999,999,999.
    let nanoseconds: Int64

    private static let nanosecondsPerSecond: Int64 = 1_000_000_000

    init(seconds: Int64, nanoseconds: Int64) {
        self.seconds = seconds
        self.nanoseconds = min(max(nanoseconds, 0), Self.nanosecondsPerSecond - 1)
    }

    init(_ state: FileState) {
        self.init(seconds: state.modifiedSeconds, nanoseconds: state.modifiedNanoseconds)
    }

    /// The time, as exactly as a `Date` can be.
    var date: Date { Date(timeIntervalSince1970: Double(seconds) + Double(nanoseconds) / 1e9) }

    static func < (left: FileTime, right: FileTime) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }

    /// Whether both can be one time: some file systems keep whole seconds only.
    func isSame(as other: FileTime) -> Bool {
        seconds == other.seconds && (nanoseconds == other.nanoseconds || nanoseconds == 0 || other.nanoseconds == 0)
    }
}

extension FileTime {
    /// The name in the metadata of a blob: that of rclone, which writes the time as RFC 3339 with nanoseconds.
    static let metadataName = "mtime"
    /// The name that AzCopy uses for it, with the nanoseconds since 1970.
    private static let azcopyName = "modtime"

    /// The time as it is stored; nil outside the years 1 to 9999.
    var text: String? {
        // From the beginning of year 1 to the end of year 9999.
        guard (-62_135_596_800..<253_402_300_800).contains(seconds) else { return nil }
        let whole = ISO8601Date.formatSeconds(Date(timeIntervalSince1970: Double(seconds)))
        let digits = String(nanoseconds)
        return "\(whole.dropLast()).\(String(repeating: "0", count: 9 - digits.count))\(digits)Z"
    }

    /// Reads a time of RFC 3339; decimals beyond the ninth are dropped.
    init?(rfc3339 text: String) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let decimals = parts.count == 2 ? parts[1].prefix { $0.isASCII && $0.isNumber } : ""
        let whole = parts.count == 2 ? "\(parts[0])\(parts[1].dropFirst(decimals.count))" : text
        guard parts.count < 2 || !decimals.isEmpty, let date = ISO8601Date.parse(whole),
            let seconds = Int64(exactly: date.timeIntervalSince1970)
        else { return nil }
        let nine = decimals.prefix(9)
        guard let fraction = Int64("\(nine)\(String(repeating: "0", count: 9 - nine.count))") else { return nil }
        self.init(seconds: seconds, nanoseconds: fraction)
    }

    /// Reads a number of nanoseconds since 1970.
    init?(nanoseconds text: String) {
        guard let count = Int64(text) else { return nil }
        let rest = count % Self.nanosecondsPerSecond
        let isEarlier = rest < 0
        self.init(
            seconds: count / Self.nanosecondsPerSecond - (isEarlier ? 1 : 0),
            nanoseconds: isEarlier ? rest + Self.nanosecondsPerSecond : rest)
    }

    /// What is stored with a blob; nil for nothing that can be read.
    init?(metadata: BlobMetadata) {
        func value(_ name: String) -> String? { metadata.first { $0.key.lowercased() == name }?.value }
        guard
            let time = value(Self.metadataName).flatMap(FileTime.init(rfc3339:))
                ?? value(Self.azcopyName).flatMap(FileTime.init(nanoseconds:))
        else { return nil }
        self = time
    }

    /// The time that a file gets: the stored one, or that of the blob's last change.
    init?(_ properties: BlobProperties) {
        if let stored = FileTime(metadata: properties.metadata) {
            self = stored
            return
        }
        guard let date = properties.lastModified?.date,
            let seconds = Int64(exactly: date.timeIntervalSince1970.rounded(.down))
        else { return nil }
        self.init(seconds: seconds, nanoseconds: 0)
    }
}
