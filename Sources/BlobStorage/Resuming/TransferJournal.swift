import AzureCore
import AzureCrypto
import Foundation

/// What a transfer that can be resumed writes down: what it is about, and which parts are done.
///
/// A line of JSON, and then a line for each part: its number and the CRC-64 of its bytes. A line that a crash cut off
/// counts for nothing.
struct TransferJournal: Sendable, Hashable {
    /// What the transfer is about.
    struct Subject: Sendable, Hashable, Codable {
        enum Kind: String, Sendable, Codable {
            case upload, download
        }

        /// The version of the format.
        var format = 1
        var kind: Kind
        /// The address of the blob, without any credential.
        var blob: String
        var size: Int64
        /// Which state of the source it is: that of the file, or the ETag of the blob.
        var source: String
    }

    var subject: Subject
    var partSize: Int64
    /// What stands before the numbers of the blocks of an upload, so that no others are taken for them.
    var blockPrefix: String
    /// The checksums of the parts that are done.
    var parts: [Int: UInt64] = [:]

    var plan: TransferPlan { TransferPlan(partSize: partSize, offset: 0, length: subject.size) }

    /// The name of a block of an upload; all have one length.
    func blockID(_ index: Int) -> BlockID {
        BlockID(prefix: blockPrefix, number: index)
    }

    // MARK: The text

    private struct Header: Codable {
        var subject: Subject
        var partSize: Int64
        var blockPrefix: String
    }

    /// The first line.
    func header() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let header = Header(subject: subject, partSize: partSize, blockPrefix: blockPrefix)
        return try encoder.encode(header) + Data("\n".utf8)
    }

    /// The line of a part.
    static func line(_ index: Int, checksum: UInt64) -> Data {
        Data("\(index) \(String(checksum, radix: 16))\n".utf8)
    }

    /// Reads a journal; nil when it is none, or cannot be right.
    init?(_ text: Data) {
        // What follows the last line break was cut off.
        let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast()
        guard let first = lines.first, let header = try? JSONDecoder().decode(Header.self, from: first),
            header.subject.format == 1, header.subject.size >= 0, (1...Limits.block).contains(header.partSize),
            (1...50).contains(header.blockPrefix.utf8.count)
        else { return nil }
        subject = header.subject
        partSize = header.partSize
        blockPrefix = header.blockPrefix
        guard plan.count <= Limits.blocks || subject.kind == .download else { return nil }
        for line in lines.dropFirst() {
            let fields = String(decoding: line, as: UTF8.self).split(separator: " ")
            guard fields.count == 2, let index = Int(fields[0]), (0..<plan.count).contains(index),
                let checksum = UInt64(fields[1], radix: 16)
            else { continue }
            parts[index] = checksum
        }
    }

    init(_ subject: Subject, partSize: Int64) {
        self.subject = subject
        self.partSize = partSize
        blockPrefix = UUID().uuidString
    }
}

/// The way in which a resumable transfer began.
public struct TransferResumption: Sendable, Hashable {
    /// Whether an earlier transfer was resumed.
    public let isResumed: Bool
    /// The number of bytes that an earlier transfer had transferred and that were verified; 0 unless it was resumed.
    public let resumedBytes: Int64
    /// The reason why an earlier transfer was not resumed; nil when it was, or when there was none.
    public let startOverReason: StartOverReason?

    /// There was no earlier transfer to resume.
    public static let fresh = TransferResumption(isResumed: false, resumedBytes: 0, startOverReason: nil)

    /// An earlier transfer was resumed; this many bytes had already been transferred and were verified.
    public static func resumed(bytes: Int64) -> TransferResumption {
        TransferResumption(isResumed: true, resumedBytes: bytes, startOverReason: nil)
    }

    /// There was an earlier transfer, but it could not be resumed.
    public static func startedOver(_ reason: StartOverReason) -> TransferResumption {
        TransferResumption(isResumed: false, resumedBytes: 0, startOverReason: reason)
    }
}

/// The reason why an earlier transfer was not resumed. More may be added.
public struct StartOverReason: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    /// Creates a reason, which may be unknown to this version.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The file or the blob that is transferred has changed since.
    public static let sourceChanged = StartOverReason(rawValue: "sourceChanged")
    /// The data that the earlier transfer left is missing or has changed.
    public static let targetLost = StartOverReason(rawValue: "targetLost")
    /// The journal is damaged.
    public static let journalDamaged = StartOverReason(rawValue: "journalDamaged")
    /// The credential does not allow listing the staged blocks, so it is unknown which exist. A shared access signature
    /// needs the read permission.
    public static let cannotListBlocks = StartOverReason(rawValue: "cannotListBlocks")

    public var description: String { rawValue }
}
