import HeatFlow
import Testing

@testable import RodPart

@Suite("The program for a piece of a rod")
struct RodPartTests {
    /// Fourier's law says how it ends: where nothing changes any more, the temperature falls evenly.
    @Test("After a long time the temperature falls evenly from the hot end to the cold one")
    func steadyState() {
        var rod = RodPiece(cells: 9)
        for _ in 0..<2000 { rod.advance(before: RodPiece.hot, after: RodPiece.cold) }
        for (index, temperature) in rod.temperatures.enumerated() {
            #expect(abs(temperature - Double(90 - 10 * index)) < 1e-9)
        }
    }

    @Test("A rod is cut into pieces of the same size, or nearly so")
    func sizes() {
        #expect(RodPiece.sizes(ofRod: 10, pieces: 4) == [3, 3, 2, 2])
        #expect(RodPiece.sizes(ofRod: 4, pieces: 4) == [1, 1, 1, 1])
        #expect(RodPiece.sizes(ofRod: 5, pieces: 1) == [5])
    }

    @Test("Messages are read as they were written, numbers to their last digit")
    func messages() {
        let messages: [Message] = [
            .hello(node: "tvmps_1"), .begin(cells: 3, steps: 7), .ends(first: 1.0 / 3, last: .leastNonzeroMagnitude),
            .beside(before: 100, after: -0.1), .done([0.1, 0.2 + 0.1, 1e300]),
        ]
        for message in messages { #expect(Message(line: message.line) == message) }
    }

    @Test(
        "What is no message is refused",
        arguments: [
            "", "hello", "hello a b", "begin 1", "begin 0 1", "begin 1 2 3", "begin x 1", "ends 1", "ends 1 nan",
            "beside inf 1", "done 1 x", "bye",
        ])
    func nonsense(line: String) {
        #expect(Message(line: line) == nil)
    }

    /// The variable is documented with the service's own port in it: compute node environment variables of Batch.
    @Test("The leading node is taken from the service's variable, without its port")
    func leadingHost() throws {
        #expect(try MeetingPoint.leadingHost(in: ["AZ_BATCH_MASTER_NODE": "10.0.0.4:6000"]) == "10.0.0.4")
        for environment in [[:], ["AZ_BATCH_MASTER_NODE": "10.0.0.4"], ["AZ_BATCH_MASTER_NODE": ":6000"]] {
            #expect(throws: RodFailure.self) { try MeetingPoint.leadingHost(in: environment) }
        }
    }
}
