import AzureCore

/// The applications of the account, with their versions.
struct ApplicationCatalog: Sendable {
    /// An application. The version that was given last is the one that is meant where none is named.
    struct Application: Sendable {
        let id: String
        var packages: [ApplicationPackage]
    }

    private(set) var applications = BatchTable<Application>()

    /// An account without any.
    init() {}

    /// Checks and sorts packages.
    ///
    /// - Throws: An `AzureError` with `invalidArgument` for an id or a version that the service would not take, or one
    ///   that is there twice.
    init(_ packages: [EmulatedApplicationPackage]) throws {
        for package in packages {
            guard Self.isName(package.applicationID, allowing: "-_"), Self.isName(package.version, allowing: "-_.")
            else {
                throw AzureError.invalidArgument(
                    "'\(package.applicationID)' in the version '\(package.version)' is no application: ids have 1 to 64 "
                        + "letters, digits, hyphens and underscores, versions may have dots, too.")
            }
            let record = ApplicationPackage(
                id: package.applicationID, version: package.version, path: package.path)
            applications.insert(Application(id: record.id, packages: []), id: record.id)
            guard find(record.id, record.version) == nil else {
                throw AzureError.invalidArgument(
                    "The application '\(record.id)' has the version '\(record.version)' twice.")
            }
            applications[record.id]?.packages.append(record)
        }
    }

    private static func isName(_ text: String, allowing others: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.allSatisfy { ($0.isASCII && ($0.isLetter || $0.isNumber)) || others.contains($0) }
            && text.contains { $0 != "." }
    }

    /// A version of an application, or without one the last.
    func find(_ id: String, _ version: String?) -> ApplicationPackage? {
        guard let application = applications[id] else { return nil }
        guard let version, !version.isEmpty else {
            guard var package = application.packages.last else { return nil }
            package.isDefault = true
            return package
        }
        return application.packages.first { $0.version.lowercased() == version.lowercased() }
    }

    /// The packages that a pool or a task refers to.
    ///
    /// - Throws: A ``BatchServiceError`` when the account has one of them not.
    func packages(of body: JSONValue) throws -> [ApplicationPackage] {
        try (body["applicationPackageReferences"]?.array ?? []).map { reference in
            guard let package = find(reference["applicationId"]?.string ?? "", reference["version"]?.string) else {
                throw BatchServiceError.packagesNotFound
            }
            return package
        }
    }

    /// Checks the packages that a job brings along, for its pool and for its manager.
    ///
    /// - Throws: A ``BatchServiceError`` when the account has one of them not.
    func checkPackages(ofJob job: JSONValue) throws {
        _ = try packages(of: job["poolInfo"]?["autoPoolSpecification"]?["pool"] ?? .null)
        _ = try packages(of: job["jobManagerTask"] ?? .null)
    }
}
