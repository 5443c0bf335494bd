import Synchronization

import struct Foundation.Data

/// The directory of the content that is too large for the tables: a file for each, named by a number that is never given
/// again while anything refers to it.
///
/// A file is written and synced, then its directory, then the row that refers to it; it is removed after the row. Content
/// in the tables has its numbers from here, too: those of files are odd, the others even.
final class ContentDirectory: Sendable {
    /// The most bytes of a content that lies in the tables themselves.
    static let inlineLimit: Int64 = 64 * 1024

    private let disk: any ContentDisk
    private let lastNumber = Mutex(Int64(0))
    /// What is being read, or about to be referred to.
    let pins = Pins()
    /// Whether files were made since the directory was synced last.
    private let isChanged = Atomic(false)

    /// Opens a directory, which is made if need be.
    convenience init(_ path: String) throws { self.init(try FileContentDisk(path)) }

    init(_ disk: any ContentDisk) { self.disk = disk }

    /// A number that nothing has.
    func newNumber(ofFile isFile: Bool) -> Int64 {
        lastNumber.withLock { last in
            last += 2
            return isFile ? last + 1 : last
        }
    }

    /// Whether a number is that of a file.
    static func isFile(_ number: Int64) -> Bool { !number.isMultiple(of: 2) }

    /// Says which numbers are taken.
    func skip(to number: Int64) {
        lastNumber.withLock { $0 = max($0, number & ~1) }
    }

    /// Makes a file. Blocks the thread.
    func makeFile() throws -> ContentFile {
        let number = newNumber(ofFile: true)
        let file = try disk.makeContent(Self.name(number))
        isChanged.store(true, ordering: .sequentiallyConsistent)
        return ContentFile(self, number: number, file)
    }

    /// Reads a part of a file. Blocks the thread.
    func read(_ number: Int64, at position: Int64, count: Int) throws -> Data {
        try disk.readContent(Self.name(number), at: position, count: count)
    }

    /// Removes a file. What cannot be removed is removed at the next start.
    func remove(_ number: Int64) { disk.removeContent(Self.name(number)) }

    /// Has the names of all files that were made outlive a loss of power. Blocks the thread.
    func sync() throws {
        guard isChanged.exchange(false, ordering: .sequentiallyConsistent) else { return }
        do {
            try disk.syncContents()
        } catch {
            isChanged.store(true, ordering: .sequentiallyConsistent)
            throw error
        }
    }

    /// The numbers of the files that there are.
    func numbers() throws -> [Int64] { try disk.contentNames().compactMap { Int64($0, radix: 16) } }

    private static func name(_ number: Int64) -> String { String(number, radix: 16) }
}

/// A file that content is being written to. It goes with the last reference to it, unless a row has come to refer to it.
final class ContentFile: KeptContent {
    var row: Int64 { pin.row }
    private let pin: Pin
    private let directory: ContentDirectory
    private let file: any ContentDiskFile
    private let isKept = Atomic(false)

    fileprivate init(_ directory: ContentDirectory, number: Int64, _ file: any ContentDiskFile) {
        self.directory = directory
        self.file = file
        pin = directory.pins.pin(number)
    }

    deinit {
        if !isKept.load(ordering: .sequentiallyConsistent) { directory.remove(row) }
    }

    /// Leaves the file to the tables, or takes it back from them.
    ///
    /// - Returns: Whether it was left to them before.
    @discardableResult
    func keep(_ isKept: Bool) -> Bool { self.isKept.exchange(isKept, ordering: .sequentiallyConsistent) }

    /// Writes bytes. Blocks the thread.
    func write(_ data: Data, at position: Int64) throws { try file.write(data, at: position) }

    /// Gives the file its length. Blocks the thread.
    func reserve(_ length: Int64) throws { try file.reserve(length) }

    /// Has what was written outlive a loss of power. Blocks the thread.
    func sync() throws { try file.sync() }

    func read(at position: Int64, count: Int) throws -> Data { try file.read(at: position, count: count) }
}
