import AzureCore
import Foundation
import Testing

@testable import BlobStorage

@Suite("Cutting streams into parts")
struct PartReaderTests {
    private static func stream(_ chunks: [Data]) -> HTTPByteStream {
        HTTPByteStream(
            AsyncStream { stream in
                for chunk in chunks { stream.yield(chunk) }
                stream.finish()
            })
    }

    @Test(
        "parts have one size, whatever the chunks have",
        arguments: [[], [1], [4], [5], [3, 3, 3], [4, 4], [9], [1, 1, 1, 1, 1, 1], [2, 11, 1]], [1, 4, 100])
    func sizes(chunks: [Int], size: Int) async throws {
        let bytes = Data((0..<chunks.reduce(0, +)).map { UInt8($0) })
        var place = 0
        let pieces = chunks.map { count in
            defer { place += count }
            return bytes[place..<place + count]
        }
        var reader = PartReader(Self.stream(pieces), size: size)
        var parts: [Data] = []
        while let part = try await reader.next() { parts.append(part) }
        #expect(Data(parts.joined()) == bytes)
        #expect(parts.dropLast().allSatisfy { $0.count == size })
        #expect(parts.last.map { (1...size).contains($0.count) } ?? chunks.isEmpty)
    }

    @Test("parts of a stream grow on the way, and nothing is lost where they do")
    func growing() async throws {
        let bytes = Data((0..<40).map { UInt8($0) })
        let source = Self.stream(stride(from: 0, to: 40, by: 5).map { bytes[$0..<$0 + 5] })
        var reader = PartReader(source, sizes: StreamPartSizes(first: 3, growsAfter: 2))
        var parts: [Data] = []
        while let part = try await reader.next() { parts.append(part) }
        #expect(parts.map(\.count) == [3, 3, 6, 6, 9, 9, 4])
        #expect(Data(parts.joined()) == bytes)
    }

    @Test("50,000 parts that begin with 8 MiB are enough for 4 TiB, and none is larger than a block may be")
    func reach() {
        let sizes = StreamPartSizes.upload(partSize: 8 * 1_048_576)
        let tebibyte = 1_099_511_627_776
        #expect([0, 2499, 2500, 49_999].map { sizes[$0] / 1_048_576 } == [8, 8, 16, 160])
        #expect((0..<50_000).reduce(0) { $0 + sizes[$1] } >= 4 * tebibyte)
        let first = (0..<50_000).reduce((0, 0)) { $0.0 < tebibyte ? ($0.0 + sizes[$1], sizes[$1]) : $0 }
        #expect(first.1 == 80 * 1_048_576)
        #expect(StreamPartSizes.upload(partSize: 4000 * 1_048_576)[49_999] == 4000 * 1_048_576)
    }

    #if os(Linux)
    private static func residentBytes() throws -> Int {
        let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        let pages = try #require(text.split(separator: " ").dropFirst().first.flatMap { Int($0) })
        return pages * Int(getpagesize())
    }

    @Test("memory stays small however long the stream is")
    func memory() async throws {
        let chunk = Data(repeating: 7, count: 1_048_583)
        let source = HTTPByteStream(unfolding: {
            let left = Countdown(1024)
            return { await left.next() ? chunk : nil }
        })
        var reader = PartReader(source, size: 4 * 1_048_576)
        let before = try Self.residentBytes()
        var most = 0
        while try await reader.next() != nil { most = max(most, try Self.residentBytes()) }
        // One gigabyte went through; other tests may run meanwhile.
        #expect(most - before < 512 * 1_048_576)
    }

    private actor Countdown {
        private var left: Int

        init(_ count: Int) {
            left = count
        }

        func next() -> Bool {
            left -= 1
            return left >= 0
        }
    }
    #endif
}
