import Foundation
import Testing

@testable import AzureCore

@Suite("Lengths of time")
struct AzureDurationTests {
    @Test(
        "keep the text that was received, also when it cannot be read",
        arguments: [
            "P3Y6M4DT12H30M5S", "P1M", "P10675199DT2H48M5.4775807S", "PT0.50S", "P0D", "pt5s", "P2W", "soon", "",
            "P99999999999999999999Y",
        ])
    func kept(text: String) throws {
        let duration = AzureDuration(text)
        #expect(duration.text == text)
        #expect("\(duration)" == text)
        let again = try JSONDecoder().decode([AzureDuration].self, from: JSONEncoder().encode([duration]))
        #expect(again.map(\.text) == [text])
        #expect(again == [duration])
        #expect(again[0].hashValue == duration.hashValue)
    }

    @Test("count 365 days for a year and 30 for a month, as .NET does, in which the service is written")
    func calendar() {
        #expect(AzureDuration("P3Y6M4DT12H30M5S").duration == .seconds(1279 * 86_400 + 45_005))
        #expect(AzureDuration("P24M") == .days(730))
        #expect(AzureDuration("soon").duration == nil)
        #expect(AzureDuration("P25000000000000000Y").duration == nil)
    }

    @Test("made from a duration are written as ISO 8601 has it")
    func written() {
        #expect(AzureDuration.minutes(90).text == "PT1H30M")
        #expect(AzureDuration.days(7).text == "P7D")
        #expect(AzureDuration.hours(1) == "PT3600S")
        #expect(AzureDuration(.milliseconds(1500)).text == "PT1.5S")
        #expect(AzureDuration.zero.text == "PT0S")
    }

    @Test("take any number of any unit, and any duration")
    func bounds() {
        #expect(AzureDuration.days(.max).duration == .seconds(Int64.max))
        #expect(AzureDuration.days(.min).duration == .seconds(Int64.min))
        #expect(AzureDuration(.seconds(Int64.max) + .seconds(Int64.max)).text.hasPrefix("P106751991167300D"))
        #expect(AzureDuration(.zero - .seconds(Int64.max) - .seconds(Int64.max)).text.hasPrefix("-P106751991167300D"))
    }

    @Test("come in order, those that cannot be read last")
    func order() {
        let lengths: [AzureDuration] = ["soon", "P1M", "P31D", "P1D", "never"]
        #expect(lengths.sorted().map(\.text) == ["P1D", "P1M", "P31D", "never", "soon"])
        #expect(AzureDuration("PT60S") == .minutes(1))
        #expect(AzureDuration("PT60S").hashValue == AzureDuration.minutes(1).hashValue)
    }
}
