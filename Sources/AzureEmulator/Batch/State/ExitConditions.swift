/// What is to follow from the way a task ends.
struct ExitConditions: Sendable, Hashable {
    /// What becomes of the job.
    enum JobAction: String, Sendable {
        case none, disable, terminate
    }

    /// What becomes of the tasks that depend on it.
    enum DependencyAction: String, Sendable {
        case satisfy, block
    }

    /// What one way of ending leads to; nil for what the service does then.
    struct Options: Sendable, Hashable {
        var jobAction: JobAction?
        var dependencyAction: DependencyAction?

        fileprivate init?(_ json: JSONValue?) {
            guard let json, !json.isNull else { return nil }
            jobAction = json["jobAction"]?.string.flatMap { JobAction(rawValue: $0.lowercased()) }
            dependencyAction = json["dependencyAction"]?.string.flatMap { DependencyAction(rawValue: $0.lowercased()) }
        }
    }

    private struct Mapping: Sendable, Hashable {
        let codes: ClosedRange<Int64>
        let options: Options
    }

    private let codes: [Mapping]
    private let ranges: [Mapping]
    private let preProcessingError: Options?
    private let fileUploadError: Options?
    private let other: Options?

    /// Reads them from the body of a request that has been checked; nil when there are none.
    init?(_ json: JSONValue?) {
        guard let json, !json.isNull else { return nil }
        codes = (json["exitCodes"]?.array ?? []).compactMap { mapping in
            guard let code = mapping["code"]?.integer, let options = Options(mapping["exitOptions"]) else { return nil }
            return Mapping(codes: code...code, options: options)
        }
        ranges = (json["exitCodeRanges"]?.array ?? []).compactMap { mapping in
            guard let start = mapping["start"]?.integer, let end = mapping["end"]?.integer, start <= end,
                let options = Options(mapping["exitOptions"])
            else { return nil }
            return Mapping(codes: start...end, options: options)
        }
        preProcessingError = Options(json["preProcessingError"])
        fileUploadError = Options(json["fileUploadError"])
        other = Options(json["default"])
    }

    /// What follows from an outcome; nil when nothing was said of it. An exit code that is named comes before a failed
    /// upload.
    func options(after outcome: TaskOutcome) -> Options? {
        if let code = outcome.exitCode.map(Int64.init),
            let mapping = (codes + ranges).first(where: { $0.codes.contains(code) })
        {
            return mapping.options
        }
        if outcome.hasUploadFailed { return fileUploadError ?? other }
        if outcome.exitCode == nil { return preProcessingError ?? other }
        return outcome.failure == nil ? nil : other
    }
}
