import AzureTesting
import Foundation
import Testing

@testable import AzureCore

@Suite("Timestamps")
struct AzureTimestampTests {
    /// From a text as a document has it.
    private static func received(_ text: String) -> AzureTimestamp {
        var text = text
        return text.withUTF8 { AzureTimestamp(utf8: $0) }
    }

    /// Forms that recorded answers of the real services have, and some that they could have.
    static let texts = [
        "2024-05-29T19:58:33.1988818Z", "2019-10-12T04:25:01.1234567Z", "2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05.1000000Z", "2026-01-02T03:04:05.0Z", "0001-01-01T00:00:00.0000001Z",
        "9999-12-31T23:59:59.9999999Z", "Fri, 02 Jan 2026 03:04:05 GMT", "Mon, 01 Jan 0001 00:00:00 GMT",
        "2026-01-02t03:04:05z", "2026-01-02T03:04:05.123456789Z", "2026-01-02T05:04:05+02:00",
        "2016-12-31T23:59:60Z", "2026-01-02", "2026-01-02T03:04Z", "Fri, 2 Jan 2026 03:04:05 GMT",
        "Mon, 02 Jan 2026 03:04:05 GMT", "Fri, 02 Jan 2026 03:04:05 UTC", "Sat, 31 Dec 2016 23:59:60 GMT", "yesterday",
        "", " ", "2026-13-01T00:00:00Z", "2026-01-02T03:04:05", "10000-01-01T00:00:00Z", "ü",
    ]

    @Test("keep the text that was received, also when it cannot be read", arguments: texts)
    func kept(text: String) throws {
        for timestamp in [AzureTimestamp(text), Self.received(text)] {
            #expect(timestamp.text == text)
            #expect(timestamp.description == text)
            let json = try JSONEncoder().encode([timestamp])
            let again = try JSONDecoder().decode([AzureTimestamp].self, from: json)
            #expect(again.map(\.text) == [text])
            #expect(again == [timestamp])
            #expect(again[0].hashValue == timestamp.hashValue)
        }
    }

    @Test(
        "tell the moment in every form, and nil where there is none",
        arguments: [
            ("2026-01-02T03:04:05Z", 1_767_323_045), ("Fri, 02 Jan 2026 03:04:05 GMT", 1_767_323_045),
            ("2026-01-02T05:04:05+02:00", 1_767_323_045), ("2026-01-02T03:04:05.5Z", 1_767_323_045.5),
            ("2026-01-02", 1_767_312_000), ("2026-01-02T03:04Z", 1_767_323_040),
            ("2026-01-02T04:04+01:00", 1_767_323_040), ("yesterday", nil), ("", nil), ("2026-02-30", nil),
            ("2026-1-2", nil), ("2026-01-02T", nil), ("2026-01-02T03", nil), ("2026-01-02T03:04", nil),
            ("2026-01-02Z", nil), ("0001-01-01T00:00:00+00:01", nil),
        ] as [(String, Double?)])
    func date(text: String, seconds: Double?) {
        for timestamp in [AzureTimestamp(text), Self.received(text)] {
            #expect(timestamp.date == seconds.map { Date(timeIntervalSince1970: $0) })
            #expect(timestamp.isReadable == (seconds != nil))
        }
    }

    @Test("are equal and in order to 100 nanoseconds, which a Date cannot tell apart")
    func order() {
        let earlier: AzureTimestamp = "2126-05-29T19:58:33.1988817Z"
        let later: AzureTimestamp = "2126-05-29T19:58:33.1988818Z"
        #expect(earlier != later)
        #expect(earlier < later)
        #expect(!(later < earlier))
        #expect(later == "2126-05-29T21:58:33.19888180+02:00")
        #expect(AzureTimestamp("Fri, 02 Jan 2026 03:04:05 GMT") == "2026-01-02T03:04:05.000Z")
        #expect(Set([later, "2126-05-29T21:58:33.19888180+02:00", earlier]).count == 2)
    }

    @Test("that cannot be read come last, in the order of their texts, so that any list can be sorted")
    func unreadable() {
        let times: [AzureTimestamp] = ["b", "2026-01-02T03:04:05Z", "", "a", "0001-01-01T00:00:00Z", "a"]
        #expect(times.sorted().map(\.text) == ["0001-01-01T00:00:00Z", "2026-01-02T03:04:05Z", "", "a", "a", "b"])
        #expect(times[3] == times[5])
        #expect(times[0] != times[1])
    }

