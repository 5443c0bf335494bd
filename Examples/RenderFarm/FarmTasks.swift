import BatchModels
import SampleSupport

/// The tasks of a farm.
///
/// A task uploads its own result, with a signature that it finds in its environment. The service can do that, too: a task
/// names its `outputFiles`, and needs no storage client then.
struct FarmTasks: Sendable {
    /// The id of the task that puts the frames together.
    static let film = "film"

    let plan: FarmPlan
    /// The URL of the container with a signature that can only write.
    let writing: String
    /// The same with one that can read, too.
    let reading: String

    /// All tasks: the frames, whose ids are their numbers, so that a range can name them, and the film, which waits.
    var all: [BatchTaskCreateOptions] {
        (0..<plan.frames).map(frame) + [filmTask]
    }

    private func frame(_ number: Int) -> BatchTaskCreateOptions {
        BatchTaskCreateOptions(
            id: String(number),
            commandLine: plan.program.command([
                "frame", "--number", String(number), "--width", String(plan.width), "--height", String(plan.height),
                "--zoom", String(plan.zoom),
            ]),
            environmentSettings: .variables(["FRAMES_URL": writing]),
            constraints: BatchTaskConstraints(maxTaskRetryCount: plan.retries))
    }

    /// It runs when all frames have succeeded, and never if one has failed for good.
    private var filmTask: BatchTaskCreateOptions {
        BatchTaskCreateOptions(
            id: Self.film,
            commandLine: plan.program.command(["film", "--frames", String(plan.frames)]),
            environmentSettings: .variables(["FRAMES_URL": reading]),
            constraints: BatchTaskConstraints(maxTaskRetryCount: plan.retries),
            dependsOn: BatchTaskDependencies(taskIDRanges: [BatchTaskIdRange(start: 0, end: plan.frames - 1)]))
    }
}
