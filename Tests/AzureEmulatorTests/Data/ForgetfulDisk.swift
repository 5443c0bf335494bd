import AzureCore
import AzureTesting
import Foundation
import Synchronization

@testable import AzureEmulator

/// A disk in memory that loses its power at some step, and with it what was not synced: bytes, and names of files.
///
/// What was not synced may be there all the same, or a part of it, as on a disk that had begun to write it.
final class ForgetfulDisk: Sendable {
    /// Something that was done to a file and is not synced.
    private enum Change: Sendable {
        case write(Data, at: Int)
        case truncate(to: Int)

        func apply(to bytes: inout Data) {
            switch self {
            case .write(let data, let position):
                if bytes.count < position + data.count {
                    bytes.append(Data(count: position + data.count - bytes.count))
                }
                bytes.replaceSubrange(position..<position + data.count, with: data)
            case .truncate(let length):
                if bytes.count > length {
                    bytes.removeSubrange(length...)
                } else {
                    bytes.append(Data(count: length - bytes.count))
                }
            }
        }

        /// What a disk that wrote only the beginning of it has done.
        func torn(_ generator: inout SeededGenerator) -> Change {
            guard case .write(let data, let position) = self, data.count > 1 else { return self }
            return .write(data.prefix(Int.random(in: 1..<data.count, using: &generator)), at: position)
        }
    }

    private struct File: Sendable {
        var bytes = Data()
        var synced = Data()
        var changes: [Change] = []
    }

    private struct State: Sendable {
        var files: [Int: File] = [:]
        var names: [String: Int] = [:]
        var syncedNames: [String: Int] = [:]
        var lastFile = 0
        var steps = 0
        var lastStep: Int
    }

    struct PowerLost: Error {}

    private let state: Mutex<State>

    /// An empty disk.
    ///
    /// - Parameter lastStep: With which step the power goes.
    convenience init(lastStep: Int = .max) {
        self.init(State(lastStep: lastStep))
    }

    private init(_ state: State) {
        self.state = Mutex(state)
    }

    /// How many steps were made.
    var steps: Int { state.withLock(\.steps) }

    /// The disk as it is when there is power again.
    func restarted(lastStep: Int = .max, _ generator: inout SeededGenerator) -> ForgetfulDisk {
        let old = state.withLock { $0 }
        var new = State(lastFile: old.lastFile, lastStep: lastStep)
        for name in Set(old.names.keys).union(old.syncedNames.keys).sorted() {
            let (now, synced) = (old.names[name], old.syncedNames[name])
            guard let number = now == synced || Bool.random(using: &generator) ? now : synced else { continue }
            new.names[name] = number
            guard new.files[number] == nil, let file = old.files[number] else { continue }
            var bytes = file.synced
            for change in file.changes {
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: change.apply(to: &bytes)
                case 1: change.torn(&generator).apply(to: &bytes)
                default: break
                }
            }
            new.files[number] = File(bytes: bytes, synced: bytes)
        }
        new.syncedNames = new.names
        return ForgetfulDisk(new)
    }

    private func step<Result: Sendable>(_ body: (inout State) throws -> sending Result) throws -> Result {
        try state.withLock { state in
            guard state.steps < state.lastStep else { throw PowerLost() }
            state.steps += 1
            return try body(&state)
        }
    }

    // MARK: Files

    func file(_ name: String) -> Int? { state.withLock { $0.names[name] } }

    func makeFile(_ name: String) throws -> Int {
        try step { state in
            state.lastFile += 1
            state.files[state.lastFile] = File()
            state.names[name] = state.lastFile
            return state.lastFile
        }
    }

    func removeFile(_ name: String) throws { try step { $0.names[name] = nil } }

    func syncNames() throws { try step { $0.syncedNames = $0.names } }

    func fileNames() -> [String] { state.withLock { Array($0.names.keys) } }

    func size(_ file: Int) -> Int { state.withLock { $0.files[file]?.bytes.count ?? 0 } }

    /// The bytes that there are.
    func read(_ file: Int, at position: Int, count: Int) throws -> Data {
        try state.withLock { state in
            guard state.steps < state.lastStep else { throw PowerLost() }
            return state.files[file].map { Data($0.bytes.dropFirst(position).prefix(count)) } ?? Data()
        }
    }

    func write(_ data: Data, to file: Int, at position: Int) throws { try change(file, .write(data, at: position)) }

    func truncate(_ file: Int, to length: Int) throws { try change(file, .truncate(to: length)) }

    private func change(_ file: Int, _ change: Change) throws {
        try step { state in
            change.apply(to: &state.files[file, default: File()].bytes)
            state.files[file]?.changes.append(change)
        }
    }

    func sync(_ file: Int) throws {
        try step { state in
            guard let bytes = state.files[file]?.bytes else { return }
            state.files[file]?.synced = bytes
            state.files[file]?.changes = []
        }
    }
}

// MARK: For large content

extension ForgetfulDisk: ContentDisk {
    private struct OpenFile: ContentDiskFile {
        let disk: ForgetfulDisk
        let number: Int

        func write(_ data: Data, at position: Int64) throws {
            // In sectors, any of which may be lost.
            for offset in stride(from: 0, to: data.count, by: 4096) {
                let sector = data.dropFirst(offset).prefix(4096)
                try disk.write(Data(sector), to: number, at: Int(position) + offset)
            }
        }

        func reserve(_ length: Int64) throws { try disk.truncate(number, to: Int(length)) }

        func sync() throws { try disk.sync(number) }

        func read(at position: Int64, count: Int) throws -> Data {
            try disk.read(number, at: Int(position), count: count)
        }
    }

    private static let folder = "content/"

    func makeContent(_ name: String) throws -> any ContentDiskFile {
        OpenFile(disk: self, number: try makeFile(Self.folder + name))
    }

    func readContent(_ name: String, at position: Int64, count: Int) throws -> Data {
        guard let number = file(Self.folder + name) else {
            throw AzureError(code: .fileError, message: "There is no content \(name).")
        }
        return try read(number, at: Int(position), count: count)
    }

    func removeContent(_ name: String) { try? removeFile(Self.folder + name) }

    func syncContents() throws { try syncNames() }

    func contentNames() throws -> [String] {
        fileNames().filter { $0.hasPrefix(Self.folder) }.map { String($0.dropFirst(Self.folder.count)) }
    }
}
