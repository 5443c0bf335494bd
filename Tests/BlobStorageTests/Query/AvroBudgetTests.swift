import AzureCore
import Foundation
import Testing

@testable import BlobStorage

@Suite("Avro that asks for more than it has")
struct AvroBudgetTests {
    @Test("many small blocks in one chunk get no more values than one large block")
    func manyBlocks() throws {
        // A few bytes ask for nearly as many values as a block may have; one such block is just about allowed.
        let schema = #"{"type":"array","items":"null"}"#
        let greedy = AvroBytes.block(AvroBytes.long(900_000) + AvroBytes.long(0))
        var one = AvroContainerReader()
        #expect(try one.append(AvroBytes.head(schema) + greedy).count == 1)
        var many = AvroContainerReader()
        let error = #expect(throws: AzureError.self) {
            try many.append(AvroBytes.head(schema) + greedy + greedy + greedy)
        }
        #expect(error?.code == .invalidResponse)
    }
}
