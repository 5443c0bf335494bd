#if DEBUG
import AzureCore
import BatchModels
import BatchService
import Foundation

/// Every operation of the Batch client, by the name under which inputs ask for it.
enum BatchCalls {
    struct Call: Sendable {
        let name: String
        /// What an answer to it can be.
        let answer: String
        let run: @Sendable (BatchClient, WaitOptions) async throws -> Void

        /// What is read of a result is printed, too: a description must not fail.
        init(
            _ name: String, _ answer: String = "",
            _ run: @escaping @Sendable (BatchClient) async throws -> any Sendable
        ) {
            self.init(waiting: name, answer) { client, _ in try await run(client) }
        }

        init(
            waiting name: String, _ answer: String = "",
            _ run: @escaping @Sendable (BatchClient, WaitOptions) async throws -> any Sendable
        ) {
            self.name = name
            self.answer = answer
            self.run = { _ = "\(try await run($0, $1))" }
        }
    }

    static let all =
        poolCalls + nodeCalls + jobCalls + scheduleCalls + taskCalls + fileCalls + accountCalls + waitingCalls

    private static let byName = Dictionary(all.map { ($0.name, $0) }) { $1 }

    static func named(_ name: String) -> Call? { byName[name] }

    private static let head = """
        200
        ETag: "0x8D"
        Last-Modified: Fri, 02 Jan 2026 03:04:05 GMT
        request-id: s-1
        client-request-id: c-1
        DataServiceId: https://d
        ocp-creation-time: Thu, 01 Jan 2026 00:00:00 GMT
        ocp-batch-file-isdirectory: True
        ocp-batch-file-mode: 100644
        ocp-batch-file-url: https%3A%2F%2Fh%2Ff
        Content-Type: application/json


        """

    private static let refused = """
        503
        Retry-After: 1

        {"odata.metadata":"m","code":"ServerBusy","message":{"lang":"en-US","value":"No.\\nRequestId:s-2\\nTime:\
        2026-01-02T03:04:05.1234567Z"},"values":[{"key":"Reason","value":"https://h/?sig=s3cret"}]}
        """

    static let seeds: [[UInt8]] =
        all.map { Array("\($0.name)\u{1E}\(head)\($0.answer)".utf8) }
        + all.prefix(5).map { Array("\($0.name)\u{1E}\(refused)\u{1E}\(head)\($0.answer)".utf8) }

    /// Reads a list to its end, up to a number of items.
    private static func read<Items: AsyncSequence>(_ items: Items) async throws -> Int {
        var count = 0
        for try await item in items {
            _ = "\(item)"
            count += 1
            if count == 1000 { break }
        }
        return count
    }

