import AzureCore
import HTTPTypes
import StorageCore

public import struct Foundation.Date

/// The time at which the service deletes a blob. More kinds may be added.
public struct BlobExpiry: Sendable, Hashable {
    private enum Kind: Sendable, Hashable {
        case never
        case at(Date)
        case afterNow(Duration)
        case afterCreation(Duration)
    }

    private let kind: Kind

    /// Never.
    public static let never = BlobExpiry(kind: .never)
    /// At a date; fractions of a second are dropped.
    public static func at(_ date: Date) -> BlobExpiry { BlobExpiry(kind: .at(date)) }
    /// A duration from now, in whole milliseconds.
    public static func afterNow(_ time: Duration) -> BlobExpiry { BlobExpiry(kind: .afterNow(time)) }
    /// A duration after the blob's creation, in whole milliseconds.
    public static func afterCreation(_ time: Duration) -> BlobExpiry { BlobExpiry(kind: .afterCreation(time)) }

    func apply(to fields: inout HTTPFields) throws {
        switch kind {
        case .never: fields[.expiryOption] = "NeverExpire"
        case .at(let date):
            fields[.expiryOption] = "Absolute"
            try fields.set(.expiryTime, AzureTimestamp(date))
        case .afterNow(let time):
            fields[.expiryOption] = "RelativeToNow"
            fields.set(.expiryTime, try Self.milliseconds(time))
        case .afterCreation(let time):
            fields[.expiryOption] = "RelativeToCreation"
            fields.set(.expiryTime, try Self.milliseconds(time))
        }
    }

    private static func milliseconds(_ time: Duration) throws -> Int64 {
        let longest = Duration.seconds(Int64.max / 1000)
        guard time >= .milliseconds(1), time < longest else {
            throw AzureError.invalidArgument("A blob expires after at least a millisecond; this is \(time).")
        }
        // Less than the longest, so that it fits in milliseconds.
        return time.components.seconds * 1000 + time.components.attoseconds / 1_000_000_000_000_000
    }
}
