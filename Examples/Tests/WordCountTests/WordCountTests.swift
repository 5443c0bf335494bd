import Testing
import WordCount

@Suite("Words are counted as Python counts them")
struct WordCountTests {
    @Test("The counts of a text are those of Python", arguments: Fixture.all)
    func fixture(_ fixture: Fixture) throws {
        #expect(try counted(fixture.count, in: fixture.text) == fixture.expected)
    }

    static let invalidTexts: [(text: [UInt8], offset: Int)] = [
        ([0xFF], 0),
        ([0x61, 0x20, 0x80], 2),
        ([0xC0, 0xAF], 0),
        ([0xC3, 0xA9, 0xED, 0xA0, 0x80], 2),
        ([0x61, 0x20, 0xE2, 0x80], 2),
        ([0xF4, 0x90, 0x80, 0x80], 0),
        ([0xEF, 0xBB, 0xBF, 0xF8, 0x88, 0x80, 0x80, 0x80], 3),
    ]

    @Test("A text that is not UTF-8 is refused at the byte that is wrong", arguments: invalidTexts)
    func invalid(_ text: [UInt8], offset: Int) throws {
        let error = #expect(throws: InvalidUTF8.self) { try WordCount.mostCommon(3, in: text) }
        #expect(error?.offset == offset)
        #expect(error?.description == "not valid UTF-8 at byte \(offset)")
    }

    @Test("Fewer than no words are none")
    func negative() throws {
        #expect(try WordCount.mostCommon(-1, in: Array("a b".utf8)).isEmpty)
    }
}

@Suite("Words are counted as the Python of this machine counts them", .enabled(if: Python.installed != nil))
struct PythonComparisonTests {
    @Test("A random text of difficult characters gives the same counts", arguments: 1...8)
    func random(seed: Int) async throws {
        let text = GeneratedText.difficult(count: 4000, seed: seed)
        let python = try #require(Python.installed)
        #expect(try await counted(1000, in: text) == python.mostCommon(1000, in: text))
    }

    @Test("A text of 5 MB gives the same counts")
    func large() async throws {
        let text = GeneratedText.prose(bytes: 5_000_000, seed: 9)
        let python = try #require(Python.installed)
        #expect(try await counted(100, in: text) == python.mostCommon(100, in: text))
    }

    @Test("The fixtures are those that the script writes now", arguments: Fixture.all)
    func fixture(_ fixture: Fixture) async throws {
        let python = try #require(Python.installed)
        #expect(try await python.mostCommon(fixture.count, in: fixture.text) == fixture.expected)
    }
}

private func counted(_ count: Int, in text: [UInt8]) throws -> [CountedWord] {
    try WordCount.mostCommon(count, in: text).map { CountedWord($0.word, $0.count) }
}
