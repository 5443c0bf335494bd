import Foundation
import Testing

@testable import AzureCore

@Suite("RFC 1123 dates")
struct RFC1123DateTests {
    @Test(
        "are read and written",
        arguments: [
            ("Fri, 02 Jan 2026 03:04:05 GMT", 1_767_323_045), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
            ("Wed, 31 Dec 1969 23:59:59 GMT", -1), ("Thu, 29 Feb 2024 12:00:00 GMT", 1_709_208_000),
            ("Mon, 01 Jan 0001 00:00:00 GMT", -62_135_596_800), ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799),
        ] as [(String, Double)])
    func roundTrip(text: String, seconds: Double) {
        #expect(RFC1123Date.parse(text) == Date(timeIntervalSince1970: seconds))
        #expect(RFC1123Date.format(Date(timeIntervalSince1970: seconds)) == text)
    }

    @Test("drop the fraction of a second, and stay within four digits of a year")
    func bounds() {
        #expect(RFC1123Date.format(Date(timeIntervalSince1970: 1_767_323_045.9)) == "Fri, 02 Jan 2026 03:04:05 GMT")
        #expect(RFC1123Date.format(.distantPast) == "Mon, 01 Jan 0001 00:00:00 GMT")
        #expect(RFC1123Date.format(Date(timeIntervalSince1970: 1e15)) == "Fri, 31 Dec 9999 23:59:59 GMT")
        #expect(RFC1123Date.format(Date(timeIntervalSince1970: -1e15)) == "Mon, 01 Jan 0001 00:00:00 GMT")
    }

    @Test("are read with one digit for the day too")
    func oneDigit() {
        #expect(RFC1123Date.parse("Fri, 2 Jan 2026 03:04:05 GMT") == Date(timeIntervalSince1970: 1_767_323_045))
    }

    @Test(
        "are refused when they are none",
        arguments: [
            "", "GMT", "Fri, 02 Jan 2026 03:04:05", "02 Jan 2026 03:04:05 GMT", "Xyz, 02 Jan 2026 03:04:05 GMT",
            "Fri, 02 Foo 2026 03:04:05 GMT", "Fri, 32 Jan 2026 03:04:05 GMT", "Fri, 29 Feb 2026 03:04:05 GMT",
            "Fri, 02 Jan 26 03:04:05 GMT", "Fri, 02 Jan 2026 3:04:05 GMT", "Fri, 02 Jan 2026 03:04 GMT",
            "Fri, 02 Jan 2026 03:04:05:06 GMT", "Fri, 02 Jan 2026 24:04:05 GMT", "Fri, 02 Jan 2026 03:04:05 PST",
            "Fri, +2 Jan 2026 03:04:05 GMT", "Fri, 02 Jan 2026 -3:04:05 GMT", "Fri 02 Jan 2026 03:04:05 GMT",
            "Fri, 02 Jan 2026 03:04:05 GMT x", "2026-01-02T03:04:05Z",
        ])
    func refused(text: String) {
        #expect(RFC1123Date.parse(text) == nil)
    }
}
