extension BatchSchema {
    /// The objects of requests about automatic scaling.
    static let autoscaleModels = """
        BatchPoolEnableAutoScaleOptions
            autoScaleFormula string, autoScaleEvaluationInterval duration
        BatchPoolEvaluateAutoScaleOptions
            autoScaleFormula string!
        """
}
