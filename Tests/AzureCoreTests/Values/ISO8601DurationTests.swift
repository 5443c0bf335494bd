import AzureTesting
import Testing

@testable import AzureCore

@Suite("ISO 8601 durations")
struct ISO8601DurationTests {
    private static let largest = Duration(
        secondsComponent: 922_337_203_685, attosecondsComponent: 477_580_700_000_000_000)

    @Test(
        "are read and written",
        arguments: [
            ("PT0S", .zero), ("PT30S", .seconds(30)), ("PT1.5S", .milliseconds(1500)), ("PT1M", .seconds(60)),
            ("PT2H", .seconds(7200)), ("P1D", .seconds(86_400)), ("P1DT2H3M4S", .seconds(93_784)),
            ("P7D", .seconds(604_800)), ("PT0.0000001S", .nanoseconds(100)), ("-PT5S", .seconds(-5)),
            ("-P1DT0.5S", .milliseconds(-86_400_500)), ("P10675199DT2H48M5.4775807S", largest),
            ("-P10675199DT2H48M5.4775807S", .zero - largest),
        ] as [(String, Duration)])
    func roundTrip(text: String, duration: Duration) {
        #expect(ISO8601Duration.parse(text) == duration)
        #expect(ISO8601Duration.format(duration) == text)
    }

    @Test(
        "are read in other spellings too",
        arguments: [
            ("pt30s", .seconds(30)), ("PT01.5S", .milliseconds(1500)), ("PT1,5S", .milliseconds(1500)),
            ("P2W", .seconds(1_209_600)), ("P1WT1S", .seconds(604_801)), ("P0D", .zero), ("-PT0S", .zero),
            ("PT90M", .seconds(5400)), ("PT36H", .seconds(129_600)), ("PT.5S", .milliseconds(500)),
            ("p1dt2h", .seconds(93_600)), ("P1Y", .seconds(365 * 86_400)), ("P1M", .seconds(30 * 86_400)),
            ("P12M", .seconds(365 * 86_400)), ("P1Y14M", .seconds((2 * 365 + 60) * 86_400)),
            ("P3Y6M4DT12H30M5S", .seconds(1279 * 86_400 + 45_005)),
            ("PT0.000000000000000001S", Duration(secondsComponent: 0, attosecondsComponent: 1)),
            ("PT0.0000000000000000019S", Duration(secondsComponent: 0, attosecondsComponent: 1)),
            ("PT9223372036854775807S", .seconds(Int64.max)),
        ] as [(String, Duration)])
    func read(text: String, duration: Duration) {
        #expect(ISO8601Duration.parse(text) == duration)
    }

    @Test(
        "are refused when they are none or do not fit",
        arguments: [
            "", "P", "PT", "-", "-P", "-PT", "T5S", "5S", "30", "P1", "PT1", "PTS", "PT.S", "PT1.S", "P1DT", "P1S",
            "PT1D",
            "P1M1Y", "P1D1M", "P1YT", "P1.5Y", "P1.5M", "P9223372036854775807Y", "P9223372036854775807M", "PT1S1M",
            "PT1M1H", "P1D1W", "PT1S1S", "P1DT2H3M4S5", " PT1S", "PT1S ", "P T1S",
            "+PT1S", "--PT1S", "PT-1S", "P-1D", "PT1.5M", "P1.5D", "PT1e3S", "PT\u{15}S", "\u{D}PT1S", "PT1\u{E}5S",
            "PT１S", "PT99999999999999999999S", "P9223372036854775807D", "PT9223372036854775807S1",
            "PT2562047788015215H9223372036854775807S", "P1DT9223372036854775807S", "garbage",
        ])
    func refused(text: String) {
        #expect(ISO8601Duration.parse(text) == nil)
    }

    @Test("are written to the 100 nanoseconds that the services know")
    func precision() {
        #expect(ISO8601Duration.format(.nanoseconds(199)) == "PT0.0000001S")
        #expect(ISO8601Duration.format(.nanoseconds(99)) == "PT0S")
        #expect(ISO8601Duration.format(.nanoseconds(-99)) == "PT0S")
        #expect(ISO8601Duration.format(.seconds(Int64.min)).hasPrefix("-P106751991167300D"))
    }

    @Test("keep their fraction when they are as long as can be", arguments: [1, -1])
    func longest(sign: Int) {
        let longest = Duration(secondsComponent: .max, attosecondsComponent: 500_000_000_000_000_000)
        let duration = sign < 0 ? .zero - longest : longest
        let text = "\(sign < 0 ? "-" : "")P106751991167300DT15H30M7.5S"
        #expect(ISO8601Duration.format(duration) == text)
        #expect(ISO8601Duration.parse(text) == duration)
        let nearest = sign < 0 ? "-P106751991167300DT15H30M8S" : "P106751991167300DT15H30M7S"
        #expect(ISO8601Duration.format(duration + duration) == nearest)
    }

    @Test("of whole ticks come back exactly")
    func random() {
        var random = SeededGenerator(seed: 4231)
        for _ in 0..<5000 {
            let bits = Int64.random(in: 0...39, using: &random)
            let seconds = Int64.random(in: 0...(1 << bits), using: &random)
            let ticks = Int64.random(in: 0..<10_000_000, using: &random)
            let size = Duration(secondsComponent: seconds, attosecondsComponent: ticks * 100_000_000_000)
            let duration = Bool.random(using: &random) ? size : .zero - size
            #expect(ISO8601Duration.parse(ISO8601Duration.format(duration)) == duration)
        }
    }

    @Test("that are garbage never crash")
    func garbage() {
        var random = SeededGenerator(seed: 77)
        let letters = Array("PTYWDHMS-.,+0123456789\u{15} ")
        for _ in 0..<20_000 {
            let length = Int.random(in: 0...24, using: &random)
            let text = String((0..<length).map { _ in letters.randomElement(using: &random)! })
            if let duration = ISO8601Duration.parse(text) { _ = ISO8601Duration.format(duration) }
            #expect(AzureDuration(text).text == text)
            #expect(AzureDuration(text) == AzureDuration(text))
        }
    }
}
