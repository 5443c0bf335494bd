import AzureTesting
import Foundation
import Testing

@testable import AzureCore

@Suite("ISO 8601 dates")
struct ISO8601DateTests {
    @Test(
        "are read with any number of decimals and any offset",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2026-01-02T03:04:05Z", 1_767_323_045),
            ("2026-01-02t03:04:05z", 1_767_323_045), ("2026-01-02T03:04:05.5Z", 1_767_323_045.5),
            ("2026-01-02T03:04:05.250000000Z", 1_767_323_045.25), ("2026-01-02T05:04:05+02:00", 1_767_323_045),
            ("2026-01-01T21:34:05-05:30", 1_767_323_045), ("2026-01-02T03:04:05-00:00", 1_767_323_045),
            ("2024-02-29T23:59:59Z", 1_709_251_199), ("2000-02-29T00:00:00Z", 951_782_400),
            ("2016-12-31T23:59:60Z", 1_483_228_799), ("1969-12-31T23:59:59Z", -1),
            ("0001-01-01T00:00:00Z", -62_135_596_800), ("9999-12-31T23:59:59Z", 253_402_300_799),
        ] as [(String, Double)])
    func read(text: String, seconds: Double) {
        #expect(ISO8601Date.parse(text) == Date(timeIntervalSince1970: seconds))
    }

    @Test(
        "are refused when they are none",
        arguments: [
            "", "Z", "2026", "2026-01-02", "2026-01-02T03:04:05", "2026-01-02T03:04Z", "2026-01-02 03:04:05Z",
            "2026-1-02T03:04:05Z", "26-01-02T03:04:05Z", "2026-13-02T03:04:05Z", "2026-00-02T03:04:05Z",
            "2026-02-29T03:04:05Z", "1900-02-29T00:00:00Z", "2026-04-31T03:04:05Z", "2026-01-00T03:04:05Z",
            "2026-01-02T24:04:05Z", "2026-01-02T03:60:05Z", "2026-01-02T03:04:61Z", "2026-01-02T03:04:05.Z",
            "2026-01-02T03:04:05.1", "2026-01-02T03:04:05,1Z", "2026-01-02T03:04:05.1xZ", "2026-01-02T03:04:05ZZ",
            "2026-01-02T03:04:05Z ", " 2026-01-02T03:04:05Z", "2026-01-02T03:04:05+0100", "2026-01-02T03:04:05+01",
            "2026-01-02T03:04:05++1:00", "2026-01-02T03:04:05+01:+1", "2026-01-02T03:04:05+24:00",
            "2026-01-02T03:04:05+01:60", "0000-01-01T00:00:00Z", "+2026-01-02T03:04:05Z", "-026-01-02T03:04:05Z",
            "2026-01-02T03:04:0５Z", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "garbage",
            "20260102T030405Z......",
        ])
    func refused(text: String) {
        #expect(ISO8601Date.parse(text) == nil)
    }

    @Test(
        "are written with the decimals they have and no more",
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (1_767_323_045, "2026-01-02T03:04:05Z"),
            (1_767_323_045.5, "2026-01-02T03:04:05.5Z"), (-0.25, "1969-12-31T23:59:59.75Z"),
            (-62_135_596_800, "0001-01-01T00:00:00Z"), (-1e20, "0001-01-01T00:00:00Z"),
            (1e20, "9999-12-31T23:59:59Z"), (.infinity, "9999-12-31T23:59:59Z"), (.nan, "9999-12-31T23:59:59Z"),
        ] as [(Double, String)])
    func written(seconds: Double, text: String) {
        #expect(ISO8601Date.format(Date(timeIntervalSince1970: seconds)) == text)
    }

    @Test(
        "are written as they were read",
        arguments: [
            "2009-08-07T06:05:04.1234567Z", "2017-12-31T23:59:59.9999999Z", "2001-01-01T00:00:00.0000001Z",
            "2026-01-02T03:04:05.1Z", "2026-01-02T03:04:05.3Z", "2026-01-02T03:04:05.123Z",
            "2026-01-02T03:04:05.123456Z", "2026-01-02T03:04:05.1234567Z", "2026-12-31T23:59:59.999999Z",
            "2099-12-31T23:59:59.999999Z", "2024-02-29T12:00:00.000001Z",
        ])
    func roundTrip(text: String) throws {
        #expect(ISO8601Date.format(try #require(ISO8601Date.parse(text))) == text)
    }

    @Test(
        "keep seven decimals where floating point has them, six in all of this century, and never change when read back"
    )
    func decimals() throws {
        var random = SeededGenerator(seed: 8601)
        for _ in 0..<20_000 {
            let time = CivilTime(
                year: .random(in: 2001...2099, using: &random), month: .random(in: 1...12, using: &random),
                day: .random(in: 1...28, using: &random), hour: .random(in: 0...23, using: &random),
                minute: .random(in: 0...59, using: &random), second: .random(in: 0...59, using: &random),
                ticks: .random(in: 0..<10_000_000, using: &random))
            let date = time.date
            let text = ISO8601Date.format(date)
            #expect(ISO8601Date.parse(text) == date)
            let read = try #require(CivilTime(date))
            if time.year < 2018 {
                #expect(text.hasSuffix("\(time.ticks.asDecimals)Z"))
                #expect(read == time)
            } else if time.year < 2035 {
                #expect(abs(read.ticks - time.ticks) <= 1)
            }
            var rounded = time
            rounded.ticks = time.ticks / 10 * 10
            #expect(ISO8601Date.format(rounded.date).hasSuffix(":\(time.second.padded(2))\(rounded.ticks.asDecimals)Z"))
        }
    }

    // For a `Date` these are the beginning of the year 10000.
    @Test(
        "read back as the same date at the end of the last year, too",
        arguments: ["9999-12-31T23:59:59.99999Z", "9999-12-31T23:59:59.9999999Z", "9999-12-31T22:59:59.99999-01:00"])
    func lastMoments(text: String) throws {
        let date = try #require(ISO8601Date.parse(text))
        #expect(ISO8601Date.parse(ISO8601Date.format(date)) == date)
        #expect(ISO8601Date.formatSeconds(date) == "9999-12-31T23:59:59Z")
        #expect(RFC1123Date.format(date) == "Fri, 31 Dec 9999 23:59:59 GMT")
        #expect(AzureTimestamp(date).date == date)
    }

    @Test("in signatures have no fraction")
    func seconds() {
        #expect(ISO8601Date.formatSeconds(Date(timeIntervalSince1970: 1_767_323_045.75)) == "2026-01-02T03:04:05Z")
        #expect(ISO8601Date.formatSeconds(Date(timeIntervalSince1970: -0.5)) == "1969-12-31T23:59:59Z")
    }
}
