import AzureCore
import AzureTesting
import BlobStorage
import ExampleTestSupport
import Foundation
import Testing

@testable import SampleSupport

@Suite("Progress on the console")
struct ProgressTests {
    static let step = ProgressState(
        bytes: 12 << 20, total: 20 << 20, rate: 4 * 1_048_576, timeLeft: .seconds(2))
    static let tree = ProgressState(
        label: "12 of 2001 files", bytes: 12 << 20, total: 20 << 20, rate: 4 * 1_048_576, timeLeft: .seconds(2))

    static let tasks = ProgressState(
        label: "4 running", bytes: 120, total: 200, rate: 12.5, timeLeft: .seconds(6), unit: .items("tasks"))

    @Test(
        "A line has as much as there is room for",
        arguments: [
            (
                step, 120,
                "[##############################                    ] 60 %, 12.0 of 20.0 MiB, 4.0 MiB/s, 0:00:02 left"
            ),
            (step, 80, "[################            ] 60 %, 12.0 of 20.0 MiB, 4.0 MiB/s, 0:00:02 left"),
            (step, 60, "[####    ] 60 %, 12.0 of 20.0 MiB, 4.0 MiB/s, 0:00:02 left"),
            (step, 50, "[######    ] 60 %, 12.0 of 20.0 MiB, 0:00:02 left"),
            (step, 40, "60 %, 12.0 of 20.0 MiB, 0:00:02 left"), (step, 20, "60 %, 0:00:02 left"), (step, 10, "60 %"),
            (step, 4, ""), (step, 1, ""), (step, 0, ""), (step, -5, ""),
            (
                tree, 120,
                "[############################                    ] 12 of 2001 files, 60 %, 12.0 of 20.0 MiB, 4.0 MiB/s, 0:00:02 left"
            ),
            (tree, 60, "12 of 2001 files, 60 %, 12.0 of 20.0 MiB, 0:00:02 left"), (tree, 20, "60 %, 0:00:02 left"),
            (
                ProgressState(bytes: 0, total: 1 << 20), 60,
                "[                        ] 0 %, 0.0 of 1.0 MiB, 0.0 MiB/s"
            ),
            (tasks, 80, "[#######     ] 4 running, 60 %, 120 of 200 tasks, 12.5 tasks/s, 0:00:06 left"),
            (tasks, 40, "4 running, 60 %, 0:00:06 left"),
            (ProgressState(bytes: 3, unit: .items("tasks")), 60, "3 tasks, 0.0 tasks/s"),
            (ProgressState(bytes: 3 << 19, rate: 1_048_576), 60, "1.5 MiB, 1.0 MiB/s"),
            (ProgressState(bytes: 3 << 19, rate: 1_048_576), 10, "1.5 MiB"),
            (ProgressState(bytes: 0, total: 0), 60, "0.0 MiB, 0.0 MiB/s"),
        ])
    func line(state: ProgressState, columns: Int, expected: String) {
        #expect(state.line(columns: columns) == expected)
    }

    static let odd: [ProgressState] = [
        step, tree, tasks, .init(bytes: 30 << 20, total: 20 << 20, rate: .infinity, timeLeft: .seconds(Int64.max)),
        .init(bytes: -1, total: 1, rate: .nan), .init(bytes: .max, total: .max, rate: .greatestFiniteMagnitude),
        .init(bytes: .max, rate: -.infinity), .init(label: "é“”", bytes: 1, total: 3),
    ]

    @Test("No line is as wide as the terminal, whatever is to be told", arguments: odd)
    func width(state: ProgressState) {
        for columns in 0...200 {
            #expect(state.line(columns: columns).count < max(1, columns))
        }
    }

    @Test("A bar keeps its length from step to step")
    func steady() {
        let lengths = (0...200).map { part in
            ProgressState(bytes: part << 20, total: 200 << 20, rate: Double(part) * 50_000).line(columns: 80)
                .prefix { $0 != "]" }.count
        }
        #expect(Set(lengths).count <= 3, "\(Set(lengths))")
    }

    @Test(
        "The width is what the user wants, else what the terminal tells, else 80 columns, as in other programs",
        arguments: [
            (["COLUMNS": "100"], 60, 100), ([:], 60, 60), (["COLUMNS": ""], 60, 60), (["COLUMNS": "-1"], 60, 60),
            (["COLUMNS": "0"], 60, 60), (["COLUMNS": "wide"], 60, 60), ([:], nil, 80), ([:], 0, 80),
        ] as [([String: String], Int?, Int)])
    func columns(environment: [String: String], window: Int?, expected: Int) {
        #expect(Terminal.columns(environment: environment, window: window) == expected)
    }

    private func upload(to terminal: ScriptedTerminal, _ progress: ProgressStyle) async throws {
        let transport = MockTransport { _ in MockResponse(201) }
        let blob = try BlobClient(
            url: "https://example.blob.core.windows.net/texts/a.txt",
            options: .init(pipeline: PipelineOptions(transport: transport)))
        var console = terminal.console()
        console.progress = progress
        try await blob.upload(Data(count: 1 << 20), following: console.showing)
    }

    @Test("The line is gone when the transfer has ended, and never as wide as the terminal", arguments: [120, 60, 20])
    func show(columns: Int) async throws {
        let terminal = ScriptedTerminal(answers: [])
        try await upload(to: terminal, .line(columns: { columns }))
        let lines = terminal.output.split(separator: "\r", omittingEmptySubsequences: false)
        #expect(lines.first == "" && lines.last == "")
        #expect(lines.contains { $0.contains("100 %") })
        #expect(lines.allSatisfy { $0.count < columns })
        #expect(lines.dropLast().last?.allSatisfy { $0 == " " } == true)
    }

    @Test("A terminal that becomes narrower gets narrower lines at once")
    func resized() async {
        let terminal = ScriptedTerminal(answers: [])
        let widths = AsyncStream<ProgressState> { continuation in
            for _ in 0..<2 { continuation.yield(Self.step) }
            continuation.finish()
        }
        var console = terminal.console()
        console.progress = .line(columns: { terminal.output.isEmpty ? 80 : 20 })
        await console.show(widths)
        let lines = terminal.output.split(separator: "\r", omittingEmptySubsequences: false).map(\.count)
        #expect(lines.dropFirst(2).allSatisfy { $0 < 20 }, "\(lines)")
    }

    @Test("Where the output is no terminal there is a line every few seconds, and none for what is over before")
    func log() async {
        let clock = ManualClock()
        let terminal = ScriptedTerminal(answers: [])
        var console = terminal.console()
        console.progress = .log(every: .seconds(5))
        console.time = clock.timeSource
        let seconds = AsyncStream<Int64> { continuation in
            for second in 1...12 { continuation.yield(Int64(second)) }
            continuation.finish()
        }
        await console.show(
            seconds.map { second in
                clock.advance(by: .seconds(1))
                return ProgressState(
                    bytes: second << 20, total: 20 << 20, rate: 1_048_576, timeLeft: .seconds(20 - second))
            })
        #expect(
            terminal.output == """
                  25 %, 5.0 of 20.0 MiB, 1.0 MiB/s, 0:00:15 left
                  50 %, 10.0 of 20.0 MiB, 1.0 MiB/s, 0:00:10 left

                """)
    }

    @Test("Where nobody looks nothing is shown")
    func silent() {
        var console = ScriptedTerminal(answers: []).console()
        console.progress = .none
        #expect(console.showing == nil)
    }
}
