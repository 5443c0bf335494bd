import AzureCore
import Foundation

/// What a node writes about the upload of a task's files: `fileuploadout.txt` and `fileuploaderr.txt` beside the task's
/// own output.
final class UploadLog: Sendable {
    static let outputName = "fileuploadout.txt"
    static let errorName = "fileuploaderr.txt"

    private let output: FileHandle
    private let errors: FileHandle
    private let timeSource: TimeSource

    /// Makes both files new.
    ///
    /// - Parameters:
    ///   - directory: The directory of the task.
    ///   - layout: The node.
    ///   - timeSource: Where the times of the lines come from.
    init(in directory: String, of layout: NodeLayout, timeSource: TimeSource) throws {
        func file(_ name: String) throws -> FileHandle {
            let path = layout.relative("\(directory)/\(name)")
            return FileHandle(
                fileDescriptor: try FileTree.makeFile(path, below: layout.emulatorRoot), closeOnDealloc: true)
        }
        output = try file(Self.outputName)
        errors = try file(Self.errorName)
        self.timeSource = timeSource
    }

    /// Notes what is done.
    func note(_ text: String) { write(text, to: output) }

    /// Notes what went wrong.
    func note(error text: String) { write(text, to: errors) }

    /// A log that cannot be written is no reason to fail.
    private func write(_ text: String, to file: FileHandle) {
        try? file.write(contentsOf: Data("\(ISO8601Date.format(timeSource.now())) \(text)\n".utf8))
    }
}
