import AzureCore
import BatchModels

/// Whether a pool can still get to run tasks, and if not, why.
enum PoolCheck {
    /// The properties of a node that the checks need.
    static let nodeProperties = ["id", "state", "startTaskInfo", "errors"]
    /// The properties of a pool that the checks need.
    static let poolProperties = [
        "id", "state", "allocationState", "resizeErrors", "currentDedicatedNodes", "currentLowPriorityNodes",
        "autoScaleRun", "enableAutoScale", "targetDedicatedNodes", "targetLowPriorityNodes",
    ]

    static func currentNodes(of pool: BatchPool) -> Int {
        (pool.currentDedicatedNodes ?? 0).clampedAdding(pool.currentLowPriorityNodes ?? 0)
    }

    static func targetNodes(of pool: BatchPool) -> Int {
        (pool.targetDedicatedNodes ?? 0).clampedAdding(pool.targetLowPriorityNodes ?? 0)
    }

    static func refuseDeleted(_ pool: BatchPool) throws {
        guard pool.state == .deleting else { return }
        throw AzureError(
            service: .batch, code: .poolBeingDeleted, message: "Pool '\(pool.id)' is being deleted.",
            resource: pool.url)
    }

    /// The error of the last resize; nil when it did not fail. A resize that was stopped did not.
    static func resizeError(of pool: BatchPool) -> AzureError? {
        guard let first = pool.resizeErrors?.first(where: { $0.code?.lowercased() != "resizestopped" }) else {
            return nil
        }
        return AzureError(
            service: .batch, code: AzureErrorCode(first.code ?? "ResizeFailed"),
            message: "Pool '\(pool.id)' could not be resized: \(first.message ?? "no reason was given")",
            resource: pool.url, details: (first.values ?? []).asDetails)
    }

    /// The reason why a pool without nodes will not get any by itself: its resize or its formula failed, or it should
    /// have none.
    static func reasonForNoNodes(of pool: BatchPool) -> AzureError? {
        guard currentNodes(of: pool) == 0, pool.allocationState == .steady else { return nil }
        if let error = resizeError(of: pool) { return error }
        guard let failure = pool.autoScaleRun?.error else {
            guard pool.enableAutoScale == false, targetNodes(of: pool) == 0 else { return nil }
            return AzureError(
                service: .batch, code: .waitingInVain,
                message: "Pool '\(pool.id)' has no nodes and is to have none: resize it, or let it scale by itself.",
                resource: pool.url)
        }
        return AzureError(
            service: .batch, code: AzureErrorCode(failure.code ?? "InvalidAutoScalingSettings"),
            message: "The formula of pool '\(pool.id)' failed: \(failure.message ?? "no reason was given")",
            resource: pool.url, details: (failure.values ?? []).asDetails)
    }

    static func canRunTasks(_ node: BatchNode) -> Bool {
        node.state == .idle || node.state == .running
    }

    private static func isLost(_ node: BatchNode) -> Bool {
        node.state == .startTaskFailed || node.state == .unusable
    }

    /// The reason why none of these nodes, which are all of a pool that does not scale by itself, will take tasks: each
    /// is lost, offline or deallocated, and nothing but a call changes that.
    static func reasonForIdleness(of nodes: [BatchNode], pool: BatchPool) -> AzureError? {
        let isOff = { (node: BatchNode) in node.state == .offline || node.state == .deallocated }
        guard pool.enableAutoScale == false, let first = nodes.first(where: isOff),
            nodes.allSatisfy({ isLost($0) || isOff($0) })
        else { return nil }
        let state = first.state?.rawValue ?? ""
        return AzureError(
            service: .batch, code: .nodeStateUnusable,
            message: "None of the \(nodes.count) nodes of pool '\(pool.id)' takes tasks; '\(first.id)' is \(state). "
                + "Enable scheduling on it, or start it.",
            resource: first.url)
    }

    /// The reason why a number of nodes cannot be had, when too many of them are lost.
    static func nodeError(of nodes: [BatchNode], wanted: Int, poolID: String) -> AzureError? {
        let lost = nodes.filter(isLost)
        guard let first = lost.first(where: { $0.state == .startTaskFailed }) ?? lost.first,
            nodes.count - lost.count < wanted
        else { return nil }
        let count = "\(lost.count) of the \(nodes.count) nodes of pool '\(poolID)'"
        guard first.state == .startTaskFailed else {
            let error = first.errors?.first
            return AzureError(
                service: .batch, code: .nodeStateUnusable,
                message: "\(count) cannot be used; '\(first.id)': \(error?.message ?? "no reason was given")",
                resource: first.url, details: (error?.errorDetails ?? []).asDetails)
        }
        let failure = BatchStartTaskFailure(first, poolID: poolID)
        var reasons: [String] = []
        if let exitCode = failure.exitCode { reasons.append("exit code \(exitCode)") }
        if let message = failure.failureInfo?.message { reasons.append(message) }
        return AzureError(
            service: .batch, code: .nodeStateUnusable,
            message: "The start task failed on \(count), or they cannot be used; '\(first.id)': "
                + (reasons.isEmpty ? "no reason was given" : reasons.joined(separator: ", ")),
            resource: first.url, details: (failure.failureInfo?.details ?? []).asDetails, underlying: failure)
    }
}

// MARK: What the last look found

extension PoolCheck {
    static func sentence(about pool: BatchPool) -> String {
        "At the last look it was '\(pool.allocationState?.rawValue ?? "unknown")', with \(currentNodes(of: pool)) of "
            + "\(targetNodes(of: pool)) nodes."
    }

    static func sentence(about states: [BatchNodeState: Int], wanted: Int, of pool: BatchPool) -> String {
        let counts = states.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.value) \($0.key.rawValue)" }
        let resizing = pool.allocationState.flatMap { $0 == .steady ? nil : ", while the pool was '\($0.rawValue)'" }
        return "At the last look \(counts.isEmpty ? "there was none" : counts.joined(separator: ", ")), "
            + "of \(wanted) that are to be ready\(resizing ?? "")."
    }
}

extension [NameValuePair] {
    /// As the details of an error, without secrets.
    var asDetails: [AzureError.Detail] {
        map { .init(key: Redactor.text($0.name ?? ""), value: Redactor.text($0.value ?? "")) }
    }
}
