import Foundation

/// What is done with the machine of a node.
enum NodeRestart: String, Sendable, CaseIterable {
    /// It starts again with its files.
    case reboot
    /// It starts again without them.
    case reimage
    /// It goes, and its node stays.
    case deallocate
    /// One that was deallocated comes back.
    case start

    /// What the node is meanwhile.
    var state: NodeRecord.State {
        switch self {
        case .reboot: .rebooting
        case .reimage: .reimaging
        case .deallocate: .deallocating
        case .start: .starting
        }
    }

    /// Whether the files of the node go.
    var removesFiles: Bool { self == .reimage || self == .deallocate }
}

/// What is wrong with a node.
struct NodeError: Sendable, Hashable {
    let code: String
    let message: String
    var details: [TaskFailure.Detail] = []
}

extension NodeError {
    /// What kept a node from starting.
    init(_ failure: TaskFailure) {
        self.init(code: failure.code, message: failure.message, details: failure.details)
    }
}

/// A user of a node, for whom nobody makes an account on this machine.
struct NodeUser: Sendable, Hashable {
    var isAdmin: Bool
    var expires: Date
}

/// What has happened on a node.
struct NodeLog: Sendable {
    /// What has happened. A task is told by its key, which is there anyway: a text would be there once more for each.
    enum Event: Sendable {
        case state(NodeRecord.State)
        case task(TaskKey)
        case other(String)
    }

    struct Entry: Sendable {
        let time: Date
        let event: Event

        var text: String {
            switch event {
            case .state(let state): "The node is \(state.rawValue.lowercased())"
            case .task(let key): "The node got the task \(key.task) of the job \(key.job)"
            case .other(let text): text
            }
        }
    }

    /// The most entries that are kept.
    static let limit = 1000

    private(set) var entries: [Entry] = []
    /// How many entries there have been.
    private(set) var total = 0

    init() {}

    /// A log that goes on with its last entries.
    ///
    /// - Parameter total: How many there have been, these among them.
    init(_ entries: [Entry], total: Int) {
        self.entries = entries.suffix(Self.limit)
        self.total = max(total, self.entries.count)
    }

    mutating func add(_ text: String, now: Date) { add(.other(text), now: now) }

    mutating func add(_ event: Event, now: Date) {
        // Half at a time, so that an entry costs the same whether there is room or not.
        if entries.count >= Self.limit { entries.removeFirst(Self.limit / 2) }
        entries.append(Entry(time: now, event: event))
        total += 1
    }

    /// The entries of a time, a line each.
    func text(from start: Date, to end: Date) -> String {
        entries.filter { (start...max(start, end)).contains($0.time) }
            .map { "\(BatchTime.format($0.time)) INFO \($0.text)\n" }.joined()
    }
}
