import Foundation

/// Things that are due at a time, the earliest first: adding and taking one out take steps in the order of the logarithm
/// of their number.
struct DueQueue<Element: Sendable>: Sendable {
    private var heap: [(time: Date, element: Element)] = []

    /// When the first is due; nil when there is none.
    var next: Date? { heap.first?.time }

    mutating func add(_ element: Element, at time: Date) {
        heap.append((time, element))
        var place = heap.count - 1
        while place > 0, heap[place].time < heap[(place - 1) / 2].time {
            heap.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    /// Takes out the first, if it is due.
    mutating func take(until now: Date) -> Element? {
        guard let first = heap.first, first.time <= now, let last = heap.popLast() else { return nil }
        guard !heap.isEmpty else { return first.element }
        heap[0] = last
        var place = 0
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2]
            where child < heap.count && heap[child].time < heap[least].time { least = child }
            if least == place { return first.element }
            heap.swapAt(place, least)
            place = least
        }
    }
}
