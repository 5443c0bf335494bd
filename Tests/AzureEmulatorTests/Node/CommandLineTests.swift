import Testing

@testable import AzureEmulator

@Suite("Command lines of tasks")
struct CommandLineTests {
    @Test(
        "A command line is split at white space, quotes group, and nothing is expanded",
        arguments: [
            ("true", ["true"]), ("  a  b\tc\n", ["a", "b", "c"]), ("", []),
            (#"/bin/sh -c "echo $HOME; ls *""#, ["/bin/sh", "-c", "echo $HOME; ls *"]),
            (#"/bin/sh -c 'echo "a b" \n'"#, ["/bin/sh", "-c", #"echo "a b" \n"#]),
            (#"/bin/bash -c "echo \"a\" \\ \$X""#, ["/bin/bash", "-c", #"echo "a" \ \$X"#]),
            (#"a\ b c\"d"#, ["a b", #"c"d"#]), (#"a"" ''"#, ["a", ""]), (#"pre"mid dle"post"#, ["premid dlepost"]),
            ("é 'ü ö'", ["é", "ü ö"]),
        ])
    func split(line: String, expected: [String]) {
        #expect(AzureEmulator.CommandLine.split(line) == expected)
    }

    @Test(
        "A command line costs no more than its length", .timeLimit(.minutes(5)),
        arguments: ["x", "\\x", "\"\" ", "x ", "'é'"])
    func longLine(_ part: String) {
        let line = String(repeating: part, count: 900_000 / part.utf8.count)
        #expect(AzureEmulator.CommandLine.split(line) != nil)
    }

    @Test("A quote that is not closed is an error", arguments: ["'a", "\"a", "a\\"])
    func unclosed(line: String) {
        #expect(AzureEmulator.CommandLine.split(line) == nil)
    }
}
