import AzureTesting
import Testing

@testable import AzureEmulator

/// That a task waits in the state `preparing` is the REST documentation's "the task has been assigned to a Compute Node,
/// but is waiting for a required Job Preparation task to complete", the state before its process runs; the order is this
/// emulator's own.
@Suite("Places for processes")
struct ProcessPlacesTests {
    private func runs(_ numbers: ClosedRange<Int>) -> [RunKey] { numbers.map { RunKey(number: $0) } }

    @Test("As many run as may, and the others in the order in which they came")
    func order() {
        var places = ProcessPlaces(limit: 2)
        let runs = runs(1...5)
        let begun = runs.flatMap { places.add($0) }
        #expect(begun == Array(runs[0...1]) && places.waitingCount == 3)
        let third = places.remove(runs[1])
        #expect(third == [runs[2]])
        // One that waits no more is passed over.
        let none = places.remove(runs[3])
        let fifth = places.remove(runs[0])
        #expect(none.isEmpty && fifth == [runs[4]])
        let again = places.remove(runs[0])
        #expect(again.isEmpty && places.running == [runs[2], runs[4]])
    }

    @Test("The parts of a task begin together, when all have come and there is room for all")
    func parts() {
        var places = ProcessPlaces(limit: 3)
        let runs = runs(1...6)
        let part = ProcessPlaces.Part(primary: runs[1], count: 2)
        let first = places.add(runs[0])
        let one = places.add(runs[1], part)
        // What comes meanwhile does not wait for the part that is missing.
        let second = places.add(runs[2])
        let both = places.add(runs[3], part)
        let behind = places.add(runs[4])
        #expect(first == [runs[0]] && one.isEmpty && second == [runs[2]] && both.isEmpty && behind.isEmpty)
        let next = places.remove(runs[0])
        #expect(next == [runs[1], runs[3]])
        let last = places.remove(runs[3])
        #expect(last == [runs[4]])
    }

    @Test("A task of more parts than places begins when nothing else runs, and alone")
    func manyParts() {
        var places = ProcessPlaces(limit: 2)
        let runs = runs(1...6)
        _ = places.add(runs[0])
        let part = ProcessPlaces.Part(primary: runs[1], count: 3)
        let waiting = runs[1...3].flatMap { places.add($0, part) } + places.add(runs[4])
        #expect(waiting.isEmpty)
        let begun = places.remove(runs[0])
        #expect(begun == Array(runs[1...3]))
        let early = places.remove(runs[1])
        let later = places.remove(runs[2])
        #expect(early.isEmpty && later == [runs[4]])
    }

    @Test("A part that waits no more does not keep a place, wherever it waited")
    func partsThatGo() {
        var places = ProcessPlaces(limit: 1)
        let runs = runs(1...4)
        let part = ProcessPlaces.Part(primary: runs[1], count: 2)
        _ = places.add(runs[0])
        _ = places.add(runs[1], part)
        _ = places.remove(runs[1])
        #expect(places.waitingCount == 0)
        let other = ProcessPlaces.Part(primary: runs[2], count: 2)
        _ = places.add(runs[2], other)
        _ = places.add(runs[3], other)
        _ = places.remove(runs[2])
        let rest = places.remove(runs[0])
        #expect(rest == [runs[3]] && places.waitingCount == 0)
    }

    @Test("Whatever comes and goes, no more run than may, and nobody waits while there is a place")
    func random() {
        var generator = SeededGenerator(seed: 3)
        var places = ProcessPlaces(limit: 4)
        var waiting: Set<RunKey> = []
        var running: Set<RunKey> = []
        for number in 1...5000 {
            let begun: [RunKey]
            let gone = waiting.union(running).sorted { $0.number < $1.number }.randomElement(using: &generator)
            if let gone, Int.random(in: 0..<100, using: &generator) < 52 {
                begun = places.remove(gone)
                waiting.remove(gone)
                running.remove(gone)
            } else {
                begun = places.add(RunKey(number: number))
                waiting.insert(RunKey(number: number))
            }
            #expect(begun.allSatisfy(waiting.contains) && begun == begun.sorted { $0.number < $1.number })
            waiting.subtract(begun)
            running.formUnion(begun)
            #expect(running.count <= 4 && (running.count == 4 || waiting.isEmpty))
            #expect(places.running == running && places.waitingCount == waiting.count)
        }
    }
}
