#if Emulator
import AzureCore
import Foundation
import Logging

/// Where the command writes what it logs.
enum CommandLog {
    /// A file that entries are added to, each in one piece.
    private struct LogFile: TextOutputStream, Sendable {
        let file: FileHandle

        mutating func write(_ text: String) {
            // A disk that is full must not end the emulator.
            try? file.write(contentsOf: Data(text.utf8))
        }
    }

    /// Has everything logged to standard error, or to a file.
    ///
    /// - Parameter path: The file; nil for standard error.
    /// - Throws: An `AzureError` with `fileError` when it cannot be written.
    static func begin(file path: String?) throws {
        guard let path else { return LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) } }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw AzureError(
                code: .fileError, message: "'\(path)' cannot be written: \(String(cString: strerror(errno)))")
        }
        let file = LogFile(file: FileHandle(fileDescriptor: descriptor, closeOnDealloc: true))
        LoggingSystem.bootstrap { StreamLogHandler(label: $0, stream: file) }
    }
}
#endif
