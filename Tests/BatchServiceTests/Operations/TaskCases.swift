import AzureCore
import BatchModels
import BatchService
import Foundation
import HTTPTypes

extension OperationCase {
    private static let tasksPath = "/jobs/\(oddPath)/tasks"
    private static let task = "\(tasksPath)/t%25"

    static let tasks: [OperationCase] = [
        OperationCase("Batch.CreateTask", .post, tasksPath, body: #"{"commandLine":"c","id":"t"}"#, status: 201) {
            let task = BatchTaskCreateOptions(id: "t", commandLine: "c")
            return describe(try await $0.tasks.create(task, inJob: odd, options: request))
        },
        OperationCase(
            "Batch.ListTasks", .get, tasksPath,
            query: ["maxresults": "2", "$filter": "f", "$select": "id,state", "$expand": "stats"],
            answer: page(#"{"id":"a"},{"id":"b"}"#), result: "a,b"
        ) {
            let options = BatchTasksClient.ListOptions(
                maxResults: 2, filter: "f", select: ["state"], expand: ["stats"], call: request)
            return try await collect($0.tasks.list(inJob: odd, options: options)) { $0.id }
        },
        OperationCase(
            "Batch.CreateTaskCollection", .post, "/jobs/\(oddPath)/addtaskcollection",
            body: #"{"value":[{"commandLine":"c","id":"t"}]}"#,
            answer: #"{"value":[{"status":"Success","taskId":"t","eTag":"0x1"}]}"#, result: "t true"
        ) {
            let group = BatchTaskGroup(values: [.init(id: "t", commandLine: "c")])
            let result = try await $0.tasks.createCollection(group, inJob: odd, options: request)
            return "\(result.values.first?.taskID ?? "") \(result.values.first?.status == .success)"
        },
        OperationCase("Batch.DeleteTask", .delete, task, headers: conditionHeaders) {
            describe(
                try await $0.tasks.delete("t%", inJob: odd, options: .init(conditions: conditions, call: request)))
        },
        OperationCase(
            "Batch.GetTask", .get, task, query: ["$select": "id,state", "$expand": "stats"], headers: conditionHeaders,
            answer: #"{"id":"t","state":"Running"}"#, result: "t true"
        ) {
            let options = BatchTasksClient.GetOptions(
                select: ["state"], expand: ["stats"], conditions: conditions, call: request)
            let task = try await $0.tasks.get("t%", inJob: odd, options: options)
            return "\(task.id) \(task.state == .running)"
        },
        OperationCase(
            "Batch.ReplaceTask", .put, task, headers: conditionHeaders,
            body: #"{"constraints":{"maxTaskRetryCount":2}}"#
        ) {
            let task = BatchTask(id: "t", commandLine: "never sent", constraints: .init(maxTaskRetryCount: 2))
            let options = BatchTasksClient.ReplaceOptions(conditions: conditions, call: request)
            return describe(try await $0.tasks.replace("t%", inJob: odd, with: task, options: options))
        },
        OperationCase(
            "Batch.ListSubtasks", .get, "\(task)/subtasksinfo", query: ["$select": "id,state"],
            answer: page(#"{"id":1},{"id":2}"#), result: "1,2"
        ) {
            let options = BatchTasksClient.ListSubtasksOptions(select: ["state"], call: request)
            return try await collect($0.tasks.listSubtasks(ofTask: "t%", inJob: odd, options: options)) { "\($0.id)" }
        },
        OperationCase("Batch.TerminateTask", .post, "\(task)/terminate", headers: conditionHeaders, status: 204) {
            let options = BatchTasksClient.TerminateOptions(conditions: conditions, call: request)
            return describe(try await $0.tasks.terminate("t%", inJob: odd, options: options))
        },
        OperationCase("Batch.ReactivateTask", .post, "\(task)/reactivate", headers: conditionHeaders, status: 204) {
            let options = BatchTasksClient.ReactivateOptions(conditions: conditions, call: request)
            return describe(try await $0.tasks.reactivate("t%", inJob: odd, options: options))
        },
    ]
}
