public import Foundation

/// A directory that is removed after use.
public struct TemporaryDirectory: Sendable {
    /// Where it is.
    public let url: URL

    /// The path of a file in it.
    public func path(_ name: String) -> String {
        url.appending(path: name).path
    }

    /// A directory in it.
    public func directory(_ name: String) -> TemporaryDirectory {
        TemporaryDirectory(url: url.appending(path: name))
    }

    /// Writes a file, and returns its path.
    @discardableResult
    public func write(_ text: String, to name: String) throws -> String {
        try write(Data(text.utf8), to: name)
    }

    /// Writes a file, and returns its path.
    @discardableResult
    public func write(_ data: Data, to name: String) throws -> String {
        try data.write(to: url.appending(path: name))
        return path(name)
    }

    /// Writes a program that a shell runs, and returns its path.
    public func writeProgram(_ script: String, to name: String) throws -> String {
        let path = try write("#!/bin/sh\n\(script)\n", to: name)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return path
    }

    /// Reads a file.
    public func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: url.appending(path: name)), as: UTF8.self)
    }

    /// The names in it, in order.
    public func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
    }
}

/// Runs a function with a directory of its own.
public func withTemporaryDirectory<Result>(
    _ body: (TemporaryDirectory) async throws -> Result
) async throws -> Result {
    let url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
        .appending(path: "azure-swift-examples-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: url) }
    return try await body(TemporaryDirectory(url: url))
}
