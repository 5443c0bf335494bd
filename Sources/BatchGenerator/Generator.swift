/// Turns the facts into Swift files.
struct Generator {
    let specification: Specification
    /// All versions of which there are facts, from the oldest to the newest.
    let versions: [String]

    /// The files by their paths from the root of the package.
    func files() -> [String: String] {
        var result = modelFiles()
        for (group, operations) in Dictionary(grouping: specification.operations, by: \.group) {
            let file = OperationWriter(group: group, operations: operations, specification: specification)
                .write(to: emptyFile(["public import AzureCore", "public import BatchModels", "import HTTPTypes"]))
            result["Sources/BatchService/Generated/Batch\(group.capitalizedFirst)Client+Operations.swift"] = file.text
        }
        result["Sources/BatchService/Generated/AzureErrorCode+Batch.swift"] =
            ErrorCodeWriter().write(specification.errorCodes, to: emptyFile(["public import AzureCore"])).text
        result["Sources/BatchService/Generated/BatchServiceVersion+Known.swift"] =
            VersionWriter().write(versions, to: emptyFile([])).text
        return result
    }

    private func emptyFile(_ imports: [String]) -> SourceFile {
        SourceFile(facts: specification.fileName, imports: imports)
    }

    private func modelFiles() -> [String: String] {
        let writer = ModelWriter(models: Set(specification.models.keys))
        let groups = Dictionary(grouping: specification.models.keys, by: Self.modelGroup)
        var result: [String: String] = [:]
        for (group, names) in groups {
            let needsCore = names.contains { name in
                specification.models[name]?.fields.contains { FieldType.isOfCore($0.type) } == true
            }
            var file = emptyFile(needsCore ? ["public import AzureCore"] : [])
            for name in names.sorted() {
                file.line()
                if let facts = specification.models[name] { writer.write(name, facts, to: &file) }
            }
            result["Sources/BatchModels/Generated/\(group).swift"] = file.text
        }
        var enums = emptyFile([])
        for (name, facts) in specification.enums.sorted(by: { $0.key < $1.key }) {
            enums.line()
            EnumWriter().write(name, facts, to: &enums)
        }
        result["Sources/BatchModels/Generated/Enums.swift"] = enums.text
        return result
    }

    /// The file in which a model stands: the first whose beginnings fit.
    private static func modelGroup(_ name: String) -> String {
        let groups: [(file: String, beginnings: [String])] = [
            ("JobSchedules", ["BatchJobSchedule", "RecentBatchJob"]),
            ("JobTasks", ["BatchJobManager", "BatchJobPreparation", "BatchJobRelease"]),
            ("Jobs", ["BatchJob"]),
            ("PoolRequests", ["BatchPoolCreate", "BatchPoolReplace", "BatchPoolResize", "BatchPoolUpdate"]),
            ("Pools", ["BatchPool", "BatchAutoPool", "AutoScale", "ResizeError", "BatchUserAssigned"]),
            ("Nodes", ["BatchNode", "VirtualMachineInfo", "Upload", "FileProperties", "InboundEndpoint"]),
            ("Tasks", ["BatchTask", "BatchSubtask", "BatchStartTask", "BatchAffinity", "BatchCreateTask"]),
            ("TaskFiles", ["OutputFile", "ResourceFile", "Exit", "MultiInstance", "Environment"]),
            ("Errors", ["BatchError"]),
            ("Users", ["AutoUser", "User", "Linux", "WindowsUser"]),
            ("Mounts", ["AzureBlobFile", "AzureFileShare", "Cifs", "Nfs", "Mount"]),
            (
                "Network",
                ["Network", "BatchInbound", "BatchPublicIp", "IPTag"]
            ),
        ]
        return groups.first { $0.beginnings.contains { name.hasPrefix($0) } }?.file ?? "VirtualMachines"
    }
}
