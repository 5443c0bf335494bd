package import Logging
import Synchronization

/// Keeps everything that is logged.
package final class MemoryLog: Sendable {
    /// An entry: its level, its message, and its metadata as text.
    package struct Entry: Sendable {
        package let level: Logger.Level
        package let message: String
        package let metadata: [String: String]
    }

    private struct Handler: LogHandler {
        let memory: MemoryLog
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let values = metadata.merging(event.metadata ?? [:]) { $1 }.mapValues { "\($0)" }
            memory.kept.withLock {
                $0.append(Entry(level: event.level, message: "\(event.message)", metadata: values))
            }
        }
    }

    private let kept = Mutex<[Entry]>([])

    package init() {}

    package var entries: [Entry] { kept.withLock { $0 } }

    /// All of it, an entry a line.
    package var text: String {
        entries.map { entry in
            let values = entry.metadata.map { "\($0.key)=\($0.value)" }.sorted()
            return "\(entry.message) \(values.joined(separator: " "))"
        }.joined(separator: "\n")
    }

    package func logger(_ level: Logger.Level) -> Logger {
        Logger(label: "test") { _ in Handler(memory: self, logLevel: level) }
    }
}
