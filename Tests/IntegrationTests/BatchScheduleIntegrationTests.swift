import AzureAuth
import AzureCore
import AzureEmulator
import BatchModels
import BatchService
import Testing

@Suite("Batch job schedules through the client", .timeLimit(.minutes(3)))
struct BatchScheduleIntegrationTests {
    @Test("A schedule makes a job, is changed, listed and asked for, and ends with its job")
    func schedule() async throws {
        try await withInProcessEmulator { emulator, transport in
            let key = try BatchSharedKey(accountName: emulator.batchAccount, key: emulator.batchKey)
            let batch = try BatchClient(
                endpoint: emulator.batchEndpoint, credential: .sharedKey(key),
                options: .init(pipeline: PipelineOptions(transport: transport)))
            var specification = BatchJobSpecification(poolInfo: BatchPoolInfo(poolID: "pool"))
            specification.priority = 7
            var times = BatchJobScheduleConfiguration()
            times.recurrenceInterval = "PT24H"
            try await batch.jobSchedules.create(
                BatchJobScheduleCreateOptions(id: "nightly", schedule: times, jobSpecification: specification))

            let schedule = try await batch.jobSchedules.get("nightly")
            #expect(schedule.state == .active && schedule.schedule?.recurrenceInterval == "P1D")
            let job = try #require(schedule.executionInfo?.recentJob?.id)
            #expect(job == "nightly:job-1" && schedule.executionInfo?.nextRunTime != nil)
            #expect(try await batch.jobs.get(job).priority == 7)

            try await batch.jobSchedules.disable("nightly")
            #expect(try await batch.jobSchedules.get("nightly").state == .disabled)
            try await batch.jobSchedules.enable("nightly")
            var ids: [String] = []
            for try await schedule in batch.jobSchedules.list() { ids.append(schedule.id) }
            #expect(ids == ["nightly"])

            try await batch.jobSchedules.terminate("nightly")
            let ended = try await batch.jobSchedules.get("nightly")
            #expect(ended.state == .completed && ended.executionInfo?.endTime != nil)
            #expect(try await batch.jobs.get(job).state == .completed)
            try await batch.jobSchedules.delete("nightly")
            #expect(try await !batch.jobSchedules.exists("nightly"))
        }
    }
}
