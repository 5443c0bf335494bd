#if DEBUG
import AzureCore
import Foundation

@testable import AzureEmulator
@testable import BatchModels
@testable import BlobStorage

extension FuzzTarget {
    /// Values that stand in models, and keep what a service wrote.
    static let modelValues: [FuzzTarget] = [timestamp, azureDuration, batchJSONValue, blockID]

    private static let timestamp = FuzzTarget(
        "azure-timestamp",
        words: [
            "T", "Z", "+14:00", "-23:59", ".1234567", ".12345678", "24:00:00", ":60", " GMT", "Mon, ", "Feb", "\u{1E}",
        ],
        seeds: [
            "2026-01-02T03:04:05.1234567Z\u{1E}Fri, 02 Jan 2026 03:04:05 GMT\u{1E}2026-01-02T04:04:05+01:00",
            "2026-01-02\u{1E}2026-01-02T03:04Z\u{1E}never", "9999-12-31T23:59:59.9999999Z\u{1E}0001-01-01T00:00:00Z",
            "Thu, 29 Feb 2024 23:59:59 GMT\u{1E}2024-02-29T23:59:60Z\u{1E}\u{1E}",
        ]
    ) { input in
        let texts = input.parts.prefix(3).map(\.text)
        let timestamps = texts.map { AzureTimestamp($0) }
        for (text, timestamp) in zip(texts, timestamps) { try checkTimestamp(timestamp, text) }
        try checkOrder(of: timestamps)
    }

    private static func checkTimestamp(_ timestamp: AzureTimestamp, _ text: String) throws {
        try require(timestamp.text == text, "'\(text)' became '\(timestamp.text)'.")
        let ofBytes = Array(text.utf8).withUnsafeBufferPointer { AzureTimestamp(utf8: $0) }
        try require(ofBytes.text == text, "The bytes of '\(text)' became '\(ofBytes.text)'.")
        try require(
            ofBytes == timestamp && ofBytes.hashValue == timestamp.hashValue, "'\(text)' is another moment as bytes.")
        guard timestamp.isReadable else {
            return try require(
                timestamp.date == nil && timestamp.text(for: .header) == text, "'\(text)' can be read after all.")
        }
        guard let date = timestamp.date else { throw FuzzFinding("'\(text)' can be read, and has no date.") }
        // The date that is nearest, so that it is less than a microsecond away.
        let ofDate = AzureTimestamp(date)
        try require(
            ofDate.date.map { abs($0.timeIntervalSince(date)) < 1e-5 } ?? false, "The date of '\(text)' is not kept.")
        let inBody = AzureTimestamp(timestamp.text(for: .body))
        try require(inBody == timestamp, "'\(text)' is '\(inBody.text)' in a body, another moment.")
        // Header fields have whole seconds, the ones before.
        let inHeader = AzureTimestamp(timestamp.text(for: .header))
        let distance = inHeader.date.map { date.timeIntervalSince($0) } ?? -1
        try require(
            inHeader <= timestamp && (-1e-5..<1.001).contains(distance),
            "'\(text)' is '\(inHeader.text)' in a header field, \(distance) seconds before.")
    }

    private static let azureDuration = FuzzTarget(
        "azure-duration",
        words: ["P", "T", "Y", "M", "W", "D", "H", "S", "-P", ".9999999", ",5", "P1Y", "P12M", "P13M", "\u{1E}"],
        seeds: [
            "P3Y6M4DT12H30M5S\u{1E}P12M\u{1E}P365D", "P1Y\u{1E}P1M\u{1E}PT720H", "PT0.0000001S\u{1E}-P1W\u{1E}never",
            "P10675199DT2H48M5.4775807S\u{1E}P292277024626Y\u{1E}PT9223372036854775807S", "P1Y1M1W1DT1H1M1.5S",
        ]
    ) { input in
        let texts = input.parts.prefix(3).map(\.text)
        let durations = texts.map { AzureDuration($0) }
        for (text, value) in zip(texts, durations) {
            try require(value.text == text, "'\(text)' became '\(value.text)'.")
            guard let duration = value.duration else { continue }
            // The emulator has a reader of its own.
            let other = BatchDuration.parse(text)
            try require(other ?? duration == duration, "'\(text)' is \(duration), and \(String(describing: other)).")
            let written = AzureDuration(duration).text
            try require(
                !written.prefix { $0 != "T" }.contains { "YMW".contains($0) },
                "'\(text)' is written as '\(written)', with a part that has no fixed length.")
            guard let again = AzureDuration(written).duration else { throw FuzzFinding("'\(written)' is none.") }
            // What is shorter than 100 nanoseconds is dropped, and nothing else.
            let dropped = duration < .zero ? again - duration : duration - again
            try require(
                dropped >= .zero && dropped < .nanoseconds(100), "'\(text)' is written as '\(written)', another one.")
            try require(AzureDuration(again).text == written, "'\(written)' is not the same when written again.")
        }
        try checkOrder(of: durations)
    }

