import AzureTesting
import Foundation
import Testing

@testable import AzureCore

@Suite("Civil time")
struct CivilTimeTests {
    @Test("agrees with Foundation's calendar on days of all years")
    func calendar() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
        var random = SeededGenerator(seed: 1582)
        for _ in 0..<3000 {
            // Foundation's calendar is the Julian one before 15 October 1582.
            let seconds = Int.random(in: -12_219_292_800...253_402_300_799, using: &random)
            let date = Date(timeIntervalSince1970: Double(seconds))
            let time = try #require(CivilTime(date))
            let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second, .weekday], from: date)
            #expect(time.year == parts.year && time.month == parts.month && time.day == parts.day)
            #expect(time.hour == parts.hour && time.minute == parts.minute && time.second == parts.second)
            #expect(time.weekday + 1 == parts.weekday)
            #expect(time.date == date)
        }
    }

    @Test("goes on day by day through all leap years of four centuries")
    func leapDays() throws {
        let start = CivilTime(year: 1600, month: 1, day: 1).date
        var last = try #require(CivilTime(start))
        for day in 1..<146_097 {
            let time = try #require(CivilTime(start.addingTimeInterval(Double(day) * 86_400)))
            guard time.isValid, time.weekday == (last.weekday + 1) % 7,
                time.day == last.day + 1 || (time.day == 1 && last.day >= 28)
            else {
                Issue.record("\(time) does not follow \(last)")
                return
            }
            last = time
        }
        #expect(last == CivilTime(year: 1999, month: 12, day: 31))
    }

    @Test("knows which moments there are")
    func validity() {
        #expect(CivilTime(year: 2024, month: 2, day: 29).isValid)
        #expect(CivilTime(year: 2000, month: 2, day: 29).isValid)
        #expect(!CivilTime(year: 1900, month: 2, day: 29).isValid)
        #expect(!CivilTime(year: 2023, month: 2, day: 29).isValid)
        #expect(!CivilTime(year: 0, month: 1, day: 1).isValid)
        #expect(!CivilTime(year: 10_000, month: 1, day: 1).isValid)
        #expect(CivilTime(year: 2016, month: 12, day: 31, hour: 23, minute: 59, second: 60).isValid)
        #expect(!CivilTime(year: 2016, month: 12, day: 31, ticks: 10_000_000).isValid)
    }

    @Test("has no moment outside the years 1 to 9999")
    func bounds() {
        #expect(CivilTime(Date(timeIntervalSince1970: -62_135_596_800)) == CivilTime(year: 1, month: 1, day: 1))
        #expect(CivilTime(Date(timeIntervalSince1970: -62_135_596_801)) == nil)
        #expect(CivilTime(Date(timeIntervalSince1970: 253_402_300_800)) == nil)
        #expect(CivilTime(Date(timeIntervalSince1970: .nan)) == nil)
        #expect(CivilTime(Date(timeIntervalSince1970: -.infinity)) == nil)
    }

    @Test("carries what rounds up to a whole second")
    func carry() {
        let date = Date(timeIntervalSinceReferenceDate: 86_399.999_999_99)
        #expect(CivilTime(date) == CivilTime(year: 2001, month: 1, day: 2))
    }
}
