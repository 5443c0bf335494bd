import AzureCore
import BatchModels

import struct Foundation.Data

/// A task on its way to the service.
struct PendingTask: Sendable {
    /// Its place in the sequence.
    let index: Int
    let task: BatchTaskCreateOptions
    /// The task as it goes out.
    let json: Data
    /// How many tries have failed.
    var failedTries = 0
    /// Whether a try may have created it although no answer came.
    var mayBeCreated = false
}

/// The tasks of one request.
struct TaskParcel: Sendable {
    /// The most tasks that a request can take.
    static let taskLimit = 100

    private static let opening = Data(#"{"value":["#.utf8)
    private static let closing = Data("]}".utf8)

    let tasks: [PendingTask]
    /// When it may be sent, in the time source's uptime.
    var notBefore: Duration = .zero
    /// How often the number of requests had been cut when it was sent.
    var epoch = 0

    init(tasks: [PendingTask]) {
        self.tasks = tasks
    }

    /// How large a request is.
    struct Size {
        /// The size limit of one request, with some room: the service's limit is 1 MB.
        static let byteLimit = 1_000_000

        private(set) var tasks = 0
        private(set) var bytes = TaskParcel.opening.count + TaskParcel.closing.count

        /// Adds a task if it fits. The first always does: if it is too large, the service says so.
        mutating func add(_ taskBytes: Int, taskLimit: Int) -> Bool {
            let added = taskBytes + (tasks == 0 ? 0 : 1)
            guard tasks == 0 || (tasks < taskLimit && bytes + added <= Self.byteLimit) else { return false }
            tasks += 1
            bytes += added
            return true
        }
    }

    /// The body of the request.
    var body: Data {
        var body = Data(capacity: tasks.reduce(Self.opening.count + Self.closing.count) { $0 + $1.json.count + 1 })
        body.append(Self.opening)
        for (position, task) in tasks.enumerated() {
            if position > 0 { body.append(UInt8(ascii: ",")) }
            body.append(task.json)
        }
        body.append(Self.closing)
        return body
    }
}

/// The outcome of one request.
enum ParcelOutcome: Sendable {
    /// The service answered for each task.
    case results([BatchTaskCreateResult], ErrorContext)
    /// The request was too large.
    case tooLarge(AzureError)
    /// It failed, and another try may succeed.
    case transient(AzureError, isThrottled: Bool, mayHaveActed: Bool, retryAfter: Duration?)
    /// It failed, and every other request would.
    case fatal(AzureError)
    /// The caller's task was cancelled before it was sent.
    case unsent
    /// The caller's task was cancelled while it was under way.
    case cancelled
}
