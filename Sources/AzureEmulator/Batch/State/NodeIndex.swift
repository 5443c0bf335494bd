/// What is known of the nodes of a pool together: those that take tasks by the slots that are used, and those on their way
/// in or out.
struct NodeIndex: TableIndex {
    /// What counts of one node.
    private struct Entry: Hashable {
        /// The slots that are used, if it takes tasks.
        var usedSlots: Int?
        var isMoving: Bool
        var waitsForFiles: Bool

        init(_ node: NodeRecord) {
            usedSlots = node.isReady ? node.usedSlots : nil
            isMoving = node.state == .creating || node.state == .leavingPool || node.leavesWhenEmpty
            waitsForFiles = node.waitsForFiles
        }
    }

    private var entries: [Entry?] = []
    /// The nodes that take tasks, by the slots that are used.
    private var ready: [PlaceSet] = []
    /// How many nodes are on their way in or out, or are to go when they are empty.
    private(set) var movingCount = 0
    /// The nodes that stay until the files of their tasks may go.
    private(set) var waitingForFiles = PlaceSet()

    mutating func note(_ record: NodeRecord?, at place: Int) {
        let new = record.map(Entry.init)
        while entries.count <= place { entries.append(nil) }
        let old = entries[place]
        guard new != old else { return }
        entries[place] = new
        if old?.usedSlots != new?.usedSlots {
            if let slots = old?.usedSlots { ready[slots].remove(place) }
            if let slots = new?.usedSlots {
                while ready.count <= slots { ready.append(PlaceSet()) }
                ready[slots].insert(place)
            }
        }
        movingCount += (new?.isMoving == true ? 1 : 0) - (old?.isMoving == true ? 1 : 0)
        if new?.waitsForFiles == true { waitingForFiles.insert(place) } else { waitingForFiles.remove(place) }
    }

    /// The nodes that take tasks and have so many slots used.
    func places(using slots: Int) -> [Int] { ready.indices.contains(slots) ? ready[slots].places : [] }

    /// Whether a node that takes tasks has room for one of a slot.
    func hasRoom(of capacity: Int) -> Bool {
        ready.prefix(max(0, capacity)).contains { !$0.isEmpty }
    }

    /// The first node with room, in the order in which nodes are filled.
    ///
    /// - Parameters:
    ///   - slots: How many slots are wanted.
    ///   - capacity: How many a node has.
    ///   - packs: Whether the fullest node comes first, or the emptiest.
    ///   - admits: Whether the task may run on a node.
    func firstWithRoom(for slots: Int, of capacity: Int, packs: Bool, where admits: (Int) -> Bool) -> Int? {
        let last = min(capacity - slots, ready.count - 1)
        guard last >= 0 else { return nil }
        for step in 0...last {
            let nodes = ready[packs ? last - step : step]
            var place = nodes.first
            while let current = place {
                if admits(current) { return current }
                place = nodes.next(from: current + 1)
            }
        }
        return nil
    }

    /// The first nodes on which nothing runs.
    func empty(_ count: Int, where admits: (Int) -> Bool) -> [Int] {
        guard count > 0, let nodes = ready.first, nodes.count >= count else { return [] }
        var found: [Int] = []
        var place = nodes.first
        while let current = place, found.count < count {
            if admits(current) { found.append(current) }
            place = nodes.next(from: current + 1)
        }
        return found
    }
}
