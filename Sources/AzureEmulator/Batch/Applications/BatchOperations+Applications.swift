extension BatchOperations {
    /// The applications of the account.
    func listApplications(_ call: BatchCall) -> BatchAnswer {
        let applications = catalog.applications.records.map { (key: $0.id, value: Self.json($0)) }
        return list(applications, kind: "applications", call: call)
    }

    /// One of them.
    func getApplication(_ call: BatchCall) throws -> BatchAnswer {
        guard let application = catalog.applications[call.ids[0]] else {
            throw BatchServiceError.notFound("Application")
        }
        return element(Self.json(application), kind: "applications", call: call, version: nil)
    }

    private static func json(_ application: ApplicationCatalog.Application) -> JSONValue {
        [
            "id": .string(application.id), "displayName": .string(application.id),
            "versions": .array(application.packages.map { .string($0.version) }),
        ]
    }
}
