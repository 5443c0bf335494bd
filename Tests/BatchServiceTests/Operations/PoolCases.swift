import AzureCore
import BatchModels
import BatchService
import Foundation
import HTTPTypes

extension OperationCase {
    /// A name that has to be encoded, and how it looks then.
    static let odd = "p/1 ü?"
    static let oddPath = "p%2F1%20%C3%BC%3F"

    static let pools: [OperationCase] = [
        OperationCase(
            "Batch.ListPoolUsageMetrics", .get, "/poolusagemetrics",
            query: [
                "maxresults": "10", "startTime": "2026-01-02T00:00:00Z", "endtime": "2026-01-02T00:30:00Z",
                "$filter": "poolId eq 'p 1'",
            ],
            answer: page(
                #"{"poolId":"p","vmSize":"a","startTime":"2026-01-02T00:00:00Z","endTime":"2026-01-02T00:30:00Z","#
                    + #""totalCoreHours":1.5}"#),
            result: "p 1.5"
        ) {
            let options = BatchPoolsClient.ListUsageMetricsOptions(
                maxResults: 10, startTime: .init(Date(timeIntervalSince1970: 1_767_312_000)),
                endTime: .init(Date(timeIntervalSince1970: 1_767_313_800)), filter: "poolId eq 'p 1'", call: request)
            return try await collect($0.pools.listUsageMetrics(options: options)) {
                "\($0.poolID ?? "") \($0.totalCoreHours ?? 0)"
            }
        },
        OperationCase(
            "Batch.CreatePool", .post, "/pools", body: #"{"id":"pool-1","targetDedicatedNodes":2,"vmSize":"a"}"#,
            status: 201
        ) {
            let pool = BatchPoolCreateOptions(id: "pool-1", vmSize: "a", targetDedicatedNodes: 2)
            return describe(try await $0.pools.create(pool, options: request))
        },
        OperationCase(
            "Batch.ListPools", .get, "/pools",
            query: ["maxresults": "5", "$filter": "state eq 'active'", "$select": "id,state", "$expand": "stats,x"],
            answer: page(#"{"id":"a"},{"id":"b"}"#), result: "a,b"
        ) {
            let options = BatchPoolsClient.ListOptions(
                maxResults: 5, filter: "state eq 'active'", select: ["state"], expand: ["stats", "x"],
                call: request)
            return try await collect($0.pools.list(options: options)) { $0.id }
        },
        OperationCase(
            "Batch.DeletePool", .delete, "/pools/\(oddPath)", headers: conditionHeaders, status: 202
        ) {
            describe(try await $0.pools.delete(odd, options: .init(conditions: conditions, call: request)))
        },
        OperationCase(
            "Batch.PoolExists", .head, "/pools/\(oddPath)", headers: conditionHeaders, result: "true"
        ) {
            "\(try await $0.pools.exists(odd, options: .init(conditions: conditions, call: request)))"
        },
        OperationCase(
            "Batch.GetPool", .get, "/pools/\(oddPath)", query: ["$select": "id,state", "$expand": "stats"],
            headers: conditionHeaders, answer: #"{"id":"p","state":"Active"}"#, result: "p true"
        ) {
            let options = BatchPoolsClient.GetOptions(
                select: ["state"], expand: ["stats"], conditions: conditions, call: request)
            let pool = try await $0.pools.get(odd, options: options)
            return "\(pool.id) \(pool.state == .active)"
        },
        OperationCase(
            "Batch.UpdatePool", .patch, "/pools/\(oddPath)", headers: conditionHeaders,
            body: #"{"startTask":{"commandLine":"a"}}"#
        ) {
            let changes = BatchPoolUpdateOptions(startTask: .init(commandLine: "a"))
            let options = BatchPoolsClient.UpdateOptions(conditions: conditions, call: request)
            return describe(try await $0.pools.update(odd, with: changes, options: options))
        },
        OperationCase("Batch.DisablePoolAutoScale", .post, "/pools/\(oddPath)/disableautoscale") {
            describe(try await $0.pools.disableAutoScale(odd, options: request))
        },
        OperationCase(
            "Batch.EnablePoolAutoScale", .post, "/pools/\(oddPath)/enableautoscale", headers: conditionHeaders,
            body: #"{"autoScaleEvaluationInterval":"PT5M","autoScaleFormula":"$a=1;"}"#
        ) {
            let settings = BatchPoolEnableAutoScaleOptions(
                autoScaleFormula: "$a=1;", autoScaleEvaluationInterval: .seconds(300))
            let options = BatchPoolsClient.EnableAutoScaleOptions(conditions: conditions, call: request)
            return describe(try await $0.pools.enableAutoScale(odd, with: settings, options: options))
        },
        OperationCase(
            "Batch.EvaluatePoolAutoScale", .post, "/pools/\(oddPath)/evaluateautoscale",
            body: #"{"autoScaleFormula":"$a=1;"}"#,
            answer: #"{"timestamp":"2026-01-02T00:00:00.1234567Z","results":"$a=1"}"#, result: "$a=1"
        ) {
            try await $0.pools.evaluateAutoScale(odd, with: .init(autoScaleFormula: "$a=1;"), options: request)
                .results ?? ""
        },
        OperationCase(
            "Batch.ResizePool", .post, "/pools/\(oddPath)/resize", headers: conditionHeaders,
            body: #"{"nodeDeallocationOption":"taskcompletion","resizeTimeout":"PT10M","targetDedicatedNodes":3}"#,
            status: 202
        ) {
            let size = BatchPoolResizeOptions(
                targetDedicatedNodes: 3, resizeTimeout: .seconds(600), nodeDeallocationOption: .taskCompletion)
            let options = BatchPoolsClient.ResizeOptions(conditions: conditions, call: request)
            return describe(try await $0.pools.resize(odd, to: size, options: options))
        },
        OperationCase(
            "Batch.StopPoolResize", .post, "/pools/\(oddPath)/stopresize", headers: conditionHeaders, status: 202
        ) {
            describe(try await $0.pools.stopResize(odd, options: .init(conditions: conditions, call: request)))
        },
        OperationCase(
            "Batch.ReplacePoolProperties", .post, "/pools/\(oddPath)/updateproperties",
            body: #"{"applicationPackageReferences":[],"metadata":[{"name":"a","value":"b"}]}"#, status: 204
        ) {
            let properties = BatchPoolReplaceOptions(
                applicationPackageReferences: [], metadata: [.init(name: "a", value: "b")])
            return describe(try await $0.pools.replaceProperties(odd, with: properties, options: request))
        },
        OperationCase(
            "Batch.RemoveNodes", .post, "/pools/\(oddPath)/removenodes", headers: conditionHeaders,
            body: #"{"nodeList":["n1","n2"],"resizeTimeout":"PT10M"}"#, status: 202
        ) {
            let nodes = BatchNodeRemoveOptions(nodeIDs: ["n1", "n2"], resizeTimeout: .seconds(600))
            let options = BatchPoolsClient.RemoveNodesOptions(conditions: conditions, call: request)
            return describe(try await $0.pools.removeNodes(nodes, fromPool: odd, options: options))
        },
    ]
}
