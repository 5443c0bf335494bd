import AzureCore
import BatchModels
import Foundation
import Testing

@Suite("The models cover the service's interface")
struct CoverageTests {
    private let facts: ModelFacts

    init() throws {
        facts = try ModelFacts.newest()
    }

    @Test("there is an entry for each model of the facts, and for no other")
    func models() {
        #expect(FieldTable.all.map(\.name).sorted() == facts.models.keys.sorted())
    }

    @Test("the fields of each model are those of the facts", arguments: FieldTable.all.indices)
    func fields(index: Int) throws {
        let model = FieldTable.all[index]
        let fields = try #require(facts.models[model.name]).fields
        #expect(model.fieldCount == fields.count)
        #expect(model.readOnlyCount == fields.count { $0.readOnly == true })
        #expect(model.int64Count == fields.count { $0.type == "int64" })
        let keys = fields.filter { $0.key == true }.map(\.wire)
        for key in keys { #expect(model.requiredFields.contains(key), "\(key)") }
    }

    @Test("there is an entry for each enum of the facts with its values, each known to its type")
    func enums() {
        #expect(EnumTable.all.map { "\($0.type)" }.sorted() == facts.enums.keys.sorted())
        for (type, values) in EnumTable.all {
            #expect(rawValues(of: type) == values, "\(type)")
            #expect(values == facts.enums["\(type)"]?.values.map(\.wire), "\(type)")
        }
    }

    private func rawValues<Value: BatchOpenEnum>(of type: Value.Type) -> [String] {
        type.knownValues.map(\.rawValue)
    }

    @Test(
        "every field arrives in its property, is kept, and is sent unless it is read-only",
        arguments: FieldTable.all.indices)
    func everyField(index: Int) throws {
        #expect(try FieldTable.all[index].problems() == [])
    }

    @Test("values that can be received need their key and nothing else")
    func requiredFields() {
        let keys: [String: [String]] = [
            "BatchApplication": ["id"], "BatchJob": ["id"], "BatchJobSchedule": ["id"], "BatchNode": ["id"],
            "BatchPool": ["id"], "BatchSubtask": ["id"], "BatchTask": ["id"],
            "BatchJobPreparationAndReleaseTaskStatus": ["poolId", "nodeId"],
            "BatchCreateTaskCollectionResult": ["value"], "BatchTaskCountsResult": ["taskCounts"],
            "UploadBatchServiceLogsResult": ["virtualDirectoryName"],
        ]
        let onlySent: Set<String> = [
            "BatchJobCreateOptions", "BatchJobDisableOptions", "BatchJobScheduleCreateOptions",
            "BatchNodeRemoveOptions",
            "BatchNodeUserCreateOptions", "BatchPoolCreateOptions", "BatchPoolEvaluateAutoScaleOptions",
            "BatchPoolReplaceOptions", "BatchTaskCreateOptions", "BatchTaskGroup", "UploadBatchServiceLogsOptions",
        ]
        for model in FieldTable.all {
            if let key = keys[model.name] {
                #expect(model.requiredFields == key, "\(model.name)")
            } else if onlySent.contains(model.name) {
                #expect(!model.requiredFields.isEmpty, "\(model.name)")
            } else {
                #expect(model.requiredFields == [], "\(model.name)")
                #expect(model.canDecode("{}"), "\(model.name)")
            }
        }
    }

    @Test("a value without its key cannot be decoded")
    func missingKey() {
        #expect(FieldTable.byName["BatchPool"]?.canDecode("{}") == false)
        #expect(FieldTable.byName["BatchPool"]?.canDecode(#"{"id":"p"}"#) == true)
        #expect(FieldTable.byName["BatchSubtask"]?.canDecode(#"{"id":3}"#) == true)
    }
}
