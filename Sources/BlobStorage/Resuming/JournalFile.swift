import AzureCore
import Foundation

/// The journal of a transfer on disk, held by one transfer at a time.
actor JournalFile {
    /// The longest journal that is read: that of a download of ten million parts.
    private static let maxSize = 256 * 1024 * 1024

    private let file: LocalFile
    private var end: Int64 = 0

    /// Opens a journal, and makes it if need be.
    ///
    /// - Throws: An ``AzureError`` with `fileError` when it cannot be written, or another transfer holds it.
    init(_ path: String) async throws {
        file = try await BlockingIO.run {
            let url = URL(fileURLWithPath: path)
            let directory = try Self.opening(path) { try LocalDirectory(url.deletingLastPathComponent().path) }
            // The holder may take the file away just before it lets go, so that the lock is one of a file without name.
            for _ in 0..<10 {
                let file = try Self.opening(path) {
                    try LocalFile(url.lastPathComponent, .write(mode: 0o600), in: directory, name: path)
                }
                guard file.lock() else {
                    throw AzureError(
                        code: .fileError,
                        message: "Another transfer is under way with the journal '\(path)'; wait for its end, or name "
                            + "another journal.")
                }
                if file.isAtPath() { return file }
            }
            throw AzureError(code: .fileError, message: "The journal '\(path)' vanishes again and again.")
        }
    }

    /// What is in it; nil for nothing. What is too long for a journal is none, and begun anew.
    func read() async throws -> Data? {
        let text = try await BlockingIO.run { [file] in
            try file.size <= Self.maxSize ? try file.read(at: 0, count: Self.maxSize) : Data("\n".utf8)
        }
        end = Int64(text.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0)
        return text.isEmpty ? nil : text
    }

    /// Begins a new journal.
    func begin(_ journal: TransferJournal) async throws {
        let header = try journal.header()
        try await BlockingIO.run { [file] in
            try file.truncate(to: 0)
            try file.write(header, at: 0)
            try file.synchronize()
        }
        end = Int64(header.count)
    }

    /// Writes down that a part is done.
    func add(_ index: Int, checksum: UInt64) async throws {
        let line = TransferJournal.line(index, checksum: checksum)
        let place = end
        end += Int64(line.count)
        try await BlockingIO.run { [file] in try file.write(line, at: place) }
    }

    /// Takes it away; the transfer is done.
    func remove() async throws {
        try await BlockingIO.run { [file] in file.remove() }
    }

    /// Lets the next transfer have it. Nothing may be written to it afterwards.
    nonisolated func release() {
        file.unlock()
    }
}

extension JournalFile {
    /// Says of what goes wrong with opening that it is the journal, and not the file, and what can be done.
    private static func opening<Value>(_ path: String, _ open: () throws -> Value) throws -> Value {
        do {
            return try open()
        } catch let error as AzureError {
            throw AzureError(
                code: error.code,
                message: "The journal of the transfer, '\(path)', cannot be written. It stands beside the file unless "
                    + "the parameter 'journal' has another path: name one in a directory that can be written to. "
                    + error.message,
                underlying: error)
        }
    }

    /// What a file is called that arrives beside where it is to stand.
    ///
    /// - Parameters:
    ///   - file: The path where it is to stand.
    ///   - blob: The blob.
    ///   - journal: The path of the journal where the caller has chosen it.
    static func partialName(beside file: String, blob: String, journal: String?) -> String {
        guard let journal else { return partialName(of: path(beside: file, .download, blob: blob)) }
        let place = URL(fileURLWithPath: journal).standardizedFileURL.path
        let name = Fingerprint.of("\(URL(fileURLWithPath: file).lastPathComponent)\n\(blob)\n\(place)")
        return ".azure-download-\(name).partial"
    }

    /// What a file is called that arrives with a journal whose name is of this package's making.
    static func partialName(of journal: String) -> String {
        URL(fileURLWithPath: journal).lastPathComponent.dropLast("journal".count) + "partial"
    }

    /// Where a journal is kept unless the caller says otherwise: beside the file, by the blob that it is about.
    static func path(beside file: String, _ subject: TransferJournal.Subject.Kind, blob: String) -> String {
        let url = URL(fileURLWithPath: file)
        let name = Fingerprint.of("\(url.lastPathComponent)\n\(blob)")
        return url.deletingLastPathComponent().appendingPathComponent(".azure-\(subject.rawValue)-\(name).journal").path
    }

    /// Whether a file of this name is a journal, or what a download has left so far, with a journal or without.
    static func isOurs(_ name: String) -> Bool {
        for kind in [TransferJournal.Subject.Kind.upload, .download] where name.hasPrefix(".azure-\(kind.rawValue)-") {
            let rest = name.dropFirst(".azure-\(kind.rawValue)-".count)
            let fingerprint = rest.prefix { $0 != "." }
            return fingerprint.count == 16 && fingerprint.allSatisfy(\.isHexDigit)
                && [".journal", ".partial"].contains(rest.dropFirst(16))
        }
        return name.hasPrefix(".") && name.hasSuffix(".partial")
            && UUID(uuidString: String(name.dropFirst().dropLast(".partial".count))) != nil
    }

    /// Removes a journal that nobody holds, because what it is about is done; blocks.
    static func discard(_ path: String) {
        guard let file = try? LocalFile(path, .readUnlessLink), file.lock() else { return }
        file.remove()
        file.unlock()
    }
}
