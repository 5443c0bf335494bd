import AzureCore
import AzureEmulator
import AzureTesting
import BatchService
import Foundation

extension Mistake {
    static let batch: [Mistake] = [
        Mistake("The key is another account's") { stage in
            _ = try await stage.batch(key: MistakeStage.wrongKey).pools.get("pool")
        },
        Mistake("The pool's `vmSize` is none") { stage in
            try await stage.batch().pools.create(stage.pool("render", vmSize: "huge", nodes: 1))
        },
        Mistake("The pool's id has a space") { stage in
            try await stage.batch().pools.create(stage.pool("render farm", nodes: 1))
        },
        Mistake("The image is none that the service has") { stage in
            var pool = stage.pool("render", nodes: 1)
            pool.virtualMachineConfiguration?.imageReference?.sku = "30_10-lts"
            try await stage.batch().pools.create(pool)
        },
        Mistake("The pool is larger than the account's quota") { stage in
            let batch = try stage.batch()
            try await batch.pools.create(stage.pool("large", nodes: 1000))
            _ = try await batch.pools.waitUntilSteady("large")
        },
        Mistake("The pool is there already") { stage in
            try await stage.batch().pools.create(stage.pool("pool", nodes: 0))
        },
        Mistake("The pool is not there") { stage in
            _ = try await stage.batch().pools.get("elsewhere")
        },
        Mistake("The job is there already") { stage in
            try await stage.batch().jobs.create(
                BatchJobCreateOptions(id: "job", poolInfo: BatchPoolInfo(poolID: "pool")))
        },
        Mistake("The job is not there") { stage in
            try await stage.batch().tasks.create(
                BatchTaskCreateOptions(id: "frame", commandLine: "true"), inJob: "elsewhere")
        },
        Mistake("Two tasks have one id") { stage in
            let task = BatchTaskCreateOptions(id: "frame", commandLine: "true")
            try await stage.batch().tasks.create([task, task], inJob: "job")
        },
        Mistake("A task has no command line") { stage in
            try await stage.batch().tasks.create(BatchTaskCreateOptions(id: "empty", commandLine: ""), inJob: "job")
        },
        Mistake("The tasks wait for a pool that is to have no nodes") { stage in
            let batch = try stage.batch()
            try await batch.tasks.create(BatchTaskCreateOptions(id: "waits", commandLine: "true"), inJob: "job")
            _ = try await batch.jobs.waitUntilTasksCompleted("job")
        },
        Mistake("A file of a task is not there") { stage in
            _ = try await stage.batch().files.readTaskFile("stdout.txt", ofTask: "frame", inJob: "job")
        },
    ]
}
