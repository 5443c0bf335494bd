import ExampleTestSupport
import Foundation

/// Many small files, some in folders, with names as people give them, each changed at a second of its own.
struct PhotoTree {
    static let folders = ["", "2023/", "2024/Ausflug nach Köln/", "2024/Ausflug nach Köln/Größe M/", "2025/a & b (1)/"]
    /// When the first one was changed; whole seconds, which every file system keeps.
    static let start = Date(timeIntervalSince1970: 1_700_000_000)

    let directory: TemporaryDirectory

    /// Writes small files, every tenth of which is a note and no picture.
    init(files: Int, in directory: TemporaryDirectory) throws {
        self.directory = directory
        for folder in Self.folders where !folder.isEmpty {
            try FileManager.default.createDirectory(
                at: directory.url.appending(path: folder), withIntermediateDirectories: true)
        }
        for number in 0..<files {
            try write(
                String(repeating: "picture \(number) ", count: 1 + number % 40), to: Self.name(number),
                changed: Self.time(number))
        }
    }

    static func name(_ number: Int) -> String {
        "\(folders[number % folders.count])IMG \(number).\(number % 10 == 0 ? "txt" : "JPG")"
    }

    static func time(_ number: Int) -> Date {
        start.addingTimeInterval(Double(number))
    }

    /// Writes a file, and sets when it was changed.
    func write(_ text: String, to name: String, changed: Date) throws {
        try write(Data(text.utf8), to: name, changed: changed)
    }

    /// Writes a file, and sets when it was changed.
    func write(_ data: Data, to name: String, changed: Date) throws {
        let path = try directory.write(data, to: name)
        try FileManager.default.setAttributes([.modificationDate: changed], ofItemAtPath: path)
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(at: directory.url.appending(path: name))
    }

    /// When each file of a directory was changed, by its path.
    static func times(in directory: TemporaryDirectory) throws -> [String: Date] {
        var times: [String: Date] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: directory.url.path) {
            let attributes = try FileManager.default.attributesOfItem(atPath: directory.path(name))
            if attributes[.type] as? FileAttributeType == .typeRegular {
                times[name] = attributes[.modificationDate] as? Date
            }
        }
        return times
    }

    /// Content that no compression and no repetition makes small, and that differs from part to part.
    static func largeContent(bytes: Int) -> Data {
        var state: UInt64 = 42
        var data = Data(capacity: bytes)
        while data.count < bytes {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            withUnsafeBytes(of: state) { data.append(contentsOf: $0) }
        }
        return data.prefix(bytes)
    }
}
