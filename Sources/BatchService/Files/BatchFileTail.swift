import AzureCore
import BatchModels
import HTTPTypes

public import struct Foundation.Data

/// The content of a file of a task, as the task writes it. See
/// ``BatchFilesClient/tail(_:ofTask:inJob:options:)``.
///
/// Each time the sequence is iterated it begins anew. At most 1 MiB is in memory, and nothing is asked for while nobody
/// reads.
public struct BatchFileTail: AsyncSequence, Sendable {
    public typealias Element = Data
    public typealias Failure = any Error

    let source: TailSource
    let options: BatchFileTailOptions

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(source: source, options: options)
    }

    /// Reads one piece after another.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private let source: TailSource
        private let options: BatchFileTailOptions
        private var state: TailState
        private var hasEnded = false

        fileprivate init(source: TailSource, options: BatchFileTailOptions) {
            self.source = source
            self.options = options
            state = TailState(options: options)
        }

        public mutating func next() async throws -> Data? {
            guard !hasEnded else { return nil }
            do {
                if let piece = try await nextPiece() { return piece }
            } catch {
                hasEnded = true
                throw source.context.describing(error)
            }
            hasEnded = true
            return nil
        }

        /// Takes the steps of the state until there are bytes, or no more to come.
        private mutating func nextPiece() async throws -> Data? {
            guard options.offset >= 0 else {
                throw AzureError.invalidArgument("The offset is \(options.offset); it must not be negative.")
            }
            while true {
                try Task.checkCancellation()
                switch state.step {
                case .askForTask:
                    let task = try await source.task()
                    try state.noteTask(
                        task.state,
                        run: .init(
                            retries: task.executionInfo?.retryCount ?? 0,
                            requeues: task.executionInfo?.requeueCount ?? 0))
                case .askForFile:
                    do {
                        try state.noteFile(size: try await source.size())
                    } catch let error as AzureError where error.meansMissingFile {
                        try state.noteMissingFile(source.missing(error))
                    }
                case .fetch(let range):
                    let piece = try await fetch(range)
                    if !piece.isEmpty { return piece }
                case .pause:
                    try await source.connection.timeSource.sleep(options.pollInterval)
                    state.notePause()
                case .end:
                    return nil
                }
            }
        }

        private mutating func fetch(_ range: BatchFileRange) async throws -> Data {
            do {
                let piece = try await source.read(range)
                try state.noteContent(count: piece.count)
                return piece
            } catch let error as AzureError where error.meansMissingFile {
                try state.noteMissingFile(source.missing(error))
            } catch let error as AzureError where error.status(from: .batch)?.code == 416 {
                try state.noteContent(count: 0)
            }
            return Data()
        }
    }
}

extension AzureError {
    /// Whether the service said that a file is not there: no run of the task has made it yet, it was removed, or its
    /// node is gone.
    var meansMissingFile: Bool {
        [404, 409, 410].contains(status(from: .batch)?.code ?? 0)
    }
}
