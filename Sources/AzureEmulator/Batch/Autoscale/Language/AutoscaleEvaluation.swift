/// What came of an evaluation. When there is an error, the pool is to stay as it is.
struct AutoscaleEvaluation: Sendable, Hashable {
    let targetDedicated: Int
    let targetLowPriority: Int
    let removal: NodeRemoval
    /// All variables as the service writes them: its own first, then those of the formula by name.
    let results: String
    let error: AutoscaleError?
}

extension AutoscaleFormula {
    /// Evaluates the formula. The same environment and the same random numbers give the same result.
    ///
    /// - Parameters:
    ///   - environment: The time, the pool and what was measured of it.
    ///   - random: Gives a number from 0 to 1 for each call of `rand()`.
    func evaluate(
        in environment: AutoscaleEnvironment, random: @escaping () -> Double = { .random(in: 0..<1) }
    ) -> AutoscaleEvaluation {
        var evaluator = AutoscaleEvaluator(environment: environment, random: random)
        do throws(AutoscaleError) {
            try evaluator.run(steps)
            return try evaluator.evaluation()
        } catch {
            return evaluator.evaluation(of: error)
        }
    }
}
