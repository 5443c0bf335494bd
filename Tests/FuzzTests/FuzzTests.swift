#if DEBUG
import Foundation
import FuzzTargets
import Testing

/// A short run of every fuzz target: what `Scripts/fuzz` does for hours with the coverage of code as its guide.
@Suite("Fuzzing")
struct FuzzTests {
    /// The environment variables that change a run.
    private enum Variable: String {
        /// What the mutations follow from: a number.
        case seed = "AZURE_SWIFT_FUZZ_SEED"
        /// How many mutations each target gets.
        case inputs = "AZURE_SWIFT_FUZZ_INPUTS"
        /// A file that keeps the input which is being run, so that it is known when the process ends.
        case keep = "AZURE_SWIFT_FUZZ_KEEP"

        var value: String? { ProcessInfo.processInfo.environment[rawValue] }
    }

    /// The most time that mutations of one target take, so that a slow machine is not busy with them for minutes.
    /// `AZURE_SWIFT_FUZZ_INPUTS` lifts it.
    private static let budget = Duration.seconds(3)
    /// How long one input may take, however busy the machine is.
    private static let limit = Duration.seconds(20)

    private static let corpus = Bundle.module.url(forResource: "Corpus", withExtension: nil)

    @Test("Inputs that once were trouble are none", arguments: FuzzTarget.all)
    func corpus(target: FuzzTarget) async throws {
        let corpus = try #require(Self.corpus)
        for (name, input) in try FuzzCorpus.inputs(for: target, in: corpus) {
            await run(target, input, "\(target.name)/\(name)")
        }
        for (index, seed) in target.seeds.enumerated() { await run(target, seed, "\(target.name), seed \(index)") }
    }

    @Test(
        "Mutated inputs end no process, take no time without bound, and give what they should",
        arguments: FuzzTarget.all)
    func mutations(target: FuzzTarget) async throws {
        let corpus = try #require(Self.corpus)
        let seed = Variable.seed.value.flatMap(UInt64.init) ?? 1
        let wanted = Variable.inputs.value.flatMap(Int.init)
        var mutations = SeededMutations(
            target, corpus: try FuzzCorpus.inputs(for: target, in: corpus).map(\.input), seed: seed)
        let clock = ContinuousClock()
        let start = clock.now
        for index in 0..<(wanted ?? 2000) {
            if wanted == nil, clock.now - start > Self.budget { break }
            let isFine = await run(
                target, mutations.next(), "\(target.name), \(Variable.seed.rawValue)=\(seed), input \(index)")
            guard isFine else { return }
        }
    }

    @Test("The same seed makes the same inputs, another one others")
    func seeds() throws {
        let target = try #require(FuzzTarget.named("sql"))
        func inputs(_ seed: UInt64) -> [[UInt8]] {
            var mutations = SeededMutations(target, seed: seed)
            return (0..<50).map { _ in mutations.next() }
        }
        #expect(inputs(1) == inputs(1))
        #expect(inputs(1) != inputs(2))
        #expect(Set(inputs(1)).count > 40)
    }

    @Test("Targets have names of their own, and inputs to begin with")
    func names() {
        #expect(Set(FuzzTarget.all.map(\.name)).count == FuzzTarget.all.count)
        for target in FuzzTarget.all { #expect(!target.seeds.isEmpty, "\(target)") }
    }

    @Test("Each directory of the corpus is that of a target")
    func directories() throws {
        let corpus = try #require(Self.corpus)
        for name in try FileManager.default.contentsOfDirectory(atPath: corpus.path) where name != "README.md" {
            #expect(FuzzTarget.named(name) != nil, "\(name)")
        }
    }

    /// Runs an input.
    ///
    /// - Returns: Whether all was as it should be.
    @discardableResult
    private func run(_ target: FuzzTarget, _ input: [UInt8], _ origin: String) async -> Bool {
        if let path = Variable.keep.value { try? Data(input).write(to: URL(fileURLWithPath: path)) }
        let clock = ContinuousClock()
        let start = clock.now
        let shown = { Data(input.prefix(4096)).base64EncodedString() }
        do {
            try await target.run(input)
        } catch {
            Issue.record("\(origin): \(error)\nThe input, in base64: \(shown())")
            return false
        }
        let elapsed = clock.now - start
        guard elapsed > Self.limit else { return true }
        Issue.record("\(origin) took \(elapsed).\nThe input, in base64: \(shown())")
        return false
    }
}
#endif
