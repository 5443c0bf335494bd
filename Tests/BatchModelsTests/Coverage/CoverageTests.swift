import AzureCore
import BatchModels
import Foundation
import Testing

@Suite("The models cover the service's interface")
struct CoverageTests {
    @Test("there are 151 models with 788 fields, 114 of them read-only and 15 of 64 bits")
    func counts() {
        let all = FieldTable.all
        #expect(all.count == 151)
        #expect(Set(all.map(\.name)).count == 151)
        #expect(all.reduce(0) { $0 + $1.fieldCount } == 788)
        #expect(all.reduce(0) { $0 + $1.readOnlyCount } == 114)
        #expect(all.reduce(0) { $0 + $1.int64Count } == 15)
    }

    @Test("there are 52 enums with 152 values, each known to its type")
    func enums() {
        #expect(EnumTable.all.count == 52)
        #expect(Set(EnumTable.all.map { "\($0.type)" }).count == 52)
        #expect(EnumTable.all.reduce(0) { $0 + $1.values.count } == 152)
        for (type, values) in EnumTable.all {
            #expect(rawValues(of: type) == values, "\(type)")
        }
    }

    private func rawValues<Value: BatchOpenEnum>(of type: Value.Type) -> [String] {
        type.knownValues.map(\.rawValue)
    }

    @Test("every field arrives in its property, is kept, and is sent unless it is read-only", arguments: 0..<151)
    func everyField(index: Int) throws {
        #expect(try FieldTable.all[index].problems() == [])
    }

    @Test("the facts that the code is generated from are those of the table")
    func facts() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let data = try Data(contentsOf: root.appendingPathComponent("Specification/batch-2025-06-01.json"))
        let facts = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let models = try #require(facts["models"] as? [String: [String: Any]])
        #expect(Set(models.keys) == Set(FieldTable.all.map(\.name)))
        #expect((facts["operations"] as? [Any])?.count == 72)
        #expect((facts["enums"] as? [String: Any])?.count == 52)
        #expect((facts["errorCodes"] as? [Any])?.count == 112)
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
