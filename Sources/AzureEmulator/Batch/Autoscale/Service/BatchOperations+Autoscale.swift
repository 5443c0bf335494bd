import AzureCore

extension BatchOperations {
    func enableAutoscale(_ call: BatchCall) async throws -> BatchAnswer {
        let body = try await call.body()
        let formula = try body["autoScaleFormula"]?.string.map(BatchValidation.autoscaleFormula)
        let interval = try BatchValidation.autoscaleInterval(body)
        let (version, id) = try await engine.perform { state, now in
            let pool = try state.steadyPool(call)
            guard pool.takesEnabling(now: now) else { throw BatchServiceError.tooManyEnableAutoscale }
            guard let formula = formula ?? (interval == nil ? nil : pool.autoscale?.formula) else {
                throw BatchServiceError.invalidAutoscale(
                    "autoScaleFormula",
                    pool.autoscale == nil
                        ? "A pool that does not scale itself needs it" : "It or an interval must be there")
            }
            var autoscale = PoolAutoscale(
                formula: formula, interval: interval ?? pool.autoscale?.interval ?? PoolAutoscale.defaultInterval,
                names: call.autoscaleNames, now: now)
            // Only a new interval begins a new schedule.
            if interval == nil, let old = pool.autoscale { autoscale.nextEvaluation = old.nextEvaluation }
            state.enableAutoscale(pool.id, autoscale, isAsked: true, now: now)
            return (state.pools[pool.id]?.version, pool.id)
        }
        return done(200, version, at: "\(renderer.poolURL(id))/enableautoscale")
    }

    func evaluateAutoscale(_ call: BatchCall) async throws -> BatchAnswer {
        let body = try await call.body()
        let formula = try BatchValidation.autoscaleFormula(body["autoScaleFormula"]?.string ?? "")
        let (run, id) = try await engine.read { state, now in
            let pool = try state.activePool(call)
            guard pool.autoscale != nil else { throw BatchServiceError.poolDoesNotScaleItself }
            let evaluation = state.evaluate(formula, for: pool, names: call.autoscaleNames, now: now)
            return (PoolAutoscale.Run(timestamp: now, results: evaluation.results, error: evaluation.error), pool.id)
        }
        var json = renderer.autoscaleRun(run)
        json["odata.metadata"] = .string(
            "\(renderer.endpoint)/$metadata#Microsoft.Azure.Batch.Protocol.Entities.AutoScaleRun")
        var answer = done(200, at: "\(renderer.poolURL(id))/evaluateautoscale")
        answer.json = json
        return answer
    }

    func disableAutoscale(_ call: BatchCall) async throws -> BatchAnswer {
        let (version, id) = try await engine.perform { state, now in
            let pool = try state.activePool(call)
            state.disableAutoscale(pool.id, now: now)
            return (state.pools[pool.id]?.version, pool.id)
        }
        return done(200, version, at: "\(renderer.poolURL(id))/disableautoscale")
    }
}

extension BatchCall {
    /// The names that formulas have in the version of the request.
    var autoscaleNames: AutoscaleNames {
        AutoscaleNames(apiVersion: version.rawValue)
    }
}

extension BatchRenderer {
    /// What a pool says of its automatic scaling.
    func addAutoscale(_ pool: PoolRecord, to json: inout JSONValue) {
        json["enableAutoScale"] = .bool(pool.autoscale != nil)
        json["autoScaleFormula"] = pool.autoscale.map { .string($0.formula.text) }
        json["autoScaleEvaluationInterval"] = pool.autoscale.map { .string(BatchDuration.format($0.interval)) }
        json["autoScaleRun"] = pool.autoscale?.run.map(autoscaleRun)
    }

    func autoscaleRun(_ run: PoolAutoscale.Run) -> JSONValue {
        var json: JSONValue = ["results": .string(run.results)]
        json["timestamp"] = time(run.timestamp)
        json["error"] = run.error.map { error in
            [
                "code": .string(error.code), "message": .string(error.message),
                "values": [["name": "Message", "value": .string(error.detail)]],
            ]
        }
        return json
    }
}
