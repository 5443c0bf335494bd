import Foundation

/// Why a ZIP archive cannot be unpacked, in words.
struct ZipProblem: Error, Sendable, Hashable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Where the bytes of an archive come from.
struct ZipSource: Sendable {
    /// The number of bytes.
    let size: Int64
    /// Reads exactly so many bytes from an offset; what is asked for is there, unless the file changes meanwhile.
    let read: @Sendable (_ offset: Int64, _ count: Int) throws -> Data
}

/// A ZIP archive, read by its own list of entries. Whatever its numbers say, no more is read than it has, and no more
/// memory taken than the limits allow.
///
/// Archives of more than 4 GiB or with more than 65,535 entries (ZIP64), encrypted ones, links, and methods of
/// compression other than Deflate are refused.
struct ZipArchive: Sendable {
    /// A file or directory.
    struct Entry: Sendable, Hashable {
        /// The path, safe below any directory.
        let path: String
        let isDirectory: Bool
        /// The number of bytes once it is unpacked.
        let size: Int64
        /// The number of bytes in the archive.
        let packedSize: Int64
        /// Whether it is packed with Deflate, and not as it is.
        let isPacked: Bool
        let checksum: UInt32
        /// The permissions; nil where the archive was made on a system without.
        let mode: UInt32?
        fileprivate let header: Int64
    }

    /// The most bytes that an archive may unpack to: 16 GiB.
    static let maxUnpacked: Int64 = 16 * 1024 * 1024 * 1024
    /// The most bytes of the list of entries: 32 MiB.
    static let maxList: Int64 = 32 * 1024 * 1024

    let entries: [Entry]
    let source: ZipSource
    /// Where the list of entries begins, before which all content lies.
    private let list: Int64

    /// Reads the list of entries.
    ///
    /// - Throws: A ``ZipProblem``, or what reading throws.
    init(_ source: ZipSource) throws {
        self.source = source
        let end = try EndRecord(source)
        list = end.listOffset
        var fields = ZipFields(try source.read(end.listOffset, Int(end.listSize)))
        var entries: [Entry] = []
        var total: Int64 = 0
        for _ in 0..<end.count {
            guard let entry = try Self.entry(&fields) else { continue }
            let (sum, overflow) = total.addingReportingOverflow(entry.size)
            guard !overflow, sum <= Self.maxUnpacked else {
                throw ZipProblem("It unpacks to more than \(Self.maxUnpacked) bytes")
            }
            total = sum
            entries.append(entry)
        }
        self.entries = entries
    }

    /// Where the packed bytes of an entry are.
    ///
    /// - Throws: A ``ZipProblem``, or what reading throws.
    func content(of entry: Entry) throws -> Range<Int64> {
        guard entry.header <= list - ZipFields.localHeader else { throw ZipProblem("'\(entry.path)' lies outside") }
        var fields = ZipFields(try source.read(entry.header, Int(ZipFields.localHeader)))
        guard try fields.number32() == 0x0403_4B50 else { throw ZipProblem("'\(entry.path)' has no header") }
        try fields.skip(22)
        let (name, extra) = (Int64(try fields.number16()), Int64(try fields.number16()))
        let start = entry.header + ZipFields.localHeader + name + extra
        // Neither sum is anywhere near an overflow: all numbers have 32 bits.
        guard start + entry.packedSize <= list else { throw ZipProblem("'\(entry.path)' lies outside") }
        return start..<(start + entry.packedSize)
    }

