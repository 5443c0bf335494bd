import AzureCore
import BatchModels
import BatchService
import Foundation
import HTTPTypes

extension OperationCase {
    private static let job = "/jobs/\(oddPath)"

    static let jobs: [OperationCase] = [
        OperationCase("Batch.DeleteJob", .delete, job, query: ["force": "true"], headers: conditionHeaders, status: 202)
        {
            describe(
                try await $0.jobs.delete(odd, options: .init(force: true, conditions: conditions, call: request)))
        },
        OperationCase(
            "Batch.GetJob", .get, job, query: ["$select": "id,state", "$expand": "stats"], headers: conditionHeaders,
            answer: #"{"id":"j","state":"disabled"}"#, result: "j true"
        ) {
            let options = BatchJobsClient.GetOptions(
                select: ["state"], expand: ["stats"], conditions: conditions, call: request)
            let job = try await $0.jobs.get(odd, options: options)
            return "\(job.id) \(job.state == .disabled)"
        },
        OperationCase("Batch.UpdateJob", .patch, job, headers: conditionHeaders, body: #"{"priority":-1000}"#) {
            let options = BatchJobsClient.UpdateOptions(conditions: conditions, call: request)
            return describe(try await $0.jobs.update(odd, with: .init(priority: -1000), options: options))
        },
        OperationCase(
            "Batch.ReplaceJob", .put, job, headers: conditionHeaders, body: #"{"poolInfo":{"poolId":"p"},"priority":1}"#
        ) {
            let job = BatchJob(id: "j", poolInfo: .init(poolID: "p"), state: .active, priority: 1)
            let options = BatchJobsClient.ReplaceOptions(conditions: conditions, call: request)
            return describe(try await $0.jobs.replace(odd, with: job, options: options))
        },
        OperationCase(
            "Batch.DisableJob", .post, "\(job)/disable", headers: conditionHeaders, body: #"{"disableTasks":"wait"}"#,
            status: 202
        ) {
            let options = BatchJobsClient.DisableOptions(conditions: conditions, call: request)
            return describe(try await $0.jobs.disable(odd, with: .init(disableTasks: .wait), options: options))
        },
        OperationCase("Batch.EnableJob", .post, "\(job)/enable", headers: conditionHeaders, status: 202) {
            describe(try await $0.jobs.enable(odd, options: .init(conditions: conditions, call: request)))
        },
        OperationCase(
            "Batch.TerminateJob", .post, "\(job)/terminate", query: ["force": "false"], headers: conditionHeaders,
            body: #"{"terminateReason":"enough"}"#, status: 202
        ) {
            let options = BatchJobsClient.TerminateOptions(force: false, conditions: conditions, call: request)
            return describe(
                try await $0.jobs.terminate(odd, with: .init(terminationReason: "enough"), options: options))
        },
        OperationCase(
            "Batch.CreateJob", .post, "/jobs", body: #"{"id":"job-1","poolInfo":{"poolId":"p"}}"#, status: 201
        ) {
            let job = BatchJobCreateOptions(id: "job-1", poolInfo: .init(poolID: "p"))
            return describe(try await $0.jobs.create(job, options: request))
        },
        OperationCase(
            "Batch.ListJobs", .get, "/jobs",
            query: ["maxresults": "2", "$filter": "f", "$select": "id,priority", "$expand": "stats"],
            answer: page(#"{"id":"a","priority":3}"#), result: "a 3"
        ) {
            let options = BatchJobsClient.ListOptions(
                maxResults: 2, filter: "f", select: ["priority"], expand: ["stats"], call: request)
            return try await collect($0.jobs.list(options: options)) { "\($0.id) \($0.priority ?? 0)" }
        },
        OperationCase(
            "Batch.ListJobsFromSchedule", .get, "/jobschedules/\(oddPath)/jobs",
            query: ["maxresults": "2", "$filter": "f", "$select": "id,priority", "$expand": "stats"],
            answer: page(#"{"id":"s:job-1"}"#), result: "s:job-1"
        ) {
            let options = BatchJobsClient.ListFromScheduleOptions(
                maxResults: 2, filter: "f", select: ["priority"], expand: ["stats"], call: request)
            return try await collect($0.jobs.list(fromSchedule: odd, options: options)) { $0.id }
        },
        OperationCase(
            "Batch.ListJobPreparationAndReleaseTaskStatus", .get, "\(job)/jobpreparationandreleasetaskstatus",
            query: ["maxresults": "2", "$filter": "f", "$select": "poolId,nodeId,nodeUrl"],
            answer: page(#"{"poolId":"p","nodeId":"n"}"#), result: "p n"
        ) {
            let options = BatchJobsClient.ListPreparationAndReleaseTaskStatusOptions(
                maxResults: 2, filter: "f", select: ["nodeUrl"], call: request)
            return try await collect($0.jobs.listPreparationAndReleaseTaskStatus(ofJob: odd, options: options)) {
                "\($0.poolID) \($0.nodeID)"
            }
        },
        OperationCase(
            "Batch.GetJobTaskCounts", .get, "\(job)/taskcounts",
            answer: #"{"taskCounts":{"active":1},"taskSlotCounts":{"active":2}}"#, result: "1 2"
        ) {
            let counts = try await $0.jobs.getTaskCounts(ofJob: odd, options: request)
            return "\(counts.taskCounts.active ?? 0) \(counts.taskSlotCounts?.active ?? 0)"
        },
    ]

    private static let schedule = "/jobschedules/\(oddPath)"

    static let jobSchedules: [OperationCase] = [
        OperationCase("Batch.JobScheduleExists", .head, schedule, headers: conditionHeaders, result: "true") {
            "\(try await $0.jobSchedules.exists(odd, options: .init(conditions: conditions, call: request)))"
        },
        OperationCase(
            "Batch.DeleteJobSchedule", .delete, schedule, query: ["force": "true"], headers: conditionHeaders,
            status: 202
        ) {
            let options = BatchJobSchedulesClient.DeleteOptions(force: true, conditions: conditions, call: request)
            return describe(try await $0.jobSchedules.delete(odd, options: options))
        },
        OperationCase(
            "Batch.GetJobSchedule", .get, schedule, query: ["$select": "id,state", "$expand": "stats"],
            headers: conditionHeaders, answer: #"{"id":"s","state":"completed"}"#, result: "s true"
        ) {
            let options = BatchJobSchedulesClient.GetOptions(
                select: ["state"], expand: ["stats"], conditions: conditions, call: request)
            let schedule = try await $0.jobSchedules.get(odd, options: options)
            return "\(schedule.id) \(schedule.state == .completed)"
        },
        OperationCase(
            "Batch.UpdateJobSchedule", .patch, schedule, headers: conditionHeaders,
            body: #"{"schedule":{"recurrenceInterval":"PT1H"}}"#
        ) {
            let changes = BatchJobScheduleUpdateOptions(schedule: .init(recurrenceInterval: .seconds(3600)))
            let options = BatchJobSchedulesClient.UpdateOptions(conditions: conditions, call: request)
            return describe(try await $0.jobSchedules.update(odd, with: changes, options: options))
        },
        OperationCase(
            "Batch.ReplaceJobSchedule", .put, schedule, headers: conditionHeaders,
            body: #"{"jobSpecification":{"poolInfo":{"poolId":"p"}}}"#
        ) {
            let value = BatchJobSchedule(
                id: "s", jobSpecification: .init(poolInfo: .init(poolID: "p")), url: "never sent")
            let options = BatchJobSchedulesClient.ReplaceOptions(conditions: conditions, call: request)
            return describe(try await $0.jobSchedules.replace(odd, with: value, options: options))
        },
        OperationCase(
            "Batch.DisableJobSchedule", .post, "\(schedule)/disable", headers: conditionHeaders, status: 204
        ) {
            describe(try await $0.jobSchedules.disable(odd, options: .init(conditions: conditions, call: request)))
        },
        OperationCase("Batch.EnableJobSchedule", .post, "\(schedule)/enable", headers: conditionHeaders, status: 204) {
            describe(try await $0.jobSchedules.enable(odd, options: .init(conditions: conditions, call: request)))
        },
        OperationCase(
            "Batch.TerminateJobSchedule", .post, "\(schedule)/terminate", query: ["force": "true"],
            headers: conditionHeaders, status: 202
        ) {
            let options = BatchJobSchedulesClient.TerminateOptions(
                force: true, conditions: conditions, call: request)
            return describe(try await $0.jobSchedules.terminate(odd, options: options))
        },
        OperationCase(
            "Batch.CreateJobSchedule", .post, "/jobschedules",
            body: #"{"id":"s","jobSpecification":{"poolInfo":{"poolId":"p"}},"schedule":{"startWindow":"PT1M"}}"#,
            status: 201
        ) {
            let schedule = BatchJobScheduleCreateOptions(
                id: "s", schedule: .init(startWindow: .seconds(60)),
                jobSpecification: .init(poolInfo: .init(poolID: "p")))
            return describe(try await $0.jobSchedules.create(schedule, options: request))
        },
        OperationCase(
            "Batch.ListJobSchedules", .get, "/jobschedules",
            query: ["maxresults": "2", "$filter": "f", "$select": "id,state", "$expand": "stats"],
            answer: page(#"{"id":"a"},{"id":"b"}"#), result: "a,b"
        ) {
            let options = BatchJobSchedulesClient.ListOptions(
                maxResults: 2, filter: "f", select: ["state"], expand: ["stats"], call: request)
            return try await collect($0.jobSchedules.list(options: options)) { $0.id }
        },
    ]
}
