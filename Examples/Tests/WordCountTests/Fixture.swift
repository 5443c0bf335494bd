import Foundation
import Testing

/// A text with its most frequent words as Python counts them.
struct Fixture: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let text: [UInt8]
    let count: Int
    let expected: [CountedWord]

    var testDescription: String { name }

    private enum CodingKeys: CodingKey {
        case name, text, count, expected
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decode(String.self, forKey: .name)
        text = try bytes(ofHexadecimal: container.decode(String.self, forKey: .text))
        count = try container.decode(Int.self, forKey: .count)
        expected = try container.decode([CountedWord].self, forKey: .expected)
    }

    /// Those that the script beside them wrote.
    static let all: [Fixture] = {
        do {
            return try JSONDecoder().decode([Fixture].self, from: Data(contentsOf: file("fixtures.json")))
        } catch {
            preconditionFailure("The fixtures cannot be read: \(error)")
        }
    }()

    static func file(_ name: String) -> URL {
        Bundle.module.resourceURL!.appending(path: "Fixtures/\(name)")
    }
}

/// A word as the bytes of its UTF-8, which have no other way to be equal than to be the same.
struct CountedWord: Decodable, Sendable, Hashable {
    let word: [UInt8]
    let count: Int

    init(_ word: String, _ count: Int) {
        self.word = Array(word.utf8)
        self.count = count
    }

    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        word = try bytes(ofHexadecimal: container.decode(String.self))
        count = try container.decode(Int.self)
    }
}

private func bytes(ofHexadecimal text: String) throws -> [UInt8] {
    let digits = Array(text)
    return try stride(from: 0, to: digits.count, by: 2).map {
        guard let byte = UInt8(String(digits[$0...$0 + 1]), radix: 16) else { throw CocoaError(.coderInvalidValue) }
        return byte
    }
}
