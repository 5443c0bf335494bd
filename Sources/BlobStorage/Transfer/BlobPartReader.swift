import AzureCore

import struct Foundation.Data

/// Gets the parts of a download in order, and those that come next while one is read.
actor BlobPartReader {
    private let download: BlobDownload
    private var chunks: ArraySlice<Data> = []
    private var index = 0
    private var received: Int64 = 0
    private var started = 0
    /// The parts under way. Not structured: a reader may leave the sequence at any chunk.
    private var parts: [Int: Task<[Data], any Error>] = [:]

    init(_ download: BlobDownload) {
        self.download = download
    }

    deinit {
        for part in parts.values { part.cancel() }
    }

    func next() async throws -> Data? {
        while true {
            if let chunk = chunks.popFirst() { return chunk }
            guard index < download.plan.count else { return nil }
            try await nextPart()
        }
    }

    private func nextPart() async throws {
        start()
        guard let part = parts.removeValue(forKey: index) else { return }
        do {
            let chunks = try await withTaskCancellationHandler {
                try await part.value
            } onCancel: {
                part.cancel()
            }
            self.chunks = chunks[...]
        } catch {
            // There is nothing after what cannot be had.
            for part in parts.values { part.cancel() }
            parts = [:]
            started = index
            throw error
        }
        received += download.plan[index].length
        index += 1
        download.options.progress?(received)
        start()
    }

    private func start() {
        while started < download.plan.count, parts.count < download.options.transfer.concurrency {
            let (download, part) = (download, started)
            parts[part] = Task { try await download.chunks(of: part) }
            started += 1
        }
    }
}
