import Foundation
import Testing

/// Docs/Mistakes.md has what the usual mistakes print. Set `AZURE_SWIFT_WRITES_DOCS` to have it written anew.
@Suite("The usual mistakes", .timeLimit(.minutes(5)))
struct MistakeTests {
    private static let document = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Docs/Mistakes.md")
    private static let (begin, end) = ("<!-- made by MistakeTests -->\n", "<!-- end -->\n")

    private static let groups: [(title: String, mistakes: [Mistake])] = [
        ("Addresses and credentials", Mistake.credentials), ("Containers and blobs", Mistake.blobs),
        ("Files", Mistake.files), ("Connections", Mistake.connections), ("Time limits", Mistake.timeLimits),
        ("Batch", Mistake.batch),
    ]

    @Test("print what the document says, in whole sentences")
    func document() async throws {
        #expect(Self.groups.map(\.mistakes.count).reduce(0, +) >= 40)
        var made = ""
        try await MistakeStage.with { stage in
            for group in Self.groups {
                made += "\n## \(group.title)\n\n| mistake | printed |\n|---|---|\n"
                for mistake in group.mistakes {
                    let text = try #require(await mistake.printed(on: stage), "Nothing went wrong: \(mistake.what)")
                    #expect(!text.contains(".."), "\(text)")
                    let end = text.hasSuffix("]") ? text.lastRange(of: " [").map { text[..<$0.lowerBound] } : text[...]
                    #expect(end?.last == "." || end?.last == "?", "\(text)")
                    made += "| \(PrintedText.cell(mistake.what)) | \(PrintedText.cell(text)) |\n"
                }
            }
        }
        let text = try String(contentsOf: Self.document, encoding: .utf8)
        let parts = try #require(Self.split(text))
        if ProcessInfo.processInfo.environment["AZURE_SWIFT_WRITES_DOCS"] != nil {
            try (parts.before + Self.begin + made + "\n" + Self.end + parts.after)
                .write(to: Self.document, atomically: true, encoding: .utf8)
            return
        }
        let (wanted, found) = (made.split(separator: "\n"), parts.made.split(separator: "\n"))
        for (wanted, found) in zip(wanted, found) { #expect(wanted == found) }
        #expect(wanted.count == found.count)
    }

    private static func split(_ text: String) -> (before: Substring, made: Substring, after: Substring)? {
        guard let start = text.firstRange(of: begin), let stop = text.firstRange(of: end) else { return nil }
        return (text[..<start.lowerBound], text[start.upperBound..<stop.lowerBound], text[stop.upperBound...])
    }
}

extension String {
    fileprivate func lastRange(of text: String) -> Range<Index>? { ranges(of: text).last }
}
