import Foundation
import Testing

@testable import AzureEmulator

/// The tables of limits in Docs/Testing.md have the numbers of the code. Set `AZURE_SWIFT_WRITES_DOCS` to have them written
/// anew.
@Suite("The limits in the documentation", .serialized)
struct EmulatorLimitTests {
    private static let document = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Docs/Testing.md")

    private static let blob: [(String, String)] = [
        ("a blob put at once", bytes(BlobCall.maxBlob)),
        ("a block", bytes(BlobCall.maxBlock)),
        ("blocks of a blob, and appends to one", count(BlobCall.maxBlocks)),
        ("blocks that are not committed", count(StagedBlocks.maxUncommitted)),
        ("an append", bytes(BlobCall.maxAppend)),
        ("a page blob", bytes(BlobCall.maxPageBlob)),
        ("a write of pages", bytes(BlobCall.maxPageWrite)),
        ("a copy that the service makes at once", bytes(BlobCall.maxSynchronousCopy)),
        ("parts of a blob's name between slashes", count(BlobAddress.maxSegments)),
        ("metadata, names and values together", bytes(BlobCall.maxMetadata)),
        ("tags of a blob", count(BlobCall.maxTags)),
        ("a page of a list", count(BlobCall.pageSize)),
        ("requests of a batch", count(BlobBatchDocument.maxParts)),
        ("a batch", bytes(BlobCall.maxBatch)),
        ("an expression of a query", bytes(QueryRequest.maxExpression)),
        ("columns that a query selects", count(SQLParser.maxColumns)),
        ("columns of an answer in Arrow", count(ArrowField.maxFields)),
        ("operators of a query", count(SQLParser.maxOperators)),
        ("a separator of a query's input", bytes(QueryFormat.maxSeparator)),
        ("a record of a query's input", bytes(DelimitedReader.maxRecord)),
        ("characters of a pattern of `LIKE`", count(SQLPattern.maxLength)),
        ("life of a user delegation key", hours(UserDelegation.maxLifetime)),
        ("a request's clock off the service's", minutes(SharedKeyRefusal.maxSkew)),
    ]

    private static let batch: [(String, String)] = [
        ("the body of a request", bytes(BatchCall.maxBody)),
        ("levels of JSON", count(JSONReader.maxDepth)),
        ("characters of an id", count(BatchValidation.maxID)),
        ("nodes of all pools together", count(BatchEmulator.defaultNodeQuota)),
        ("task slots of a node", count(BatchValidation.maxSlots)),
        ("nodes that a request removes", count(BatchOperations.maxRemovedNodes)),
        ("tasks of a collection", count(BatchOperations.maxTasks)),
        ("bytes that an application package unpacks to", bytes(ZipArchive.maxUnpacked)),
        ("bytes of the list of files in an application package", bytes(ZipArchive.maxList)),
        ("levels of directories that output files are looked for in", count(OutputSearch.maxDepth)),
        ("characters of the ids that a task depends on", count(TaskDependencies.maxCharacters)),
        ("ranges of ids that a task depends on", count(TaskDependencies.maxRanges)),
        ("a page of a list", count(ODataPage.maxSize)),
        ("comparisons of a `$filter`", count(ODataFilterParser.maxComparisons)),
        ("levels of a `$filter`", count(ODataFilterParser.maxDepth)),
        ("characters of a formula", count(AutoscaleFormula.maxLength)),
        ("statements of a formula", count(AutoscaleFormula.maxStatements)),
        ("levels of a formula", count(AutoscaleFormula.maxDepth)),
        ("samples of a metric", count(AutoscaleHistory.limit)),
        ("characters of the prefix of an auto pool's id", count(AutoPool.maxPrefix)),
        ("characters of the name of a user of a pool", count(BatchValidation.maxAccountName)),
        ("characters of the name of a user of a node", count(BatchValidation.maxUserName)),
        ("run of a release task", minutes(JobSupport.Release.maxTime / .seconds(1))),
        ("life of a task's token", hours(JobTokens.lifetime)),
        ("entries of the log of a node", count(NodeLog.limit)),
        ("half hours of a pool's use", count(PoolUsage.keptIntervals)),
        ("a request's clock off the service's", minutes(SharedKeyRefusal.maxSkew)),
    ]

    private static let server: [(String, String)] = {
        let limits = EmulatorServerLimits()
        return [
            ("header fields of a request, its path among them", bytes(limits.headSize)),
            ("header fields", count(limits.fieldCount)),
            ("silence of a client", "\(limits.idleTimeout.components.seconds) s"),
            ("an unwanted body that is read before the connection ends", bytes(limits.drainedBytes)),
        ]
    }()

    @Test("are those of the code", arguments: ["Blob Storage", "Batch", "the HTTP server"])
    func tables(subject: String) throws {
        let rows = try #require(
            ["Blob Storage": Self.blob, "Batch": Self.batch, "the HTTP server": Self.server][subject])
        let text = try String(contentsOf: Self.document, encoding: .utf8)
        let head = "| \(subject) | at most |\n|---|---|\n"
        let start = try #require(text.firstRange(of: head)).upperBound
        let stop = text[start...].firstRange(of: "\n\n")?.lowerBound ?? text.endIndex
        let wanted = rows.map { "| \($0.0) | \($0.1) |" }
        if ProcessInfo.processInfo.environment["AZURE_SWIFT_WRITES_DOCS"] != nil {
            try (text[..<start] + wanted.joined(separator: "\n") + text[stop...])
                .write(to: Self.document, atomically: true, encoding: .utf8)
        } else {
            #expect(text[start..<stop].split(separator: "\n").map(String.init) == wanted)
        }
    }

    private static func count(_ number: some BinaryInteger) -> String {
        let digits = Array(String(number))
        let groups = stride(from: digits.count, to: 0, by: -3).map { String(digits[max(0, $0 - 3)..<$0]) }
        return groups.reversed().joined(separator: ",")
    }

    private static func bytes(_ number: some BinaryInteger) -> String {
        let units: [(size: Int64, name: String)] = [(1 << 40, "TiB"), (1 << 20, "MiB"), (1 << 10, "KiB")]
        let number = Int64(number)
        guard let unit = units.first(where: { number % $0.size == 0 }) else { return "\(count(number)) bytes" }
        return "\(count(number / unit.size)) \(unit.name)"
    }

    private static func minutes(_ seconds: Double) -> String { "\(count(Int(seconds) / 60)) minutes" }

    private static func hours(_ seconds: Double) -> String { "\(count(Int(seconds) / 3600)) hours" }
}
