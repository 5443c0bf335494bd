import Foundation
import SampleSupport
import Testing

@Suite("Times of the transcript")
struct SampleTimeTests {
    @Test("A moment is printed in its time zone")
    func moment() {
        let date = Date(timeIntervalSince1970: 1_463_784_430)
        #expect(SampleTime.format(date, in: .gmt) == "2016-05-20 22:47:10")
        #expect(SampleTime.format(date, in: TimeZone(secondsFromGMT: 7200) ?? .gmt) == "2016-05-21 00:47:10")
    }

    @Test(
        "A span is printed in hours, minutes and seconds",
        arguments: [
            (Duration.seconds(362), "0:06:02"), (.zero, "0:00:00"), (.seconds(1200), "0:20:00"),
            (.milliseconds(59_999), "0:00:59"), (.seconds(36_000), "10:00:00"), (.seconds(86_400), "1 day, 0:00:00"),
            (.seconds(2 * 86_400 + 3661), "2 days, 1:01:01"),
        ])
    func span(_ duration: Duration, _ text: String) {
        #expect(SampleTime.format(duration) == text)
    }

    @Test(
        "A short span is printed in seconds, with one decimal",
        arguments: [
            (Duration.zero, "0.0 s"), (.milliseconds(12_399), "12.3 s"), (.milliseconds(50), "0.0 s"),
            (.milliseconds(-700), "0.0 s"), (.seconds(3600), "3600.0 s"),
        ])
    func seconds(_ duration: Duration, _ text: String) {
        #expect(SampleTime.seconds(duration) == text)
    }
}
