#if DEBUG
import AzureAuth
import AzureTesting
import Foundation
import HTTPTypes

@testable import AzureCore
@testable import BlobStorage

extension FuzzTarget {
    /// What an answer says of the length of its body and of its place in the blob, against what was asked for.
    ///
    /// The parts of an input: offset and length of the range asked for, the status, `Content-Range`, `Content-Length`, and
    /// the bytes of the body.
    static let answerLength = FuzzTarget.asynchronous(
        "answer-length",
        words: [
            "bytes ", "BYTES ", "-", "/", "*", "/*", "\u{1E}", "200", "206", "bytes 0-4/5", "bytes 5-9/10", "+5", " 5",
        ],
        seeds: [
            "0-5\u{1E}206\u{1E}bytes 0-4/5\u{1E}5\u{1E}abcde", "5-5\u{1E}206\u{1E}bytes 5-9/10\u{1E}5\u{1E}fghij",
            "0-100\u{1E}200\u{1E}\u{1E}5\u{1E}abcde", "2-\u{1E}206\u{1E}bytes 2-4/5\u{1E}3\u{1E}cde",
            "0-100\u{1E}206\u{1E}bytes 0-99/9223372036854775807\u{1E}100\u{1E}a",
            "9223372036854775802-\u{1E}206\u{1E}bytes 9223372036854775802-9223372036854775806/9223372036854775807",
        ]
    ) { input in
        let parts = input.parts
        let texts = (0..<4).map { $0 < parts.count ? parts[$0].text : "" }
        let body = Data(parts.dropFirst(4).joined(separator: [partMark]))
        try checkContentRange(texts[2])
        let asked = texts[0].split(separator: "-", omittingEmptySubsequences: false)
        let range = BlobRange(
            offset: asked.first.flatMap { Int64($0) } ?? 0, length: asked.dropFirst().first.flatMap { Int64($0) })
        var fields = ["ETag": "\"0x1\""]
        if !texts[2].isEmpty { fields["Content-Range"] = texts[2] }
        if !texts[3].isEmpty { fields["Content-Length"] = texts[3] }
        let status = Int(texts[1]).flatMap { (200...599).contains($0) ? $0 : nil } ?? 206
        let answer = MockResponse(status, headers: fields, chunks: [body])
        try await checkDownload(of: range, answer, hasRange: ContentRange(texts[2]), body: body)
    }

    private static func checkContentRange(_ text: String) throws {
        guard let range = ContentRange(text) else { return }
        try require(
            0 <= range.first && range.first <= range.last && range.last < range.total, "'\(text)' became \(range).")
        let again = ContentRange("bytes \(range.first)-\(range.last)/\(range.total)")
        try require(again == range, "'\(text)' is another range when it is written again.")
    }

    /// Downloads a range from a server that gives the same answer to everything.
    ///
    /// - Parameter part: What `Content-Range` says, if it can be read.
    private static func checkDownload(
        of range: BlobRange, _ answer: MockResponse, hasRange part: ContentRange?, body: Data
    ) async throws {
        let clock = ManualClock(advancesBySleeping: true)
        var pipeline = PipelineOptions(transport: MockTransport { _ in answer }, timeSource: clock.timeSource)
        pipeline.retry.maxRetries = 1
        let blob = try BlobClient(
            url: "https://example.blob.core.windows.net/c/b", credential: .anonymous,
            options: BlobClientOptions(pipeline: pipeline))
        try await accepting { _ = try await blob.properties() }
        let options = BlobDownloadOptions(range: range)
        let found = try await accepting { try await blob.download(upTo: 1 << 20, options: options) }
        guard let found else { return }
        try require(
            Int64(found.count) <= range.length ?? .max && found.count <= body.count,
            "\(found.count) bytes were handed out, for \(range) of an answer of \(body.count).")
        // Part for part it is what was asked for, or the whole of a blob that has no more.
        let isWhole = range.offset == 0 && part == nil
        try require(
            isWhole || found.isEmpty || part?.first == range.offset,
            "\(range) was answered with \(part.map { "\($0)" } ?? "no range"), and taken.")
    }
}
#endif
