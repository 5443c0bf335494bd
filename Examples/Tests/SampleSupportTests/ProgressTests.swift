import AzureCore
import AzureTesting
import BlobStorage
import ExampleTestSupport
import Foundation
import SampleSupport
import Testing

@Suite("Progress on the console")
struct ProgressTests {
    @Test(
        "A step is one line",
        arguments: [
            (
                TransferProgress.Step(bytes: 12 << 20, total: 20 << 20, rate: 4 * 1_048_576, timeLeft: .seconds(2)),
                "[######    ] 60 %, 12.0 of 20.0 MiB, 4.0 MiB/s, 0:00:02 left"
            ),
            (.init(bytes: 0, total: 1 << 20), "[          ] 0 %, 0.0 of 1.0 MiB, 0.0 MiB/s"),
            (.init(bytes: 3 << 19, rate: 1_048_576), "1.5 MiB, 1.0 MiB/s"),
            (.init(bytes: 0, total: 0), "0.0 MiB, 0.0 MiB/s"),
        ])
    func line(step: TransferProgress.Step, expected: String) {
        #expect(Console.bar(for: step, width: 10) == expected)
    }

    @Test("The line is gone when the transfer has ended")
    func show() async throws {
        let terminal = ScriptedTerminal(answers: [])
        let transport = MockTransport { _ in MockResponse(201) }
        let blob = try BlobClient(
            url: "https://example.blob.core.windows.net/texts/a.txt",
            options: .init(pipeline: PipelineOptions(transport: transport)))
        var console = terminal.console()
        console.showsProgress = true
        try await blob.upload(Data(count: 1 << 20), following: console.showing)
        let lines = terminal.output.split(separator: "\r", omittingEmptySubsequences: false)
        #expect(lines.first == "" && lines.last == "")
        #expect(lines.contains { $0.contains("100 %, 1.0 of 1.0 MiB") })
        #expect(lines.dropLast().last?.allSatisfy { $0 == " " } == true)
    }

    @Test("Where nobody looks nothing is shown")
    func silent() {
        var console = ScriptedTerminal(answers: []).console()
        console.showsProgress = false
        #expect(console.showing == nil)
    }
}
