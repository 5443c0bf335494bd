import AzureCore
import BatchModels
import BlobStorage
import Foundation
import SampleSupport

/// The tasks of a job: one that prepares a node, one for each text, one that sums up, and one that leaves the node as it
/// was.
///
/// All of them run as the same user of the node, so that the last one may remove what the first has made.
struct ProofTasks: Sendable {
    /// The exit code of a task that has found words which are not in the list. No program of the shell ends with it, so
    /// nothing else that goes wrong is taken for that.
    static let unknownWords = 10
    /// The exit code of a task whose text is none.
    static let damagedText = 3
    /// The task that sums up.
    static let summary = "summary"

    /// What the node keeps for the job: a directory that all tasks there can read, of which each job has its own.
    private static let directory = "\"$AZ_BATCH_NODE_SHARED_DIR/$AZ_BATCH_JOB_ID\""

    let plan: ProofPlan
    let storage: SampleStorage

    private var end: Date { storage.signaturesExpireOn() }

    /// The job, whose end a task can bring about, and which says what is done on each node before and after.
    func job() throws -> BatchJobCreateOptions {
        let words = storage.service.container(plan.wordContainer)
        return BatchJobCreateOptions(
            id: plan.names.job, poolInfo: BatchPoolInfo(poolID: plan.names.pool), usesTaskDependencies: true,
            jobPreparationTask: .linux(
                [
                    "mkdir -p \(Self.directory)",
                    "cat words/* | tr A-Z a-z | LC_ALL=C sort -u > \(Self.directory)/words",
                    "echo \"$(($(wc -l < \(Self.directory)/words))) words\"",
                ], resourceFiles: [try .blobs(of: words, to: "words", readableUntil: end)], as: .poolUser),
            jobReleaseTask: .linux(
                ["rm -r \(Self.directory)", "echo 'removed the words'"], as: .poolUser),
            taskFailureMode: .performExitOptionsJobAction)
    }

    /// A task for each text, and one that depends on all of them.
    func all() throws -> [BatchTaskCreateOptions] {
        try plan.texts.indices.map(proofreading) + [try summary()]
    }

    /// The id of the task for a text.
    static func id(ofText index: Int) -> String { "text-\(index + 1)" }

    /// Looks for words of a text that are not in the list: the output and the output file of the task.
    ///
    /// That there are some is a failure that does not matter to the task that sums up. Any other ends the job, as when the
    /// text is none, and nobody pays for the rest.
    private func proofreading(_ index: Int) throws -> BatchTaskCreateOptions {
        let text = plan.texts[index]
        return BatchTaskCreateOptions(
            id: Self.id(ofText: index),
            commandLine: ShellCommand.linux(
                ": > unknown.txt", "test -r text.txt && test -r \(Self.directory)/words",
                "if [ \"$(tr -d '\\000' < text.txt | wc -c)\" != \"$(wc -c < text.txt)\" ]; "
                    + "then echo 'this is no text' >&2; exit \(Self.damagedText); fi",
                "tr -cs A-Za-z '\\n' < text.txt | tr A-Z a-z | sed '/^$/d' | LC_ALL=C sort -u "
                    + "| LC_ALL=C comm -23 - \(Self.directory)/words > unknown.txt",
                "cat unknown.txt", "if [ -s unknown.txt ]; then exit \(Self.unknownWords); fi"),
            displayName: text.name,
            exitConditions: ExitConditions(
                exitCodes: [
                    ExitCodeMapping(
                        code: Self.unknownWords,
                        exitOptions: ExitOptions(jobAction: .noAction, dependencyAction: .satisfy))
                ],
                default: ExitOptions(jobAction: .terminate)),
            resourceFiles: [
                .url(try storage.readURL(of: text.name, in: plan.textContainer), to: "text.txt")
            ],
            outputFiles: [
                try .upload(
                    "unknown.txt", to: storage.service.container(plan.findingContainer),
                    path: "\(Self.id(ofText: index)).txt", writableUntil: end)
            ],
            userIdentity: .poolUser)
    }

    /// Counts in how many texts each of the unknown words is.
    private func summary() throws -> BatchTaskCreateOptions {
        let findings = storage.service.container(plan.findingContainer)
        return BatchTaskCreateOptions(
            id: Self.summary,
            commandLine: ShellCommand.linux("cat findings/* | LC_ALL=C sort | uniq -c | LC_ALL=C sort -k 1,1nr -k 2"),
            resourceFiles: [try .blobs(of: findings, to: "findings", readableUntil: end)],
            userIdentity: .poolUser,
            dependsOn: BatchTaskDependencies(taskIDs: plan.texts.indices.map(Self.id)))
    }
}
