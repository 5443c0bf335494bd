import BatchModels
import SampleSupport

/// The tasks of a run. They are commands of a shell and awk, which every Linux node has: there is no program to bring.
///
/// A task gets the results of others as resource files. They are blobs, which the service writes after the tasks, as their
/// output files: the tasks themselves know of no storage.
struct PrimeTasks: Sendable {
    let plan: PrimePlan
    /// The URL of the container with a signature that can only write.
    let writing: String
    /// The same with one that can read and list.
    let reading: String

    /// All tasks, in an order in which they can run.
    var all: [BatchTaskCreateOptions] {
        let groups = plan.groups
        return groups.indices.flatMap { index in groups[index].map { part($0, ofGroup: index) } }
            + groups.indices.map { group($0, of: groups[$0]) } + [total(of: groups.count)]
    }

    // MARK: The first stage

    /// Searches a thousand numbers. The id is the number of the task, so that a range of ids can name it.
    private func part(_ number: Int, ofGroup group: Int) -> BatchTaskCreateOptions {
        let to = number * PrimePlan.numbersPerPart
        let from = to - PrimePlan.numbersPerPart + 1
        let search = """
            awk -v from=\(from) -v to=\(to) 'BEGIN { for (n = from; n <= to; n++) { prime = n > 1; \
            for (d = 2; prime && d * d <= n; d++) prime = n % d; if (prime) print n } }' > primes.txt
            """
        return BatchTaskCreateOptions(
            id: String(number),
            commandLine: ShellCommand.linux(misfortune(of: number) + [search, "wc -l < primes.txt"]),
            outputFiles: [
                .upload(
                    "primes.txt", to: writing, path: "parts/\(Self.digits(group))/\(Self.digits(number)).txt",
                    when: .taskSuccess),
                .upload("../std*.txt", to: writing, path: "failed/\(number)", when: .taskFailure),
            ],
            constraints: BatchTaskConstraints(maxTaskRetryCount: plan.retries))
    }

    /// What makes a task fail that has not been tried before. A retry finds the files of the first try: it comes to the
    /// same node, unless that is gone.
    private func misfortune(of number: Int) -> [String] {
        guard plan.unlucky > 0, number % plan.unlucky == 0 else { return [] }
        return ["if [ ! -e tried ]; then touch tried; echo 'task \(number) is out of luck' >&2; exit 3; fi"]
    }

    // MARK: The second and third stage

    /// Puts together what a range of tasks has found. Blobs are read when the task starts, and it starts when all of the
    /// range have succeeded.
    private func group(_ index: Int, of parts: ClosedRange<Int>) -> BatchTaskCreateOptions {
        let prefix = "parts/\(Self.digits(index))/"
        return BatchTaskCreateOptions(
            id: Self.id(ofGroup: index),
            commandLine: ShellCommand.linux("cat in/\(prefix)*.txt > primes.txt", "wc -l < primes.txt"),
            resourceFiles: [.container(reading, prefix: prefix, to: "in")],
            outputFiles: [
                .upload("primes.txt", to: writing, path: "groups/\(Self.digits(index)).txt", when: .taskSuccess)
            ],
            dependsOn: BatchTaskDependencies(
                taskIDRanges: [BatchTaskIdRange(start: parts.lowerBound, end: parts.upperBound)]))
    }

    /// Takes stock of all: how many primes, how many pairs of them two apart, and the widest gap.
    private func total(of groups: Int) -> BatchTaskCreateOptions {
        let count = """
            cat in/groups/*.txt | awk 'NR > 1 { gap = $1 - last; if (gap == 2) twins++; \
            if (gap > widest) { widest = gap; after = last } } { last = $1 } END { print NR " primes up to \(plan.last)"; \
            print twins + 0 " pairs of twins"; print "widest gap: " widest ", after " after }' > \(PrimePlan.result)
            """
        return BatchTaskCreateOptions(
            id: "total", commandLine: ShellCommand.linux(count),
            resourceFiles: [.container(reading, prefix: "groups/", to: "in")],
            outputFiles: [.upload(PrimePlan.result, to: writing, path: PrimePlan.result, when: .taskSuccess)],
            dependsOn: BatchTaskDependencies(taskIDs: (0..<groups).map(Self.id)))
    }

    private static func id(ofGroup index: Int) -> String { "group-\(index + 1)" }

    /// A number with as many digits as every other, so that names sort as numbers do.
    private static func digits(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }
}