    /// Reads an entry of the list; nil for one that names the directory itself.
    private static func entry(_ fields: inout ZipFields) throws -> Entry? {
        guard try fields.number32() == 0x0201_4B50 else { throw ZipProblem("Its list of entries is damaged") }
        let madeOn = try fields.number16() >> 8
        try fields.skip(2)
        let (flags, method) = (try fields.number16(), try fields.number16())
        try fields.skip(4)
        let (checksum, packedSize, size) = (try fields.number32(), try fields.number32(), try fields.number32())
        let (nameLength, extra) = (try fields.number16(), try fields.number16())
        let comment = try fields.number16()
        try fields.skip(4)
        let (attributes, header) = (try fields.number32(), try fields.number32())
        let nameBytes = try fields.bytes(Int(nameLength))
        try fields.skip(Int(extra) + Int(comment))
        guard let text = String(validating: nameBytes, as: UTF8.self) else {
            throw ZipProblem("The name of an entry is not UTF-8")
        }
        let (path, isDirectory) = try Self.path(text)
        if path.isEmpty { return nil }
        guard flags & 1 == 0 else { throw ZipProblem("'\(path)' is encrypted") }
        guard ![packedSize, size, header].contains(.max) else { throw ZipProblem("It is a ZIP64 archive") }
        guard method == 0 || method == 8 else { throw ZipProblem("'\(path)' is packed with the method \(method)") }
        guard method == 8 || packedSize == size else { throw ZipProblem("'\(path)' has two sizes") }
        // The permissions of Unix stand in the upper half, with the kind of entry above them.
        let mode = madeOn == 3 ? attributes >> 16 : 0
        guard [0, 0o100000, 0o040000].contains(mode & 0o170000) else { throw ZipProblem("'\(path)' is a link") }
        return Entry(
            path: path, isDirectory: isDirectory, size: isDirectory ? 0 : Int64(size), packedSize: Int64(packedSize),
            isPacked: method == 8, checksum: checksum, mode: mode & 0o777 == 0 ? nil : mode & 0o777,
            header: Int64(header))
    }

    /// A path without the slash that marks a directory. Archives made on Windows may have backslashes.
    private static func path(_ text: String) throws -> (path: String, isDirectory: Bool) {
        var parts = text.replacing("\\", with: "/").pathParts
        let isDirectory = parts.last?.isEmpty ?? true
        if isDirectory { _ = parts.popLast() }
        if parts.isEmpty || parts == ["."] { return ("", true) }
        let path = parts.joined(separator: "/")
        guard ResourceFile.isSafe(path) else { throw ZipProblem("'\(text)' leads out of the directory") }
        return (path, isDirectory)
    }

    /// The record at the end of an archive, which says where the list of entries is.
    private struct EndRecord {
        let count: Int
        let listOffset: Int64
        let listSize: Int64

        private static let size = 22

        init(_ source: ZipSource) throws {
            let tail = Int(min(source.size, Int64(Self.size) + Int64(UInt16.max)))
            let data = Data(try source.read(source.size - Int64(tail), tail))
            guard data.count == tail, let place = Self.place(in: data) else { throw ZipProblem("It is no ZIP archive") }
            var fields = ZipFields(data.dropFirst(place + 4))
            let (disk, listDisk) = (try fields.number16(), try fields.number16())
            let (own, count) = (try fields.number16(), try fields.number16())
            let (size, offset) = (try fields.number32(), try fields.number32())
            guard count != .max, size != .max, offset != .max else { throw ZipProblem("It is a ZIP64 archive") }
            guard disk == 0, listDisk == 0, own == count else { throw ZipProblem("It is one part of several") }
            guard Int64(size) <= ZipArchive.maxList else { throw ZipProblem("Its list of entries is too long") }
            guard Int64(offset) + Int64(size) <= source.size - Int64(tail) + Int64(place) else {
                throw ZipProblem("Its list of entries lies outside")
            }
            (self.count, listOffset, listSize) = (Int(count), Int64(offset), Int64(size))
        }

        /// The last place of a record whose comment reaches to the end.
        private static func place(in data: Data) -> Int? {
            guard data.count >= size else { return nil }
            return (0...(data.count - size)).last { place in
                var fields = ZipFields(data.dropFirst(place))
                guard (try? fields.number32()) == 0x0605_4B50, (try? fields.skip(16)) != nil,
                    let comment = try? fields.number16()
                else { return false }
                return place + size + Int(comment) == data.count
            }
        }
    }
}

/// Reads the numbers of an archive, the lowest byte first.
struct ZipFields {
    /// The bytes of the header before an entry, without its name.
    static let localHeader: Int64 = 30

    private var rest: Data

    init(_ data: Data) { rest = data }

    mutating func bytes(_ count: Int) throws -> Data {
        guard count >= 0, count <= rest.count else { throw ZipProblem("It breaks off") }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    mutating func skip(_ count: Int) throws { _ = try bytes(count) }

    mutating func number16() throws -> UInt16 { try bytes(2).reversed().reduce(0) { $0 << 8 | UInt16($1) } }

    mutating func number32() throws -> UInt32 { try bytes(4).reversed().reduce(0) { $0 << 8 | UInt32($1) } }
}
