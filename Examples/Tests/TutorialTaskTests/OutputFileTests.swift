import Testing

@testable import TutorialTask

@Suite("The result's file")
struct OutputFileTests {
    @Test(
        "It stands beside the input, with the input's extension",
        arguments: [
            ("taskdata1.txt", "taskdata1_OUTPUT.txt"),
            ("/mnt/wd/taskdata1.txt", "/mnt/wd/taskdata1_OUTPUT.txt"),
            ("dir.d/name", "dir.d/name_OUTPUT"),
            ("archive.tar.gz", "archive.tar_OUTPUT.gz"),
            (".hidden", ".hidden_OUTPUT"),
            ("..hidden.txt", "..hidden_OUTPUT.txt"),
            ("name.", "name_OUTPUT."),
            ("/a/\u{301}x.txt", "/a/\u{301}x_OUTPUT.txt"),
            ("x.\u{301}txt", "x_OUTPUT.\u{301}txt"),
        ])
    func path(_ input: String, _ output: String) {
        #expect(Array(OutputFile.path(for: input).utf8) == Array(output.utf8))
    }

    @Test(
        "Its name is the last component of its path",
        arguments: [("a/b.txt", "b.txt"), ("b.txt", "b.txt"), ("/b.txt", "b.txt"), ("a/\u{301}b", "\u{301}b")])
    func name(_ path: String, _ name: String) {
        #expect(Array(OutputFile.name(of: path).utf8) == Array(name.utf8))
    }
}
