import Testing

@testable import AzureEmulator

@Suite("The table of what changed between versions of Batch")
struct BatchVersionTableTests {
    @Test("Each change is about an object that requests or answers have, and about a property of it")
    func names() {
        for change in BatchVersionChange.table {
            let request = BatchSchema.model(change.model)
            #expect(
                request != nil || BatchSchema.containers[change.model] != nil
                    || Self.answersOnly.contains(change.model),
                "\(change.model)")
            guard let request, !Self.alsoAnswers.contains(change.model) else { continue }
            let known = Set(request.properties.keys).union(request.readOnly)
            for name in change.newNames { #expect(known.contains(name), "\(change.model) \(name)") }
            for name in change.oldNames { #expect(!known.contains(name), "\(change.model) \(name)") }
        }
    }

    /// Objects of answers that have no others within.
    private static let answersOnly: Set = [
        "BatchJobPreparationTaskExecutionInfo", "BatchJobReleaseTaskExecutionInfo", "BatchStartTaskInfo",
        "BatchSubtask", "BatchTaskExecutionInfo", "BatchTaskCountsResult", "BatchNodeCounts",
        "BatchNodeRemoteLoginSettings", "UploadBatchServiceLogsOptions",
    ]
    private static let alsoAnswers: Set = ["BatchJob", "BatchTask"]

    @Test("The newest version has its shape, and the versions come in order")
    func newest() {
        #expect(BatchVersion.allCases.sorted() == BatchVersion.allCases)
        #expect(BatchVersion.allCases.first == .oldest && BatchVersion.allCases.last == .latest)
        let shapes = BatchVersionShapes.of(.latest)
        for model in ["BatchTaskGroup", "ResourceFile", "BatchJobCreateOptions", "NetworkConfiguration"] {
            #expect(shapes.differences(of: model)?.isEmpty ?? true, "\(model)")
        }
        #expect(shapes.differences(of: "BatchPool")?.missing.contains("certificateReferences") == true)
    }
}

extension BatchVersionChange {
    fileprivate var newNames: [String] {
        switch kind {
        case .added(let names), .removed(let names): names
        case .renamed(_, let new), .listed(_, let new): [String(new.prefix { $0 != "/" })]
        case .formerDefault(let name, _): [name]
        case .renamedValue(let name, _, _): [name]
        case .retired, .formerConstant, .nested: []
        }
    }

    fileprivate var oldNames: [String] {
        switch kind {
        case .renamed(let old, _), .listed(let old, _): [old]
        case .retired(let names): names
        default: []
        }
    }
}