    @Test("made from a date have the form that the place needs")
    func places() {
        let time = AzureTimestamp(Date(timeIntervalSince1970: 1_767_323_045.25))
        #expect(time.text(for: .header) == "Fri, 02 Jan 2026 03:04:05 GMT")
        #expect(time.text(for: .body) == "2026-01-02T03:04:05.25Z")
        #expect(time.text(for: .signature) == "2026-01-02T03:04:05Z")
        #expect(time.text == "2026-01-02T03:04:05.25Z")
    }

    @Test("that were received go back as they came, and change their form only where the place knows another")
    func placesOfReceived() {
        for text in ["2019-10-12T04:25:01.1234567Z", "2019-10-12", "2019-10-12T04:25Z", "2019-10-12T06:25:01+02:00"] {
            for timestamp in [AzureTimestamp(text), Self.received(text)] {
                #expect(timestamp.text(for: .body) == text)
                #expect(timestamp.text(for: .signature) == text)
                #expect(timestamp.text(for: .header).hasPrefix("Sat, 12 Oct 2019 0"))
            }
        }
        for text in ["Fri, 02 Jan 2026 03:04:05 GMT", "Fri, 2 Jan 2026 03:04:05 UTC"] {
            for timestamp in [AzureTimestamp(text), Self.received(text)] {
                #expect(timestamp.text(for: .header) == text)
                #expect(timestamp.text(for: .body) == "2026-01-02T03:04:05Z")
                #expect(timestamp.text(for: .signature) == "2026-01-02T03:04:05Z")
            }
        }
        let unreadable: AzureTimestamp = "yesterday"
        #expect(unreadable.text(for: .header) == "yesterday")
        #expect(unreadable.text(for: .body) == "yesterday")
        #expect(unreadable.text(for: .signature) == "yesterday")
    }

    @Test("take any date; outside the years 1 to 9999 the nearest moment within")
    func bounds() {
        #expect(AzureTimestamp(Date(timeIntervalSince1970: 1e300)).text == "9999-12-31T23:59:59Z")
        #expect(AzureTimestamp(Date(timeIntervalSince1970: -1e300)).text == "0001-01-01T00:00:00Z")
        #expect(AzureTimestamp(Date(timeIntervalSince1970: .infinity)).text == "9999-12-31T23:59:59Z")
        #expect(AzureTimestamp(Date(timeIntervalSince1970: .nan)).text == "9999-12-31T23:59:59Z")
        #expect(AzureTimestamp(.distantPast).date == Date(timeIntervalSince1970: -62_135_596_800))
    }

    @Test("come back from a date exactly wherever floating point has the digits")
    func dates() throws {
        var random = SeededGenerator(seed: 100)
        for _ in 0..<5000 {
            let time = CivilTime(
                year: .random(in: 1990...2017, using: &random), month: .random(in: 1...12, using: &random),
                day: .random(in: 1...28, using: &random), hour: .random(in: 0...23, using: &random),
                ticks: .random(in: 0..<10_000_000, using: &random))
            #expect(CivilTime(ticksSince1970: time.ticksSince1970) == time)
            let timestamp = AzureTimestamp(time.date)
            #expect(timestamp == AzureTimestamp(timestamp.text))
            #expect(timestamp.date == time.date)
        }
    }

    @Test("of any bytes are kept, and none ends the process")
    func garbage() {
        var random = SeededGenerator(seed: 1123)
        let alphabet = Array("0123456789-:.TZtz+ ,GMTFriJan2026\u{0}ü")
        for round in 0..<30_000 {
            var text = ""
            if round % 2 == 0 {
                text = String(
                    (0..<Int.random(in: 0...32, using: &random)).map { _ in alphabet.randomElement(using: &random)! })
            } else {
                // A good one with some bytes changed.
                var characters = Array(Self.texts[Int.random(in: 0..<19, using: &random)])
                for _ in 0..<Int.random(in: 0...3, using: &random) where !characters.isEmpty {
                    characters[Int.random(in: 0..<characters.count, using: &random)] =
                        alphabet.randomElement(using: &random)!
                }
                text = String(characters)
            }
            let (kept, received) = (AzureTimestamp(text), Self.received(text))
            #expect(received.text == text)
            #expect(kept == received && kept.hashValue == received.hashValue && !(kept < received))
            _ = (kept.text(for: .header), kept.text(for: .body), kept.text(for: .signature))
        }
    }

    @Test("in lists need no memory of their own")
    func size() {
        #expect(MemoryLayout<AzureTimestamp?>.stride <= 24)
    }
}
