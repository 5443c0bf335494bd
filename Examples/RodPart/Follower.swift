import HeatFlow
import NIOCore
import NIOPosix

/// Computes one piece of the rod, for one that leads.
struct Follower: Sendable {
    /// The node that it runs on.
    var node: String
    /// How long to look for the one that leads.
    var patience: Duration

    func run(at meeting: MeetingPoint) async throws {
        let wire = try await connect(at: meeting)
        try await wire.executeThenClose { incoming, outgoing in
            var lead = Partner(incoming, outgoing)
            try await lead.send(.hello(node: node))
            guard case .begin(let cells, let steps) = try await lead.receive() else { throw Self.nonsense }
            var piece = RodPiece(cells: cells)
            for _ in 0..<steps {
                try await lead.send(.ends(first: piece.first, last: piece.last))
                guard case .beside(let before, let after) = try await lead.receive() else { throw Self.nonsense }
                piece.advance(before: before, after: after)
            }
            try await lead.send(.done(piece.temperatures))
        }
    }

    private static let nonsense = RodFailure("the one that leads says something else than it should")

    /// Looks for the one that leads until it listens: the application begins when all nodes are coordinated.
    private func connect(at meeting: MeetingPoint) async throws -> Wire {
        let start = ContinuousClock.now
        while true {
            if let (host, port) = try await meeting.address(),
                let wire = try? await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                    .connect(host: host, port: port, channelInitializer: Wire.messages)
            {
                return wire
            }
            guard ContinuousClock.now - start < patience else {
                throw RodFailure("nobody leads within \(patience.components.seconds) s")
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }
}
