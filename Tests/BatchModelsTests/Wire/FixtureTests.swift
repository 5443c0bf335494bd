import AzureCore
import BatchModels
import Foundation
import Testing

@Suite("Answers as the service gives them")
struct FixtureTests {
    /// Decodes, encodes and decodes again.
    private func roundTrip<Model: BatchModel>(_ json: String, as type: Model.Type = Model.self) throws -> Model {
        let model: Model = try decode(json)
        let again = try BatchJSON.decode(Model.self, from: try JSONEncoder().encode(model))
        #expect(again == model)
        return model
    }

    @Test("a pool, with a resize error, times of all lengths and enums in other cases")
    func pool() throws {
        let pool: BatchPool = try roundTrip(Fixtures.pool)
        #expect(pool.id == "pool-1")
        #expect(pool.state == .active)
        #expect(pool.allocationState == .steady)
        #expect(pool.resizeErrors?.first?.code == "AccountCoreQuotaReached")
        #expect(pool.resizeErrors?.first?.values?.first?.name == "Limit")
        #expect(pool.resizeTimeout == .seconds(900))
        #expect(pool.taskSchedulingPolicy?.nodeFillType == .spread)
        #expect(pool.virtualMachineConfiguration?.imageReference?.exactVersion == "24.04.202511010")
        #expect(pool.virtualMachineConfiguration?.nodePlacementConfiguration?.policy == .regional)
        #expect(pool.startTask?.userIdentity == .poolAdmin)
        #expect(pool.networkConfiguration?.dynamicVNetAssignmentScope == .noScope)
        #expect(pool.identity?.type == .noIdentity)
        #expect(pool.poolStatistics?.resourceStatistics?.diskReadIOPS == 4_611_686_018_427_387_904)
    }

    @Test("a job, with a wall clock time that means no limit")
    func job() throws {
        let job: BatchJob = try roundTrip(Fixtures.job)
        #expect(job.state == .active)
        #expect(job.allTasksCompleteMode == .noAction)
        #expect(job.constraints?.maxWallClockTime?.duration?.components.seconds == 922_337_203_685)
        #expect(job.constraints?.maxWallClockTime?.duration?.components.attoseconds == 477_580_700_000_000_000)
        #expect(job.poolInfo?.poolID == "pool-1")
        #expect(job.jobStatistics?.succeededTasksCount == 12)
        #expect(job.jobStatistics?.readIOGiB == 0.5)
    }

    @Test("a task that failed")
    func task() throws {
        let task: BatchTask = try roundTrip(Fixtures.task)
        #expect(task.state == .completed)
        #expect(task.executionInfo?.result == .failure)
        #expect(task.executionInfo?.exitCode == -1_073_741_510)
        #expect(task.executionInfo?.failureInfo?.category == .userError)
        #expect(task.executionInfo?.failureInfo?.details?.first?.value == "The task exited with a failure code")
        #expect(task.dependsOn?.taskIDRanges?.first?.end == 10)
        #expect(task.exitConditions?.default?.jobAction == .noAction)
    }

    @Test("a node on which the start task failed")
    func node() throws {
        let node: BatchNode = try roundTrip(Fixtures.node)
        #expect(node.state == .startTaskFailed)
        #expect(node.startTaskInfo?.exitCode == 1)
        #expect(node.endpointConfiguration?.inboundEndpoints?.first?.protocol == .tcp)
        #expect(node.errors?.first?.errorDetails?.isEmpty == true)
    }

    @Test("a job schedule, task counts, a file, a subtask, a status of preparation tasks")
    func others() throws {
        let schedule: BatchJobSchedule = try roundTrip(Fixtures.schedule)
        #expect(schedule.schedule?.recurrenceInterval == .seconds(3600))
        #expect(schedule.executionInfo?.recentJob?.id == "schedule:job-1")
        let counts: BatchTaskCountsResult = try roundTrip(Fixtures.taskCounts)
        #expect(counts.taskCounts.completed == 7)
        #expect(counts.taskSlotCounts?.active == 2)
        let file: BatchNodeFile = try roundTrip(Fixtures.file)
        #expect(file.properties?.contentLength == 5_368_709_121)
        #expect(file.isDirectory == false)
        let subtask: BatchSubtask = try roundTrip(#"{"id":2,"state":"Running","exitCode":0}"#)
        #expect(subtask.id == 2)
        #expect(subtask.state == .running)
        let status: BatchJobPreparationAndReleaseTaskStatus = try roundTrip(Fixtures.preparationStatus)
        #expect(status.nodeID == "tvmps_1")
        #expect(status.jobPreparationTaskExecutionInfo?.state == .completed)
    }
}
