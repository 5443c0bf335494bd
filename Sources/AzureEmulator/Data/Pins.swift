import Synchronization

/// Counts who refers to rows that must not be removed as long as somebody does.
final class Pins: Sendable {
    private struct State {
        var counts: [Int64: Int] = [:]
        /// Those that are to be removed when nobody refers to them any more.
        var doomed: Set<Int64> = []
        /// Those of them that nobody does.
        var free: [Int64] = []
    }

    private let state = Mutex(State())

    /// A reference to a row.
    func pin(_ row: Int64) -> Pin { Pin(self, row) }

    fileprivate func retain(_ row: Int64) {
        state.withLock { $0.counts[row, default: 0] += 1 }
    }

    fileprivate func release(_ row: Int64) {
        state.withLock { state in
            guard let count = state.counts[row], count == 1 else { return state.counts[row, default: 1] -= 1 }
            state.counts[row] = nil
            if state.doomed.remove(row) != nil { state.free.append(row) }
        }
    }

    /// Has a row be removed when nobody refers to it any more.
    ///
    /// - Returns: Whether somebody does; the row can be removed at once if not.
    func doom(_ row: Int64) -> Bool {
        state.withLock { state in
            guard state.counts[row] != nil else { return false }
            state.doomed.insert(row)
            return true
        }
    }

    /// Takes those that were to be removed and that nobody refers to any more. Meanwhile a row may have come to be needed
    /// again.
    func takeFree() -> [Int64] {
        state.withLock { state in
            defer { state.free = [] }
            return state.free
        }
    }
}

/// Refers to a row as long as it lives.
final class Pin: Sendable {
    let row: Int64
    private let pins: Pins

    fileprivate init(_ pins: Pins, _ row: Int64) {
        (self.pins, self.row) = (pins, row)
        pins.retain(row)
    }

    deinit { pins.release(row) }
}
