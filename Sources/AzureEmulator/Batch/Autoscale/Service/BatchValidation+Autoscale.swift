import Foundation

extension BatchValidation {
    /// How a new pool scales itself; nil when it has the nodes that the body says.
    ///
    /// - Throws: A ``BatchServiceError``.
    static func autoscale(_ body: JSONValue, names: AutoscaleNames, now: Date) throws -> PoolAutoscale? {
        let formula = body["autoScaleFormula"] ?? .null
        let interval = try autoscaleInterval(body)
        guard body["enableAutoScale"]?.bool == true else {
            for name in ["autoScaleFormula", "autoScaleEvaluationInterval"] where !(body[name] ?? .null).isNull {
                throw BatchServiceError.invalidAutoscale(name, "It is for pools with 'enableAutoScale'")
            }
            return nil
        }
        for name in ["targetDedicatedNodes", "targetLowPriorityNodes"] where !(body[name] ?? .null).isNull {
            throw BatchServiceError.invalidAutoscale(name, "It is for pools without 'enableAutoScale'")
        }
        guard let text = formula.string else {
            throw BatchServiceError.invalidAutoscale("autoScaleFormula", "A pool with 'enableAutoScale' needs it")
        }
        return PoolAutoscale(
            formula: try autoscaleFormula(text), interval: interval ?? PoolAutoscale.defaultInterval, names: names,
            now: now)
    }

    /// Reads a formula.
    ///
    /// - Throws: A ``BatchServiceError``.
    static func autoscaleFormula(_ text: String) throws -> AutoscaleFormula {
        do throws(AutoscaleError) {
            return try AutoscaleFormula(text)
        } catch {
            throw BatchServiceError(400, error.code, error.message).with("Message", error.detail)
        }
    }

    /// The time between evaluations, if the body says it.
    ///
    /// - Throws: A ``BatchServiceError``.
    static func autoscaleInterval(_ body: JSONValue) throws -> Duration? {
        let name = "autoScaleEvaluationInterval"
        guard let text = body[name]?.string, let interval = BatchDuration.parse(text) else { return nil }
        guard PoolAutoscale.intervals.contains(interval) else {
            throw BatchServiceError.invalidProperty(name, text, "It must be 5 minutes to 168 hours")
        }
        return interval
    }
}

extension BatchServiceError {
    /// Settings that do not go together.
    static func invalidAutoscale(_ name: String, _ reason: String) -> BatchServiceError {
        BatchServiceError(400, "InvalidAutoScalingSettings", "The specified auto-scaling settings are not valid.")
            .with("PropertyName", name).with("Reason", reason)
    }

    static let tooManyEnableAutoscale = BatchServiceError(
        503, "TooManyEnableAutoScaleRequests", "Too many Enable Pool AutoScale requests are issued on the pool.")

    static let poolScalesItself = conflict(
        "OperationInvalidForCurrentState", "The specified pool scales itself; disable automatic scaling first.")

    static let poolDoesNotScaleItself = conflict(
        "OperationInvalidForCurrentState", "Automatic scaling is not enabled on the specified pool.")
}
