import AzureCore
import Synchronization

import struct Foundation.Data

/// Gets the parts of a download in order, and those that come next while one is read.
actor BlobPartReader {
    private let download: BlobDownload
    private let meter: TransferMeter
    /// How many parts the service bears.
    private var concurrency: TransferWindow
    /// How much the reader wants.
    private var window: StreamWindow
    /// What is left of the part that is read, the last chunk first, so that each is let go of when it was given away.
    private var chunks: [Data] = []
    private var isFirst = true
    /// How much of the content was given away, was asked for, and is there in all.
    private var (given, asked): (Int64, Int64) = (0, 0)
    private var total: Int64 { download.plan.length }
    /// The parts under way, in order. Not structured: a reader may leave the sequence at any chunk.
    private var parts: [Part] = []

    private struct Part: Sendable {
        let length: Int64
        let task: Task<Content, any Error>
        let isThere: Flag
    }

    private struct Content: Sendable {
        let chunks: [Data]
        let epoch: Int
        let wasRefused: Bool
    }

    /// Is set by the task of a part when it is done.
    private final class Flag: Sendable {
        let isSet = Atomic(false)
    }

    init(_ download: BlobDownload) {
        self.download = download
        meter = download.meter()
        let transfer = download.options.transfer
        concurrency = TransferWindow(.atMost(transfer.concurrency.maximum))
        window = StreamWindow(partSize: download.options.partSize, concurrency: transfer.concurrency)
    }

    deinit {
        for part in parts { part.task.cancel() }
    }

    func next() async throws -> Data? {
        while true {
            if let chunk = chunks.popLast() { return chunk }
            guard given < total else {
                meter.flush()
                return nil
            }
            try await nextPart()
        }
    }

    private func nextPart() async throws {
        // The first part is waited for by everybody.
        if !isFirst, !parts.isEmpty { window.asked(finding, read: given) }
        isFirst = false
        start()
        guard !parts.isEmpty else { return }
        let part = parts.removeFirst()
        do {
            let content = try await withTaskCancellationHandler {
                try await part.task.value
            } onCancel: {
                part.task.cancel()
            }
            chunks = content.chunks.reversed()
            concurrency.finished(
                part.length, begunIn: content.epoch, wasRefused: content.wasRefused,
                uptime: download.blob.connection.timeSource.uptime())
        } catch {
            // There is nothing after what cannot be had.
            for part in parts { part.task.cancel() }
            parts = []
            asked = given
            throw error
        }
        given += part.length
        start()
    }

    private var finding: StreamWindow.Finding {
        guard parts[0].isThere.isSet.load(ordering: .acquiring) else { return .nothing }
        return parts.allSatisfy { $0.isThere.isSet.load(ordering: .acquiring) } ? .everything : .next
    }

    private func start() {
        while asked < total, parts.count < concurrency.current, window.hasRoom(beside: asked - given) {
            // The first part has been asked for already.
            let length = min(asked == 0 ? download.plan.partSize : window.nextPart, total - asked)
            let (download, meter, offset, epoch) = (download, meter, download.plan.offset + asked, concurrency.epoch)
            let flag = Flag()
            let task = Task {
                defer { flag.isSet.store(true, ordering: .releasing) }
                let refusals = Refusals()
                let chunks = try await download.chunks(of: (offset, length), meter, refusals)
                return Content(chunks: chunks, epoch: epoch, wasRefused: refusals.isNoted)
            }
            parts.append(Part(length: length, task: task, isThere: flag))
            asked += length
        }
    }
}
