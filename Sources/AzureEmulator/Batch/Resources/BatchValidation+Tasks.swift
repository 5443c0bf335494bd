import HTTPTypes

extension BatchValidation {
    /// The output files of a task.
    static func outputFiles(_ files: JSONValue?) throws {
        for file in files?.array ?? [] {
            let pattern = file["filePattern"]?.string ?? ""
            guard (1...FilePattern.maxLength).contains(pattern.utf8.count) else {
                throw BatchServiceError.invalidProperty(
                    "filePattern", String(pattern.prefix(100)),
                    "It must name files, with at most \(FilePattern.maxLength) bytes")
            }
            guard let container = file["destination"]?["container"], !container.isNull else {
                throw BatchServiceError.missingProperty("outputFiles.destination.container")
            }
            try refuse(container, ["identityReference": "identities"])
            let url = container["containerUrl"]?.string ?? ""
            guard NodeRequests.isAddress(url) else {
                throw BatchServiceError.invalidProperty("containerUrl", url, "It must be the address of a container")
            }
            for header in container["uploadHeaders"]?.array ?? [] {
                let name = header["name"]?.string ?? ""
                guard let field = HTTPField.Name(name), field != .contentLength, field != .authorization else {
                    throw BatchServiceError.invalidProperty("uploadHeaders", name, "It is no name of a header field")
                }
                let value = header["value"]?.string ?? ""
                guard HTTPField.isValidValue(value) else {
                    throw BatchServiceError.invalidProperty("uploadHeaders", value, "It is no value of a header field")
                }
            }
        }
    }

    /// The settings of a multi-instance task.
    static func instances(_ settings: JSONValue?) throws {
        guard let settings, !settings.isNull else { return }
        try count(settings, "numberOfInstances", 1...Int64(Int32.max))
        try commandLine(settings, "coordinationCommandLine", at: "multiInstanceSettings.")
        try files(settings, "commonResourceFiles")
    }

    /// What is to follow from the ways in which a task can end, in a job that does something about it.
    static func exitConditions(_ task: JSONValue, in job: JobRecord) throws {
        guard let conditions = task["exitConditions"], !conditions.isNull else { return }
        let mapped = ["exitCodes", "exitCodeRanges"].flatMap { conditions[$0]?.array ?? [] }
        for range in conditions["exitCodeRanges"]?.array ?? [] {
            guard let start = range["start"]?.integer, let end = range["end"]?.integer, end < start else { continue }
            throw BatchServiceError.invalidProperty(
                "exitCodeRanges", "\(start) to \(end)", "It must not end before it starts")
        }
        let all =
            mapped.compactMap { $0["exitOptions"] }
            + ["preProcessingError", "fileUploadError", "default"].compactMap { conditions[$0] }
        for options in all {
            if !job.actsOnFailures, let action = options["jobAction"]?.string {
                throw BatchServiceError.invalidProperty(
                    "jobAction", action, "The job does not act on tasks that fail: its onTaskFailure is 'noaction'")
            }
            if !job.usesDependencies, let action = options["dependencyAction"]?.string {
                throw BatchServiceError.invalidProperty(
                    "dependencyAction", action, "The job does not use task dependencies")
            }
        }
    }
}
