import Foundation

/// What the service demands of bodies beyond names and types.
enum BatchValidation {
    /// The most characters of an id.
    static let maxID = 64
    /// The most task slots of a node.
    static let maxSlots: Int64 = 256

    /// An id that a client gives.
    static func id(_ body: JSONValue) throws {
        let id = body["id"]?.string ?? ""
        guard (1...maxID).contains(id.utf8.count),
            id.utf8.allSatisfy({ byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                    || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            })
        else {
            throw BatchServiceError.invalidProperty(
                "id", id, "It must have 1 to \(maxID) letters, digits, hyphens and underscores")
        }
    }

    /// A whole number in a range, if it is there.
    static func count(_ body: JSONValue, _ name: String, _ range: ClosedRange<Int64>) throws {
        guard let number = body[name]?.integer, !range.contains(number) else { return }
        throw BatchServiceError.invalidProperty(
            name, "\(number)", "It must be \(range.lowerBound) to \(range.upperBound)")
    }

    /// Properties that the emulator would have to act upon and does not.
    static func refuse(_ body: JSONValue, _ names: [String: String]) throws {
        for (name, what) in names.sorted(by: { $0.key < $1.key }) {
            guard let value = body[name], !value.isNull, value.array?.isEmpty != true else { continue }
            throw BatchServiceError.notImplemented(what).with("PropertyName", name)
        }
    }

    /// A duration that must be longer than nothing, if it is there.
    static func positiveDuration(_ body: JSONValue, _ name: String) throws {
        guard let text = body[name]?.string, let duration = BatchDuration.parse(text), duration <= .zero else { return }
        throw BatchServiceError.invalidProperty(name, text, "It must be longer than nothing")
    }
}

extension BatchValidation {
    static func pool(_ body: JSONValue, now: Date) throws {
        try id(body)
        try poolBody(body, now: now)
    }

    /// What a new pool is to be, whoever names it.
    static func poolBody(_ body: JSONValue, now: Date) throws {
        try count(body, "targetDedicatedNodes", 0...Int64(Int32.max))
        try count(body, "targetLowPriorityNodes", 0...Int64(Int32.max))
        guard let machine = body["virtualMachineConfiguration"], !machine.isNull else {
            throw BatchServiceError.missingProperty("virtualMachineConfiguration")
        }
        try poolChange(body, now: now)
    }

    /// What may be written to a pool at any time.
    static func poolChange(_ body: JSONValue, now: Date) throws {
        if let size = body["vmSize"]?.string, !VMSizeName.isPossible(size) {
            throw BatchServiceError.invalidProperty(
                "vmSize", size, "The specified VM size is none. Sizes have names such as 'standard_d2s_v3'")
        }
        try count(body, "taskSlotsPerNode", 1...maxSlots)
        try resizeTimeout(body)
        try userAccounts(body)
        try subnet(body["networkConfiguration"])
        if let machine = body["virtualMachineConfiguration"], !machine.isNull { try image(machine, now: now) }
        if let startTask = body["startTask"], !startTask.isNull {
            try commandLine(startTask, at: "startTask.")
            try files(startTask)
            try environment(startTask["environmentSettings"])
            try count(startTask, "maxTaskRetryCount", -1...Int64(Int32.max))
        }
    }

    private static func image(_ machine: JSONValue, now: Date) throws {
        let wanted = machine["imageReference"] ?? [:]
        // Images of one's own are taken as they are: tasks run on this machine whatever the image.
        try ownImage(wanted)
        let own = ["virtualMachineImageId", "sharedGalleryImageId", "communityGalleryImageId"]
        if own.contains(where: { !(wanted[$0] ?? .null).isNull }) { return }
        func name(_ key: String, _ json: JSONValue) -> String { json[key]?.string?.lowercased() ?? "" }
        let image = BatchSupportedImages.list(now: now).first { image in
            let reference = image["imageReference"] ?? [:]
            return ["publisher", "offer", "sku"].allSatisfy { name($0, reference) == name($0, wanted) }
        }
        guard let image else {
            throw BatchServiceError.invalidProperty(
                "imageReference", ["publisher", "offer", "sku"].map { name($0, wanted) }.joined(separator: " "),
                "The specified image is not supported; see the list of supported images")
        }
        guard name("nodeAgentSKUId", image) == name("nodeAgentSKUId", machine) else {
            throw BatchServiceError.invalidProperty(
                "nodeAgentSKUId", machine["nodeAgentSKUId"]?.string ?? "",
                "The node agent does not fit the image, which needs '\(image["nodeAgentSKUId"]?.string ?? "")'")
        }
    }
}

extension BatchValidation {
    static func job(_ body: JSONValue) throws {
        try id(body)
        try jobSpecification(body)
    }

    /// What a new job has besides its id.
    static func jobSpecification(_ body: JSONValue) throws {
        try jobChange(body)
        try jobSupport(body)
        try environment(body["commonEnvironmentSettings"])
    }

