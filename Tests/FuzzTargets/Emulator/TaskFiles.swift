#if DEBUG
import AzureCore
import Foundation
import HTTPTypes

@testable import AzureEmulator

/// Files of a task on disk, which the emulator hands out, with a secret outside their directory.
struct TaskFiles: Sendable {
    private static let secret = "outside"
    private let root: URL

    /// Makes the files, and removes them afterwards.
    static func with(_ body: (TaskFiles) async throws -> Void) async throws {
        let files = FileManager.default
        let outer = files.temporaryDirectory.appendingPathComponent("azure-fuzz-\(UUID().uuidString)")
        defer { try? files.removeItem(at: outer) }
        let root = outer.appendingPathComponent("task")
        func link(_ name: String, to target: URL) throws {
            try files.createSymbolicLink(at: root.appendingPathComponent(name), withDestinationURL: target)
        }
        try files.createDirectory(at: root.appendingPathComponent("wd/directory"), withIntermediateDirectories: true)
        try Data(secret.utf8).write(to: outer.appendingPathComponent("secret.txt"))
        try Data("0123456789".utf8).write(to: root.appendingPathComponent("stdout.txt"))
        try Data("abc".utf8).write(to: root.appendingPathComponent("wd/a.txt"))
        try link("wd/link", to: outer.appendingPathComponent("secret.txt"))
        try link("wd/up", to: outer)
        // A name that joins the slash before it, where text is looked at by characters.
        try Data(secret.utf8).write(to: URL(fileURLWithPath: "\(outer.path)/\u{301}"))
        try await body(TaskFiles(root: root))
    }

    /// Asks for a file: its path, and then the range and a date as header fields.
    func read(_ parts: [[UInt8]]) async throws {
        let responder = BatchFileResponder(root: root.path, url: "http://h/files")
        var head = HTTPRequest(method: .get, scheme: "http", authority: "h", path: "/files")
        for (name, value) in zip(["ocp-range", "If-Modified-Since", "If-Unmodified-Since"], parts.dropFirst()) {
            if let name = HTTPField.Name(name), !value.isEmpty { head.headerFields[name] = value.text }
        }
        guard let request = EmulatorRequest(head) else { return }
        let path = parts[0].text
        _ = try await acceptingRefusal { _ = try await responder.properties(of: path, request: request) }
        let answer = try await acceptingRefusal { try await responder.download(path, request: request) }
        guard let answer else { return }
        let response = answer.response(to: request, requestID: "r", now: Date(timeIntervalSince1970: 0))
        let body = try await response.body.collect(upTo: 1 << 20)
        try require(
            !String(decoding: body, as: UTF8.self).contains(Self.secret), "'\(path)' leads out of the directory.")
    }
}
#endif
