import AzureCore

import struct Foundation.Data

/// Gets the parts of a download in order, and those that come next while one is read.
actor BlobPartReader {
    private let download: BlobDownload
    private let meter: TransferMeter
    private var window: TransferWindow
    private var chunks: ArraySlice<Data> = []
    private var index = 0
    private var started = 0
    /// The parts under way. Not structured: a reader may leave the sequence at any chunk.
    private var parts: [Int: Task<Part, any Error>] = [:]

    private struct Part: Sendable {
        let chunks: [Data]
        let epoch: Int
        let wasRefused: Bool
    }

    init(_ download: BlobDownload) {
        self.download = download
        meter = download.meter()
        window = TransferWindow(download.options.transfer.concurrency.bounded)
    }

    deinit {
        for part in parts.values { part.cancel() }
    }

    func next() async throws -> Data? {
        while true {
            if let chunk = chunks.popFirst() { return chunk }
            guard index < download.plan.count else {
                meter.flush()
                return nil
            }
            try await nextPart()
        }
    }

    private func nextPart() async throws {
        start()
        guard let part = parts.removeValue(forKey: index) else { return }
        do {
            let part = try await withTaskCancellationHandler {
                try await part.value
            } onCancel: {
                part.cancel()
            }
            chunks = part.chunks[...]
            window.finished(
                download.plan[index].length, begunIn: part.epoch, wasRefused: part.wasRefused,
                uptime: download.blob.connection.timeSource.uptime())
        } catch {
            // There is nothing after what cannot be had.
            for part in parts.values { part.cancel() }
            parts = [:]
            started = index
            throw error
        }
        index += 1
        start()
    }

    private func start() {
        while started < download.plan.count, parts.count < window.current {
            let (download, meter, part, epoch) = (download, meter, started, window.epoch)
            parts[part] = Task {
                let refusals = Refusals()
                let chunks = try await download.chunks(of: part, meter, refusals)
                return Part(chunks: chunks, epoch: epoch, wasRefused: refusals.isNoted)
            }
            started += 1
        }
    }
}
