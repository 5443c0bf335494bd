#if DEBUG
/// A part of the package that reads what comes from outside, in the form in which a fuzzer calls it.
///
/// A target takes any bytes at all. It returns when the package did what it should with them, be it to refuse them,
/// and throws a ``FuzzFinding`` when it did not. Whatever ends the process, hangs or eats memory is a finding, too,
/// which is seen by whoever calls the target.
package struct FuzzTarget: Sendable, CustomStringConvertible {
    private enum Body: Sendable {
        case immediate(@Sendable ([UInt8]) throws -> Void)
        case asynchronous(@Sendable ([UInt8]) async throws -> Void)
    }

    /// The name, such as `odata-filter`, which is also that of its directory in the corpus.
    package let name: String
    /// Inputs to begin with; each is understood, at least in part.
    package let seeds: [[UInt8]]
    /// Words of the language of the inputs, which mutations put in.
    package let words: [String]
    private let body: Body

    package var description: String { name }

    private init(_ name: String, _ words: [String], _ seeds: [[UInt8]], _ body: Body) {
        self.name = name
        self.words = words
        self.seeds = seeds
        self.body = body
    }

    init(
        _ name: String, words: [String] = [], seeds: [String], _ body: @escaping @Sendable ([UInt8]) throws -> Void
    ) {
        self.init(name, words, seeds.map { Array($0.utf8) }, .immediate(body))
    }

    init(
        _ name: String, words: [String] = [], seeds: [[UInt8]], _ body: @escaping @Sendable ([UInt8]) throws -> Void
    ) {
        self.init(name, words, seeds, .immediate(body))
    }

    static func asynchronous(
        _ name: String, words: [String] = [], seeds: [[UInt8]],
        _ body: @escaping @Sendable ([UInt8]) async throws -> Void
    ) -> FuzzTarget {
        FuzzTarget(name, words, seeds, .asynchronous(body))
    }

    static func asynchronous(
        _ name: String, words: [String] = [], seeds: [String],
        _ body: @escaping @Sendable ([UInt8]) async throws -> Void
    ) -> FuzzTarget {
        FuzzTarget(name, words, seeds.map { Array($0.utf8) }, .asynchronous(body))
    }

    /// Runs one input.
    ///
    /// - Throws: A ``FuzzFinding``.
    package func run(_ input: [UInt8]) async throws {
        switch body {
        case .immediate(let body): try body(input)
        case .asynchronous(let body): try await body(input)
        }
    }

    /// The target as a function that does not wait; nil when it has to.
    package var immediate: (@Sendable ([UInt8]) throws -> Void)? {
        if case .immediate(let body) = body { body } else { nil }
    }
}

extension FuzzTarget {
    /// Every target.
    package static let all: [FuzzTarget] =
        values + addresses + documents + bodies + languages + clients + credentials + services

    /// The target of a name.
    package static func named(_ name: String) -> FuzzTarget? {
        all.first { $0.name == name }
    }
}
#endif
