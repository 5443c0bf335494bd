import Testing

@testable import AzureEmulator

@Suite("Durations of the emulated Batch service")
struct BatchDurationTests {
    // .NET, in which the service is written, reads a duration with XmlConvert.ToTimeSpan: a year and twelve months are 365
    // days, any other month is 30.
    @Test(
        "are read with years and months, as .NET does",
        arguments: [
            ("P1Y", 365 * 86_400), ("P1M", 30 * 86_400), ("P12M", 365 * 86_400), ("P13M", 395 * 86_400),
            ("P1Y2M3DT4H5M6S", (365 + 60 + 3) * 86_400 + 4 * 3600 + 5 * 60 + 6), ("-P1M", -30 * 86_400), ("PT1M", 60),
            ("P1W", 7 * 86_400),
        ])
    func yearsAndMonths(text: String, seconds: Int) {
        #expect(BatchDuration.parse(text) == .seconds(seconds))
    }

    @Test(
        "are refused when they are none",
        arguments: ["", "P", "PT", "P1", "P1M1Y", "P1D1M", "PT1Y", "P1.5M", "P1YT", "P999999999999Y", "P1S"])
    func refused(text: String) {
        #expect(BatchDuration.parse(text) == nil)
    }

    // The recordings of azure-batch 14.0 have PT1H and P1D for what was sent as PT01H00M00S and P1DT00H00M00S.
    @Test(
        "are written in the service's own form",
        arguments: [
            ("PT01H00M00S", "PT1H"), ("P1DT00H00M00S", "P1D"), ("PT60M", "PT1H"), ("PT90S", "PT1M30S"),
            ("PT0.50S", "PT0.5S"), ("P1Y", "P365D"), ("PT0S", "PT0S"), ("-PT1S", "-PT1S"),
            (BatchDuration.unlimited, BatchDuration.unlimited), (BatchDuration.week, BatchDuration.week),
        ])
    func normal(text: String, written: String) {
        #expect(BatchDuration.normal(text) == written)
    }
}
