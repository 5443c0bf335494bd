import Foundation
import Testing

@Suite("Coverage of the Blob service")
struct CoverageTests {
    @Test("the cases of the table call all operations of the service, with all that it knows and nothing else")
    func casesAreComplete() async throws {
        let facts = try CoverageFacts()
        #expect(facts.operations.count == 71)
        #expect(Set(OperationTableTests.all.map(\.operation)) == Set(facts.operations.map(\.name)))
        for operation in facts.operations {
            let observed = try await ObservedOperation.observe(operation, OperationTableTests.all)
            #expect(observed.query == Set(operation.query), "\(operation.name)")
            let known = Set(operation.requestHeaders.map { $0.lowercased() }).union(OperationTableTests.general)
            let unknown = observed.requestHeaders.subtracting(known).filter { !$0.hasPrefix("x-ms-meta-") }
            #expect(unknown.isEmpty, "\(operation.name)")
            #expect(operation.requestHeaders.filter { !observed.sends($0) }.isEmpty, "\(operation.name)")
            let unread = operation.responseHeaders.filter { observed.responseHeaders[$0] == nil }
            #expect(unread.isEmpty, "\(operation.name)")
        }
    }

    /// Scripts/coverage runs this, with the symbol graphs of the modules.
    @Test(
        "Docs/Coverage.md says what is there",
        .enabled(if: ProcessInfo.processInfo.environment["AZURE_SWIFT_COVERAGE"] != nil, "Scripts/coverage runs it"))
    func page() async throws {
        let environment = ProcessInfo.processInfo.environment
        let facts = try CoverageFacts()
        var observed: [String: ObservedOperation] = [:]
        for operation in facts.operations {
            observed[operation.name] = try await ObservedOperation.observe(operation, OperationTableTests.all)
        }
        let api = try PublicAPI(folder: try #require(environment["AZURE_SWIFT_SYMBOL_GRAPHS"]))
        let text = CoveragePage(facts: facts, observed: observed, api: api).text()
        let url = CoverageFacts.root.appendingPathComponent("Docs/Coverage.md")
        if environment["AZURE_SWIFT_COVERAGE"] == "write" {
            try Data(text.utf8).write(to: url)
        } else {
            let isCurrent = try String(contentsOf: url, encoding: .utf8) == text
            #expect(isCurrent, "Docs/Coverage.md is out of date; run Scripts/coverage.")
        }
    }
}