    private static let poolCalls: [Call] = [
        Call("pools.listUsageMetrics", JSONSeeds.page(#"{"poolId":"p","startTime":"2026-01-02T00:00:00Z"}"#)) {
            try await read($0.pools.listUsageMetrics())
        },
        Call("pools.create") { try await $0.pools.create(BatchPoolCreateOptions(id: "p", vmSize: "a")) },
        Call("pools.list", JSONSeeds.page(JSONSeeds.pool, next: "/pools?$skiptoken=p")) {
            try await read($0.pools.list())
        },
        Call("pools.delete") { try await $0.pools.delete("p") },
        Call("pools.exists") { try await $0.pools.exists("p") },
        Call("pools.get", JSONSeeds.pool) { try await $0.pools.get("p") },
        Call("pools.update") { try await $0.pools.update("p", with: BatchPoolUpdateOptions()) },
        Call("pools.disableAutoScale") { try await $0.pools.disableAutoScale("p") },
        Call("pools.enableAutoScale") {
            try await $0.pools.enableAutoScale("p", with: BatchPoolEnableAutoScaleOptions(autoScaleFormula: "$a=1;"))
        },
        Call("pools.evaluateAutoScale", #"{"timestamp":"2026-01-02T00:00:00.1234567Z","results":"$a=1"}"#) {
            try await $0.pools.evaluateAutoScale("p", with: .init(autoScaleFormula: "$a=1;"))
        },
        Call("pools.resize") { try await $0.pools.resize("p", to: BatchPoolResizeOptions(targetDedicatedNodes: 3)) },
        Call("pools.stopResize") { try await $0.pools.stopResize("p") },
        Call("pools.replaceProperties") {
            try await $0.pools.replaceProperties(
                "p", with: BatchPoolReplaceOptions(applicationPackageReferences: [], metadata: []))
        },
        Call("pools.removeNodes") {
            try await $0.pools.removeNodes(BatchNodeRemoveOptions(nodeIDs: ["n"]), fromPool: "p")
        },
    ]

    private static let nodeCalls: [Call] = [
        Call("nodes.createUser") {
            try await $0.nodes.createUser(BatchNodeUserCreateOptions(name: "u"), onNode: "n", inPool: "p")
        },
        Call("nodes.deleteUser") { try await $0.nodes.deleteUser("u", onNode: "n", inPool: "p") },
        Call("nodes.replaceUser") {
            try await $0.nodes.replaceUser("u", onNode: "n", inPool: "p", with: .init(sshPublicKey: "k"))
        },
        Call("nodes.get", JSONSeeds.node) { try await $0.nodes.get("n", inPool: "p") },
        Call("nodes.reboot") { try await $0.nodes.reboot("n", inPool: "p") },
        Call("nodes.start") { try await $0.nodes.start("n", inPool: "p") },
        Call("nodes.reimage") { try await $0.nodes.reimage("n", inPool: "p") },
        Call("nodes.deallocate") { try await $0.nodes.deallocate("n", inPool: "p") },
        Call("nodes.disableScheduling") { try await $0.nodes.disableScheduling("n", inPool: "p") },
        Call("nodes.enableScheduling") { try await $0.nodes.enableScheduling("n", inPool: "p") },
        Call("nodes.remoteLogin", #"{"remoteLoginIPAddress":"1.2.3.4","remoteLoginPort":50000}"#) {
            try await $0.nodes.getRemoteLoginSettings("n", inPool: "p")
        },
        Call("nodes.uploadLogs", #"{"virtualDirectoryName":"d","numberOfFilesUploaded":3}"#) {
            let logs = UploadBatchServiceLogsOptions(
                containerURL: "https://c?sig=x", startTime: AzureTimestamp(Date(timeIntervalSince1970: 1_767_312_000)))
            return try await $0.nodes.uploadLogs(logs, ofNode: "n", inPool: "p")
        },
        Call("nodes.list", JSONSeeds.page(JSONSeeds.node)) { try await read($0.nodes.list(inPool: "p")) },
        Call("nodes.getExtension", #"{"provisioningState":"Succeeded","instanceView":{"name":"n"}}"#) {
            try await $0.nodes.getExtension("e", onNode: "n", inPool: "p")
        },
        Call("nodes.listExtensions", JSONSeeds.page(#"{"vmExtension":{"name":"e","settings":"{}"}}"#)) {
            try await read($0.nodes.listExtensions(onNode: "n", inPool: "p"))
        },
    ]

    private static let jobCalls: [Call] = [
        Call("jobs.delete") { try await $0.jobs.delete("j") },
        Call("jobs.get", JSONSeeds.job) { try await $0.jobs.get("j") },
        Call("jobs.update") { try await $0.jobs.update("j", with: .init(priority: 1)) },
        Call("jobs.replace") {
            try await $0.jobs.replace("j", with: BatchJob(id: "j", poolInfo: .init(poolID: "p")))
        },
        Call("jobs.disable") { try await $0.jobs.disable("j", with: .init(disableTasks: .wait)) },
        Call("jobs.enable") { try await $0.jobs.enable("j") },
        Call("jobs.terminate") { try await $0.jobs.terminate("j") },
        Call("jobs.create") { try await $0.jobs.create(BatchJobCreateOptions(id: "j", poolInfo: .init(poolID: "p"))) },
        Call("jobs.list", JSONSeeds.page(JSONSeeds.job, next: "https://account.region.batch.azure.com/jobs?a=b")) {
            try await read($0.jobs.list())
        },
        Call("jobs.listFromSchedule", JSONSeeds.page(JSONSeeds.job)) {
            try await read($0.jobs.list(fromSchedule: "s"))
        },
        Call("jobs.preparationStatus", JSONSeeds.page(#"{"poolId":"p","nodeId":"n"}"#)) {
            try await read($0.jobs.listPreparationAndReleaseTaskStatus(ofJob: "j"))
        },
        Call(
            "jobs.taskCounts",
            #"{"taskCounts":{"active":1,"running":2,"completed":9223372036854775807},"taskSlotCounts":{"active":2}}"#
        ) { try await $0.jobs.getTaskCounts(ofJob: "j") },
    ]

    private static let scheduleCalls: [Call] = [
        Call("schedules.exists") { try await $0.jobSchedules.exists("s") },
        Call("schedules.delete") { try await $0.jobSchedules.delete("s") },
        Call("schedules.get", JSONSeeds.schedule) { try await $0.jobSchedules.get("s") },
        Call("schedules.update") { try await $0.jobSchedules.update("s", with: BatchJobScheduleUpdateOptions()) },
        Call("schedules.replace") {
            try await $0.jobSchedules.replace(
                "s", with: BatchJobSchedule(id: "s", jobSpecification: .init(poolInfo: .init(poolID: "p"))))
        },
        Call("schedules.disable") { try await $0.jobSchedules.disable("s") },
        Call("schedules.enable") { try await $0.jobSchedules.enable("s") },
        Call("schedules.terminate") { try await $0.jobSchedules.terminate("s") },
        Call("schedules.create") {
            try await $0.jobSchedules.create(
                BatchJobScheduleCreateOptions(
                    id: "s", schedule: .init(), jobSpecification: .init(poolInfo: .init(poolID: "p"))))
        },
        Call("schedules.list", JSONSeeds.page(JSONSeeds.schedule)) { try await read($0.jobSchedules.list()) },
    ]

    private static let created =
        #"{"value":[{"status":"Success","taskId":"t","eTag":"0x1"},{"status":"ClientError","#
        + #""taskId":"u","error":{"code":"TaskExists","message":{"value":"m"}}}]}"#

    private static let taskCalls: [Call] = [
        Call("tasks.create") {
            try await $0.tasks.create(BatchTaskCreateOptions(id: "t", commandLine: "c"), inJob: "j")
        },
        Call("tasks.list", JSONSeeds.page(JSONSeeds.task)) { try await read($0.tasks.list(inJob: "j")) },
        Call("tasks.createCollection", created) {
            try await $0.tasks.createCollection(
                BatchTaskGroup(values: [.init(id: "t", commandLine: "c")]), inJob: "j")
        },
        Call("tasks.delete") { try await $0.tasks.delete("t", inJob: "j") },
        Call("tasks.get", JSONSeeds.task) { try await $0.tasks.get("t", inJob: "j") },
        Call("tasks.replace") {
            try await $0.tasks.replace("t", inJob: "j", with: BatchTask(id: "t", commandLine: "c"))
        },
        Call("tasks.listSubtasks", JSONSeeds.page(#"{"id":1,"exitCode":-1,"state":"running"},{"id":2147483647}"#)) {
            try await read($0.tasks.listSubtasks(ofTask: "t", inJob: "j"))
        },
        Call("tasks.terminate") { try await $0.tasks.terminate("t", inJob: "j") },
        Call("tasks.reactivate") { try await $0.tasks.reactivate("t", inJob: "j") },
        Call("tasks.createMany", created) {
            try await $0.tasks.create(
                ["t", "u", "v"].map { BatchTaskCreateOptions(id: $0, commandLine: "c") }, inJob: "j")
        },
    ]

    private static let listedFiles = JSONSeeds.page(
        #"{"name":"a","isDirectory":false,"properties":{"contentLength":"7","lastModified":"2026-01-02T03:04:05Z"}}"#)

    private static let fileCalls: [Call] = [
        Call("files.deleteTaskFile") { try await $0.files.deleteTaskFile("f", ofTask: "t", inJob: "j") },
        Call("files.downloadTaskFile", "text") {
            try await $0.files.downloadTaskFile("f", ofTask: "t", inJob: "j").collect(upTo: 1 << 20)
        },
        Call("files.taskFileProperties") { try await $0.files.getTaskFileProperties("f", ofTask: "t", inJob: "j") },
        Call("files.listTaskFiles", listedFiles) { try await read($0.files.listTaskFiles(ofTask: "t", inJob: "j")) },
        Call("files.deleteNodeFile") { try await $0.files.deleteNodeFile("f", onNode: "n", inPool: "p") },
        Call("files.downloadNodeFile", "text") {
            try await $0.files.downloadNodeFile(
                "f", onNode: "n", inPool: "p", options: .init(range: .bytes(1..<3))
            ).collect(upTo: 1 << 20)
        },
        Call("files.nodeFileProperties") { try await $0.files.getNodeFileProperties("f", onNode: "n", inPool: "p") },
        Call("files.listNodeFiles", listedFiles) { try await read($0.files.listNodeFiles(onNode: "n", inPool: "p")) },
    ]

    private static let accountCalls: [Call] = [
        Call("applications.list", JSONSeeds.page(#"{"id":"a","displayName":"A","versions":["1","2"]}"#)) {
            try await read($0.applications.list())
        },
        Call("applications.get", #"{"id":"a"}"#) { try await $0.applications.get("a") },
        Call(
            "account.images", JSONSeeds.page(#"{"nodeAgentSKUId":"n","osType":"Linux","imageReference":{"offer":"o"}}"#)
        ) { try await read($0.account.listSupportedImages()) },
        Call("account.nodeCounts", JSONSeeds.page(#"{"poolId":"p","dedicated":{"idle":2,"total":2}}"#)) {
            try await read($0.account.listPoolNodeCounts())
        },
    ]

    private static let waitingCalls: [Call] = [
        Call(waiting: "pools.waitUntilSteady", JSONSeeds.pool) { try await $0.pools.waitUntilSteady("p", options: $1) },
        Call(waiting: "pools.waitUntilDeleted", JSONSeeds.pool) {
            try await $0.pools.waitUntilDeleted("p", options: $1)
        },
        Call(waiting: "jobs.waitUntilTerminated", JSONSeeds.job) {
            try await $0.jobs.waitUntilTerminated("j", options: $1)
        },
        Call(
            waiting: "jobs.waitUntilTasksCompleted",
            #"{"taskCounts":{"active":0,"running":0,"completed":1,"succeeded":1,"failed":0},"taskSlotCounts":{}}"#
        ) { try await $0.jobs.waitUntilTasksCompleted("j", options: $1) },
        Call(waiting: "nodes.waitUntilRebooted", JSONSeeds.node) {
            try await $0.nodes.waitUntilRebooted("n", inPool: "p", options: $1)
        },
    ]
}
#endif
