import HeatFlow
import NIOCore
import NIOPosix

/// Leads those that compute the pieces of a rod.
struct Lead: Sendable {
    /// How many others there are.
    var pieces: Int
    /// How many cells the rod has.
    var cells: Int
    /// How many steps are computed.
    var steps: Int
    /// How long to wait until all others are there.
    var patience: Duration

    /// Waits for the others, and has them compute.
    ///
    /// - Returns: The temperatures of the whole rod.
    func run(at meeting: MeetingPoint) async throws -> [Double] {
        let host = try MeetingPoint.leadingHost()
        let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .bind(host: host, port: 0, childChannelInitializer: Wire.messages)
        guard let port = server.channel.localAddress?.port else { throw RodFailure("there is no port to listen at") }
        try await meeting.announce(host: host, port: port)
        return try await server.executeThenClose { arrivals in
            let wires = await wires(from: arrivals, of: server.channel)
            return try await withPartners(wires[...], []) { partners in
                guard partners.count == pieces else {
                    throw RodFailure(
                        "only \(partners.count) of \(pieces) nodes are there after \(patience.components.seconds) s")
                }
                return try await compute(partners)
            }
        }
    }

    /// Waits for the others, but not for ever.
    private func wires(from arrivals: NIOAsyncChannelInboundStream<Wire>, of server: any Channel) async -> [Wire] {
        let end = server.eventLoop.scheduleTask(in: TimeAmount(patience)) { server.close(promise: nil) }
        defer { end.cancel() }
        var wires: [Wire] = []
        do {
            for try await wire in arrivals {
                wires.append(wire)
                if wires.count == pieces { break }
            }
        } catch {
            // Nobody comes any more: those that are there will be counted.
        }
        return wires
    }

    /// Opens all wires, each within the one before, so that all are closed whatever happens.
    private func withPartners(
        _ wires: ArraySlice<Wire>, _ open: [Partner], _ body: ([Partner]) async throws -> [Double]
    ) async throws -> [Double] {
        guard let wire = wires.first else { return try await body(open) }
        return try await wire.executeThenClose { incoming, outgoing in
            try await withPartners(wires.dropFirst(), open + [Partner(incoming, outgoing)], body)
        }
    }

    /// Takes all pieces through all steps. In each, everybody says how warm its ends are, and is told what is beside them.
    private func compute(_ partners: [Partner]) async throws -> [Double] {
        var partners = partners
        let sizes = RodPiece.sizes(ofRod: cells, pieces: pieces)
        var nodes: [String] = []
        for index in partners.indices {
            guard case .hello(let node) = try await partners[index].receive() else { throw Self.nonsense(index) }
            nodes.append(node)
            try await partners[index].send(.begin(cells: sizes[index], steps: steps))
        }
        for _ in 0..<steps { try await exchange(&partners) }
        var rod: [Double] = []
        for index in partners.indices {
            guard case .done(let temperatures) = try await partners[index].receive(), temperatures.count == sizes[index]
            else { throw Self.nonsense(index) }
            print(
                "Piece \(index + 1) of \(pieces) on node [\(nodes[index])]: cells \(rod.count + 1) to "
                    + "\(rod.count + temperatures.count)")
            rod += temperatures
        }
        return rod
    }

    private func exchange(_ partners: inout [Partner]) async throws {
        var ends: [(first: Double, last: Double)] = []
        for index in partners.indices {
            guard case .ends(let first, let last) = try await partners[index].receive() else {
                throw Self.nonsense(index)
            }
            ends.append((first, last))
        }
        for index in partners.indices {
            let before = index == 0 ? RodPiece.hot : ends[index - 1].last
            let after = index == ends.count - 1 ? RodPiece.cold : ends[index + 1].first
            try await partners[index].send(.beside(before: before, after: after))
        }
    }

    private static func nonsense(_ index: Int) -> RodFailure {
        RodFailure("piece \(index + 1) says something else than it should")
    }
}
