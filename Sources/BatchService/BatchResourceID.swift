import AzureCore
import BatchModels

/// The rule for ids that users give. It is applied to new resources only: the service's own ids, such as
/// `schedule:job-1`, are wider.
enum BatchResourceID {
    static func check(_ pool: BatchPoolCreateOptions, isNew kind: String) throws { try check(pool.id, kind) }
    static func check(_ job: BatchJobCreateOptions, isNew kind: String) throws { try check(job.id, kind) }
    static func check(_ schedule: BatchJobScheduleCreateOptions, isNew kind: String) throws {
        try check(schedule.id, kind)
    }
    static func check(_ task: BatchTaskCreateOptions, isNew kind: String) throws { try check(task.id, kind) }

    static func check(_ tasks: BatchTaskGroup, isNew kind: String) throws {
        guard tasks.values.count <= 100 else {
            throw AzureError.invalidArgument(
                "\(tasks.values.count) tasks are too many for one request; it takes 100. Pass a sequence to create(_:inJob:options:) for more."
            )
        }
        for task in tasks.values { try check(task.id, kind) }
    }

    private static func check(_ id: String, _ kind: String) throws {
        let isValid = (1...64).contains(id.utf8.count) && id.utf8.allSatisfy(isAllowed)
        guard !isValid else { return }
        let shown = id.count > 80 ? id.prefix(80) + "…" : id[...]
        throw AzureError.invalidArgument(
            "'\(shown)' cannot be the id of a \(kind): it must have 1 to 64 letters, digits, '-' and '_'"
                + (id.utf8.count > 64 ? ", and has \(id.count)." : "."))
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
