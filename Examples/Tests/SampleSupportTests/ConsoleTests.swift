import ExampleTestSupport
import SampleSupport
import Testing

@Suite("Questions on the console")
struct ConsoleTests {
    @Test(
        "An empty answer means yes, no answer means no",
        arguments: [
            (["" as String?], true), (["y"], true), ([" YES "], true), (["n"], false), (["No"], false), ([nil], false),
        ])
    func confirm(_ answers: [String?], _ expected: Bool) async {
        let terminal = ScriptedTerminal(answers: answers)
        #expect(await terminal.console().confirm("Delete job?") == expected)
        #expect(terminal.output == "Delete job? [Y/n] ")
    }

    @Test("Any other answer is asked for again")
    func again() async {
        let terminal = ScriptedTerminal(answers: ["perhaps", "n"])
        #expect(await terminal.console().confirm("Delete job?") == false)
        #expect(terminal.output == "Delete job? [Y/n] Please answer y or n.\nDelete job? [Y/n] ")
    }
}