    /// Checks that values have one order: whatever they are, one is before the other, or they are equal.
    private static func checkOrder<Value: Hashable & Comparable>(of values: [Value]) throws {
        for one in values {
            for other in values {
                let relations = [one < other, one == other, other < one]
                try require(relations.count { $0 } == 1, "'\(one)' and '\(other)' have the relations \(relations).")
                try require(
                    one != other || one.hashValue == other.hashValue, "'\(one)' and '\(other)' have different hashes.")
                for third in values where one <= other && other <= third {
                    try require(one <= third, "'\(one)', '\(other)' and '\(third)' go round in a circle.")
                }
            }
        }
    }

    private static let batchJSONValue = FuzzTarget(
        "batch-json-value",
        words: [
            "{", "}", "[", "]", ":", ",", "\"", "\\u0000", "\\ud83d\\ude00", "\\\"", "null", "true", "1e308", "1e127",
            "1e128", "-0", "1E-400", "0.1", "123456789012345678901234567890.5",
        ],
        seeds: [
            #"{"a":[1,-2.5e3,true,false,null,"\u00fc\ud83d\ude00\n"],"b":{}}"#, #""{\"port\":8080}""#, "-0.0",
            #"{"a":9223372036854775807,"b":9223372036854775808,"c":0.1234567890123456789012345678}"#,
            #"[1.0,1e2,18446744073709551615,12345678901234567890123456789012345678901234567890]"#,
        ]
    ) { input in
        let text = input.text
        guard let value = try? BatchJSONValue(parsing: text) else { return }
        _ = (value.parsed, value.description, value.customMirror.children.count)
        let written = value.json
        let again = try? BatchJSONValue(parsing: written)
        try require(again == value, "'\(text)' is written as '\(written)', another value.")
        try require(again?.json == written, "'\(written)' is not the same when written again.")
    }

    private static let blockID = FuzzTarget(
        "block-id", words: ["=", "==", "+/", "-_", "\n", "AAAA", "\0", "\u{1E}"],
        seeds: ["YmxvY2stMDAwMQ==\u{1E}/4AB", "AAAA\u{1E}block-000001", "\u{1E}YQ=="]
    ) { input in
        let ids = input.parts.prefix(2).flatMap { part in
            // The name of these bytes, one that is a slice, the name as text, and the one that a service writes so.
            [
                BlockID(Data(part)), BlockID(Data([0] + part).dropFirst()), BlockID(part.text),
                BlockID(base64Encoded: part.text),
            ].compactMap(\.self)
        }
        for id in ids {
            let again = BlockID(base64Encoded: id.base64Encoded)
            try require(again == id, "'\(id)' is another name when it is read again.")
            try require(id.text.map { BlockID($0) == id } ?? true, "'\(id)' is another name as a text.")
            let isName = try accepting { try id.check() } != nil
            try require(isName == (1...64).contains(id.bytes.count), "A name of \(id.bytes.count) bytes: \(isName).")
        }
        try require(ids[0] == ids[1] && ids[0].hashValue == ids[1].hashValue, "A slice makes another name.")
        try checkOrder(of: Array(ids.prefix(6)))
    }
}
#endif
