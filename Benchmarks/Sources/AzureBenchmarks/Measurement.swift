import Foundation

/// What a piece of work took.
enum Measurement {
    /// Runs a piece of work and prints what it took as one JSON object.
    static func run(_ work: () async throws -> Void) async throws {
        let memoryBefore = Usage.peakMemory
        let processorBefore = Usage.processorTime
        let start = ContinuousClock.now
        try await work()
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let memory = Usage.peakMemory
        try printResult([
            "seconds": seconds, "processorSeconds": Usage.processorTime - processorBefore,
            "peakMemoryMB": Double(memory) / 1e6, "memoryGrowthMB": Double(memory - memoryBefore) / 1e6,
        ])
    }

    /// Prints figures as one JSON object.
    static func printResult(_ result: [String: Double]) throws {
        let data = try JSONSerialization.data(withJSONObject: result, options: [.sortedKeys])
        print(String(decoding: data, as: UTF8.self))
    }
}
