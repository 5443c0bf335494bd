import AzureCore
import Foundation
import Testing

@testable import BlobStorage

@Suite("Rules of trees")
struct TreeRuleTests {
    @Test(
        "patterns cover what their description says",
        arguments: [
            ("*.txt", ["a.txt", "b/c.txt", ".txt"], ["a.txt/b", "atxt", "b/c.txta"]),
            ("/*.txt", ["a.txt"], ["b/a.txt"]),
            ("a?c", ["abc", "x/a-c"], ["ac", "a/c", "abbc"]),
            ("src/**/*.swift", ["src/a.swift", "src/b/c/d.swift"], ["src/a.txt", "x/src/a.swift", "srca.swift"]),
            ("src/**", ["src/a", "src/b/c"], ["src", "a/src/b"]),
            (".git/", [".git/a", "b/.git/c/d"], [".git", "a.git/b"]),
            ("/build/", ["build/a"], ["b/build/a", "build"]),
            ("a/b", ["a/b"], ["x/a/b", "a/b/c"]),
            ("**", ["a", "a/b", ""], []),
            ("**/b", ["b", "a/b", "a/c/b"], ["ab", "a/bb", "b/c"]),
            ("**/**/b", ["b", "a/b", "a/c/b"], ["ab", "a/bb", "b/c"]),
            ("a**z", ["az", "a/b/z"], ["ab"]),
            ("ü*", ["über", "x/ü"], ["u", "ub"]),
            ("*", ["a", "a/b"], []),
            ("a/*/c", ["a/b/c"], ["a/c", "a/b/b/c"]),
        ])
    func patterns(pattern: String, covered: [String], others: [String]) throws {
        let pattern = try PathPattern(pattern)
        for path in covered { #expect(pattern.matches(path), "\(path)") }
        for path in others { #expect(!pattern.matches(path), "\(path)") }
    }

    @Test("a pattern that would take forever by trying takes no time")
    func patternCost() throws {
        let pattern = try PathPattern(String(repeating: "a**", count: 30) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 2000)))
        // A fuzzer found that long texts without any star cost the product of their lengths.
        let longest = String(repeating: "a", count: PathPattern.maxLength)
        #expect(try PathPattern(longest).matches(longest))
        #expect(throws: AzureError.self) { try PathPattern(longest + "a") }
    }

    /// The witness is Foundation's engine of regular expressions.
    @Test("patterns cover what the same regular expressions do")
    func patternsAndExpressions() throws {
        var generator = SystemRandomNumberGenerator()
        func text(_ alphabet: [String], _ length: ClosedRange<Int>) -> String {
            (0..<Int.random(in: length, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator) ?? ""
            }.joined()
        }
        for _ in 0..<2000 {
            let pattern = text(["a", "b", "/", "*", "**", "**/", "?"], 1...7)
            guard pattern.contains(where: { $0 != "/" }) else { continue }
            let parsed = try PathPattern(pattern)
            let expression = try NSRegularExpression(pattern: Self.expression(pattern))
            for _ in 0..<10 {
                let path = text(["a", "b", "/", "c"], 0...8)
                let isCovered =
                    expression.firstMatch(in: path, range: NSRange(path.startIndex..., in: path)) != nil
                #expect(parsed.matches(path) == isCovered, "\(pattern) and \(path)")
            }
        }
    }

    private static func expression(_ pattern: String) -> String {
        var rest = pattern[...]
        let isDirectory = rest.last == "/"
        if isDirectory { rest.removeLast() }
        var result = rest.contains("/") ? "" : "(?:.*/)?"
        if rest.first == "/" { rest.removeFirst() }
        var isStart = true
        while let character = rest.popFirst() {
            let begins = isStart
            isStart = character == "/"
            guard character == "*" else {
                result += character == "?" ? "[^/]" : String(character)
                continue
            }
            guard rest.first == "*" else {
                result += "[^/]*"
                continue
            }
            rest = rest.drop { $0 == "*" }
            if begins, rest.first == "/" {
                rest.removeFirst()
                result += "(?:.*/)?"
                isStart = true
            } else {
                result += ".*"
            }
        }
        return "^\(result)\(isDirectory ? "/.*" : "")$"
    }

    @Test("patterns that say nothing are refused", arguments: ["", "/", "//"])
    func noPattern(pattern: String) {
        #expect(throws: AzureError.self) { try PathPattern(pattern) }
    }

    @Test("what is left out goes before what is meant, and whole directories are left out unseen")
    func selection() throws {
        let selection = try TreeSelection(.init(include: ["*.txt"], exclude: ["secret*", "tmp/"]))
        #expect(selection.contains("a.txt") && selection.contains("b/a.txt"))
        #expect(!selection.contains("a.jpg") && !selection.contains("secret.txt") && !selection.contains("tmp/a.txt"))
        #expect(selection.leavesOut(directory: "tmp") && selection.leavesOut(directory: "a/tmp"))
        #expect(!selection.leavesOut(directory: "a") && !selection.leavesOut(directory: "secrets"))
        let shallow = try TreeSelection(.init(exclude: ["a/*"]))
        #expect(!shallow.leavesOut(directory: "a") && shallow.contains("a/b/c") && !shallow.contains("a/b"))
        #expect(throws: AzureError.self) { try TreeSelection(.init(concurrentFiles: 0)) }
    }

    static let old = Date(timeIntervalSince1970: 1000)
    static let new = Date(timeIntervalSince1970: 2000)

    @Test(
        "a target is replaced as the rule says",
        arguments: [
            (OverwriteRule.never, 1, old, new, false, OverwriteDecision.skip(.exists)),
            (.always, 1, old, new, false, .transfer),
            (.ifNewer, 1, old, new, false, .skip(.notNewer)), (.ifNewer, 1, new, old, false, .transfer),
            (.ifNewer, 2, old, old, true, .skip(.notNewer)),
            (.ifDifferent, 2, old, new, true, .transfer), (.ifDifferent, 1, old, new, true, .compareDigests),
            (.ifDifferent, 1, new, old, false, .transfer), (.ifDifferent, 1, old, new, false, .skip(.same)),
        ])
    func overwriting(
        rule: OverwriteRule, size: Int64, source: Date, target: Date, hasDigest: Bool, expected: OverwriteDecision
    ) {
        let item = TreeItemState(size: size, modified: AzureTimestamp(source))
        let existing = TreeItemState(size: 1, modified: AzureTimestamp(target))
        #expect(OverwriteDecision(rule, source: item, target: existing, hasDigest: hasDigest) == expected)
        #expect(OverwriteDecision(rule, source: item, target: nil, hasDigest: hasDigest) == .transfer)
    }

    @Test("without a time nothing passes for being as new")
    func noTime() {
        let item = TreeItemState(size: 1, modified: nil)
        for rule in [OverwriteRule.ifNewer, .ifDifferent] {
            #expect(OverwriteDecision(rule, source: item, target: item, hasDigest: false) == .transfer)
        }
    }
}
