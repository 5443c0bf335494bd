import Foundation
import Testing

@testable import AzureEmulator

/// The rules are those that the REST reference of Batch gives for `OutputFile.filePattern`.
@Suite("Patterns of output files")
struct FilePatternTests {
    private static let wd = "/n/workitems/job/job-1/task/wd"

    private func isMatch(_ pattern: String, _ path: String) -> Bool {
        let pattern = FilePattern(pattern, in: Self.wd, variables: ["AZ_BATCH_TASK_DIR": "/n/workitems/job/job-1/task"])
        var names = path.split(separator: "/").map(String.init)
        for name in pattern.base.map(String.init) {
            guard names.first == name else { return false }
            names.removeFirst()
        }
        guard let last = names.popLast() else { return false }
        var places = pattern.start
        for name in names { places = pattern.descend(name, from: places) }
        return pattern.matches(last, from: places)
    }

    @Test(
        "Wildcards match as the reference says",
        arguments: [
            ("abc*", "abcdef", true), ("abc*", "abc", true), ("abc*", "ab", false), ("a?c", "abc", true),
            ("a?c", "ac", false), ("[abc].txt", "b.txt", true), ("[a-c].txt", "d.txt", false),
            ("[!abc].txt", "d.txt", true), ("[!abc].txt", "a.txt", false), ("*.gif", ".a.gif", false),
            (".*.gif", ".a.gif", true), ("**/*.txt", "a.txt", true), ("**/*.txt", "d/e/a.txt", true),
            ("**/*.txt", "d/.e/a.txt", false), ("**/*.txt", "d/.a.txt", false), ("abc[*]", "abc*", true),
            ("abc[*]", "abcd", false), ("*.txt", "d/a.txt", false), ("**", "d/e/f", true),
            ("**/b/**/c", "a/b/x/y/c", true),
            ("**/b/**/c", "a/x/y/c", false), ("d/**/a", "d/a", true), ("out.txt", "out.txt", true),
            ("*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaa", false), ("[a", "[a", true), ("[]a]", "]", true),
        ])
    func wildcards(_ pattern: String, _ path: String, _ matches: Bool) {
        #expect(isMatch(pattern, "\(Self.wd)/\(path)") == matches)
    }

    @Test("Paths go up, down from the root, and through variables")
    func places() {
        let task = "/n/workitems/job/job-1/task"
        #expect(isMatch("../std*.txt", "\(task)/stdout.txt"))
        #expect(isMatch("../stderr.txt", "\(task)/stderr.txt"))
        #expect(isMatch("$AZ_BATCH_TASK_DIR/std???.txt", "\(task)/stdout.txt"))
        #expect(isMatch("${AZ_BATCH_TASK_DIR}/./wd/x", "\(task)/wd/x"))
        #expect(isMatch("/n/shared/*", "/n/shared/x"))
        #expect(isMatch("$$x$", "\(Self.wd)/$$"))
        #expect(isMatch("../../../../../../../../../x", "/x"))
        let exact = FilePattern("../stdout.txt", in: Self.wd, variables: [:])
        #expect(exact.isExact && exact.parts.count == 1)
        #expect(!FilePattern("a/*/b", in: Self.wd, variables: [:]).isExact)
    }

    @Test("Names of blobs: the path is the name of one file, and stands before the names of several")
    func blobNames() throws {
        func output(_ path: JSONValue) throws -> TaskOutput {
            try #require(
                TaskOutput([
                    "filePattern": "x", "uploadOptions": ["uploadCondition": "TaskCompletion"],
                    "destination": ["container": ["containerUrl": "http://h/c", "path": path]],
                ]))
        }
        #expect(try output("task/out.txt").blobName(of: "x", isExact: true) == "task/out.txt")
        #expect(try output("task").blobName(of: "d/x", isExact: false) == "task/d/x")
        #expect(try output("task/").blobName(of: "x", isExact: false) == "task/x")
        #expect(try output(.null).blobName(of: "d/x", isExact: false) == "d/x")
    }

    @Test("Things that are due come out in the order of their times")
    func dueQueue() {
        var queue = DueQueue<Int>()
        let start = Date(timeIntervalSince1970: 0)
        for number in 0..<500 {
            queue.add(number * 7919 % 500, at: start.addingTimeInterval(Double(number * 7919 % 500)))
        }
        #expect(queue.take(until: start.addingTimeInterval(-1)) == nil)
        var taken: [Int] = []
        while let number = queue.take(until: start.addingTimeInterval(249)) { taken.append(number) }
        #expect(taken == Array(0..<250) && queue.next == start.addingTimeInterval(250))
    }
}
