#if DEBUG
import AzureAuth
import AzureCore
import Foundation
import HTTPTypes

@testable import BlobStorage

extension FuzzTarget {
    /// Bodies of answers, and files, that have a format of their own.
    static let bodies: [FuzzTarget] =
        [avro, structuredBody, structuredRoundTrip, multipartAnswer, journal, compressed, encryptionMetadata]
        + curlTargets

    private static let avro = FuzzTarget(
        "avro", words: AvroSeeds.words, seeds: AvroSeeds.all
    ) { input in
        // In two chunks, as the bytes of a network come.
        let half = Data(input.prefix(input.count / 2))
        let rest = Data(input.dropFirst(input.count / 2))
        var decoder = BlobQueryDecoder()
        try accepting {
            var count = try decoder.append(half).count
            count += try decoder.append(rest).count
            try require(count <= 1_000_000 + input.count, "\(count) events came of \(input.count) bytes.")
            try decoder.finish()
        }
    }

    private static let structuredBody = FuzzTarget(
        "structured-body", seeds: StructuredSeeds.all
    ) { input in
        for length in [nil, Int64(input.count)] {
            var decoder = StructuredBodyDecoder(messageLength: length)
            var size = 0
            try accepting {
                for byte in input.chunks(of: 7) { try decoder.decode(byte) { size += $0.count } }
                try decoder.finish()
            }
            try require(size <= input.count, "\(size) bytes of content came of \(input.count) bytes.")
        }
        try accepting { _ = try StructuredBody.decode(Data(input)) }
    }

    private static let structuredRoundTrip = FuzzTarget(
        "structured-round-trip", seeds: ["a", "abcdefghijklmnopqrstuvwxyz", ""]
    ) { input in
        let segment = Int64(input.first ?? 1) + 1
        try accepting {
            var encoder = try StructuredBodyEncoder(length: Int64(input.count), segmentSize: segment)
            var message = Data()
            for chunk in input.chunks(of: 5) { for piece in try encoder.encode(chunk) { message += piece } }
            for piece in try encoder.finish() { message += piece }
            try require(
                Int64(message.count) == StructuredBody.messageLength(Int64(input.count), segmentSize: segment),
                "The message has \(message.count) bytes, which is not what was said.")
            var decoder = StructuredBodyDecoder(messageLength: Int64(message.count))
            var content = Data()
            try decoder.decode(message) { content += $0 }
            try decoder.finish()
            try require(content == Data(input), "The content is not the same after encoding and decoding.")
        }
    }

    private static let multipartAnswer = FuzzTarget(
        "multipart-answer",
        words: [
            "--b", "--b--", "\r\n", "\n", "Content-ID: ", "Content-Type: application/http", "HTTP/1.1 ",
            "Content-Length: ",
        ],
        seeds: [
            "multipart/mixed; boundary=b\u{1E}--b\r\nContent-Type: application/http\r\nContent-ID: 0\r\n\r\nHTTP/1.1 202 "
                + "Accepted\r\nContent-Length: 2\r\n\r\nok\r\n--b\r\nContent-ID: 1\r\n\r\nHTTP/1.1 404 Not Found\r\n"
                + "x-ms-error-code: BlobNotFound\r\n\r\n\r\n--b--",
            "multipart/mixed; boundary=\"b\"\u{1E}--b\n\nHTTP/1.1 400 No\nContent-Length: 1\n\nx\n--b--",
        ]
    ) { input in
        let parts = input.parts
        try accepting {
            _ = try BlobBatchDecoder.answers(
                in: Data(parts.dropFirst().joined(separator: [partMark])), contentType: parts[0].text, count: 2,
                whole: { _ in .invalidArgument("refused") })
        }
    }

    private static let journal = FuzzTarget(
        "journal", words: ["\n", "partSize", "size", "blockPrefix", "format", " ffffffffffffffff"],
        seeds: [
            """
            {"blockPrefix":"p","partSize":4194304,"subject":{"blob":"https://a/c/b","format":1,"kind":"upload",\
            "size":10485760,"source":"s"}}
            0 a1b2
            1 ffffffffffffffff

            """,
            """
            {"blockPrefix":"p","partSize":1,"subject":{"blob":"b","format":1,"kind":"download","size":99,"source":"e"}}
            98 0

            """,
        ]
    ) { input in
        guard let journal = TransferJournal(Data(input)) else { return }
        let count = journal.plan.count
        for index in journal.parts.keys {
            try require((0..<count).contains(index), "There is a part \(index) of \(count).")
            _ = journal.blockID(index)
        }
        try require(journal.parts.count <= input.count, "There are more parts than lines.")
        _ = try? journal.header()
    }

    private static let compressed = FuzzTarget.asynchronous(
        "compressed",
        seeds: [
            [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0x4B, 0x4C, 0x4A, 6, 0, 0xC2, 0x41, 0x24, 0x35, 3, 0, 0, 0],
            [0x78, 0x9C, 0x4B, 0x4C, 0x4A, 6, 0, 2, 0x4D, 1, 0x27], [0x4B, 0x4C, 0x4A, 6, 0],
        ]
    ) { input in
        for coding in [ContentCoding.gzip, .deflate] {
            try await accepting {
                let stream = HTTPByteStream(Data(input)).decompressed(coding)
                var size = 0
                for try await chunk in stream {
                    try require(chunk.count <= Inflater.chunkSize, "A chunk has \(chunk.count) bytes.")
                    size += chunk.count
                }
                // Nothing becomes more than a thousand times as large with these formats.
                try require(size <= 1100 * input.count, "\(size) bytes came of \(input.count).")
            }
        }
    }

    private static let encryptionMetadata = FuzzTarget(
        "encryption-metadata", words: ["\"2.0\"", "\"2.1\"", "\"1.0\"", "DataLength", "NonceLength", "ContentLength"],
        seeds: [
            """
            {"WrappedContentKey":{"KeyId":"k","EncryptedKey":"AAAA","Algorithm":"A256KW"},"EncryptionAgent":{"Protocol":\
            "2.0","EncryptionAlgorithm":"AES_GCM_256"},"EncryptedRegionInfo":{"DataLength":4194304,"NonceLength":12},\
            "KeyWrappingMetadata":{"EncryptionLibrary":"l","ContentLength":"5"}}
            """,
            """
            {"WrappedContentKey":{"KeyId":"k","EncryptedKey":"AAAA","Algorithm":"A256KW"},"EncryptionAgent":{"Protocol":\
            "1.0","EncryptionAlgorithm":"AES_CBC_256"},"ContentEncryptionIV":"AAAAAAAAAAAAAAAAAAAAAA=="}
            """,
        ]
    ) { input in
        let blob = try BlobClient(url: "https://example.blob.core.windows.net/c/b", credential: .anonymous)
        guard
            let metadata = try accepting({
                try EncryptionMetadata(
                    ["encryptiondata": input.text], maximumRegionSize: 128 * 1024 * 1024, of: blob)
            })
        else { return }
        let again = try accepting {
            try EncryptionMetadata(["encryptiondata": metadata.json], maximumRegionSize: 128 * 1024 * 1024, of: blob)
        }
        try require(again == metadata, "It is not the same after writing and reading: \(metadata.json)")
    }
}

extension [UInt8] {
    /// The bytes in chunks of a size, as a stream may give them.
    func chunks(of size: Int) -> [Data] {
        stride(from: 0, to: count, by: size).map { Data(self[$0..<Swift.min(count, $0 + size)]) }
    }
}
#endif