    /// What may be written to a job at any time.
    static func jobChange(_ body: JSONValue) throws {
        if let priority = body["priority"]?.integer, !(-1000...1000).contains(priority) {
            throw BatchServiceError(400, "OutOfRangePriority", "The priority of the job is out of range.")
                .with("PropertyName", "priority").with("PropertyValue", "\(priority)")
        }
        if body["maxParallelTasks"]?.integer == 0 {
            throw BatchServiceError.invalidProperty("maxParallelTasks", "0", "It must be -1 or more than 0")
        }
        try count(body, "maxParallelTasks", -1...Int64(Int32.max))
        if let constraints = body["constraints"], !constraints.isNull {
            try positiveDuration(constraints, "maxWallClockTime")
            try count(constraints, "maxTaskRetryCount", -1...Int64(Int32.max))
        }
        guard let pool = body["poolInfo"], !pool.isNull else { return }
        guard (pool["autoPoolSpecification"] ?? .null).isNull else { return }
        if pool["poolId"]?.string?.isEmpty ?? true { throw BatchServiceError.missingProperty("poolInfo.poolId") }
    }

    static func task(_ body: JSONValue) throws {
        try id(body)
        try commandLine(body, at: "")
        try instances(body["multiInstanceSettings"])
        try outputFiles(body["outputFiles"])
        try files(body)
        try environment(body["environmentSettings"])
        try count(body, "requiredSlots", 1...maxSlots)
        try constraints(body["constraints"])
    }

    /// What a task depends on.
    static func dependencies(_ dependencies: JSONValue?) throws {
        let ids = dependencies?["taskIds"]?.array ?? []
        guard ids.reduce(0, { $0 + ($1.string?.count ?? 0) }) <= TaskDependencies.maxCharacters else {
            throw BatchServiceError.dependencyListTooLong
        }
        let ranges = dependencies?["taskIdRanges"]?.array ?? []
        guard ranges.count <= TaskDependencies.maxRanges else { throw BatchServiceError.dependencyRangesTooLong }
        for range in ranges {
            guard let start = range["start"]?.integer, let end = range["end"]?.integer, start < 0 || end < start else {
                continue
            }
            throw BatchServiceError.invalidProperty(
                "taskIdRanges", "\(start) to \(end)", "It must not start below 0, nor end before it starts")
        }
    }

    /// The limits of a task.
    static func constraints(_ constraints: JSONValue?) throws {
        guard let constraints, !constraints.isNull else { return }
        try positiveDuration(constraints, "maxWallClockTime")
        try count(constraints, "maxTaskRetryCount", -1...Int64(Int32.max))
        guard let text = constraints["retentionTime"]?.string, let time = BatchDuration.parse(text), time < .zero
        else { return }
        throw BatchServiceError.invalidProperty("retentionTime", text, "It must not be negative")
    }

    static func commandLine(_ body: JSONValue, _ name: String = "commandLine", at path: String) throws {
        let line = body[name]?.string ?? ""
        guard !line.allSatisfy(\.isWhitespace), !line.utf8.contains(0) else {
            throw BatchServiceError.invalidProperty("\(path)\(name)", line, "It must name a program")
        }
    }

    static func environment(_ settings: JSONValue?) throws {
        for setting in settings?.array ?? [] {
            let name = setting["name"]?.string ?? ""
            let value = setting["value"]?.string ?? ""
            guard !name.isEmpty, !name.hasByte("="), !name.utf8.contains(0), !value.utf8.contains(0) else {
                throw BatchServiceError.invalidProperty("environmentSettings", name, "It is no name of a variable")
            }
        }
    }

    static func files(_ body: JSONValue, _ name: String = "resourceFiles") throws {
        for file in body[name]?.array ?? [] {
            let sources = ["httpUrl", "storageContainerUrl", "autoStorageContainerName"].filter {
                !(file[$0] ?? .null).isNull
            }
            guard sources.count == 1 else {
                throw BatchServiceError.invalidProperty(
                    name, sources.joined(separator: ", "),
                    "Each must have exactly one of httpUrl, storageContainerUrl and autoStorageContainerName")
            }
            try refuse(file, ["identityReference": "identities"])
            let path = file["filePath"]?.string
            if sources == ["httpUrl"], path?.isEmpty ?? true { throw BatchServiceError.missingProperty("filePath") }
            if let path, !path.isEmpty, path != ".", !ResourceFile.isSafe(path) {
                throw BatchServiceError.invalidProperty("filePath", path, "It must stay below the working directory")
            }
            if let mode = file["fileMode"]?.string, UInt32(mode, radix: 8).map({ $0 > 0o7777 }) ?? true {
                throw BatchServiceError.invalidProperty("fileMode", mode, "It must be an octal number")
            }
        }
    }
}
