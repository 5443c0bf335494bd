import AzureTesting
import Testing

@testable import AzureEmulator

/// The witness is the standard library's `Set`, sorted.
@Suite("Sets of places")
struct PlaceSetTests {
    @Test("Places are found in order, whatever was added and taken out before")
    func order() {
        var generator = SeededGenerator(seed: 1)
        var set = PlaceSet()
        var expected: Set<Int> = []
        for step in 0..<4000 {
            // Now near each other, now far apart.
            let most = [70, 5000, 300_000][step % 3]
            let place = Int.random(in: 0..<most, using: &generator)
            if Bool.random(using: &generator) {
                set.insert(place)
                expected.insert(place)
            } else {
                set.remove(place)
                expected.remove(place)
            }
            let from = Int.random(in: 0..<most, using: &generator)
            #expect(set.count == expected.count && set.contains(place) == expected.contains(place))
            if step % 50 == 0 {
                #expect(set.places == expected.sorted())
                #expect(set.next(from: from) == expected.filter { $0 >= from }.min())
            }
        }
        for place in expected { set.remove(place) }
        #expect(set.isEmpty && set.first == nil && set.places.isEmpty)
    }

    @Test("The highest priority comes first, and within one the least place")
    func priorities() {
        var generator = SeededGenerator(seed: 2)
        var set = PriorityPlaces()
        var expected: Set<PriorityPlaces.Position> = []
        func sorted() -> [PriorityPlaces.Position] {
            expected.sorted { ($1.priority, $0.place) < ($0.priority, $1.place) }
        }
        for step in 0..<2000 {
            let position = PriorityPlaces.Position(
                priority: Int.random(in: -5...5, using: &generator), place: Int.random(in: 0..<200, using: &generator))
            if Bool.random(using: &generator) {
                set.insert(position)
                expected.insert(position)
            } else {
                set.remove(position)
                expected.remove(position)
            }
            guard step % 50 == 0 else { continue }
            #expect(set.positions == sorted() && set.lowest == sorted().last?.priority)
            #expect(
                set.next(after: position)
                    == sorted().first { ($0.priority, -$0.place) < (position.priority, -position.place) })
        }
    }
}
