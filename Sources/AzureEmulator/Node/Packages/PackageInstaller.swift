import AzureCore
import Foundation

/// Unpacks application packages on nodes, each once on each.
actor PackageInstaller {
    /// What is unpacked, or being unpacked, by directory.
    private var installs: [String: Task<Void, any Error>] = [:]

    /// Sees to it that packages are on a node.
    ///
    /// - Throws: A ``TaskFailure``.
    func install(_ packages: [ApplicationPackage], on layout: NodeLayout) async throws {
        for package in packages {
            let directory = layout.application(package)
            let install =
                installs[directory]
                ?? Task {
                    await FileTree.removeLater(layout.relative(directory), below: layout.emulatorRoot)
                    try await Self.archive(package.path).unpack(
                        into: layout.relative(directory), below: layout.emulatorRoot)
                }
            installs[directory] = install
            do {
                try await install.value
            } catch {
                // Another try may find another file.
                if installs[directory] == install { installs[directory] = nil }
                throw TaskFailure.packageFailed(package, "\((error as? AzureError)?.message ?? "\(error)")")
            }
        }
    }

    /// Forgets what was on a node that is gone.
    func forget(_ layout: NodeLayout) {
        installs = installs.filter { !$0.key.hasPrefix("\(layout.root)/") }
    }

    private static func archive(_ path: String) async throws -> ZipArchive {
        try await BlockingIO.run {
            guard let file = NodeFile(path) else { throw ZipProblem("There is no file '\(path)'") }
            return try ZipArchive(
                ZipSource(size: file.status.size) { offset, count in try file.read(at: offset, count: count) })
        }
    }
}

extension FileTree {
    fileprivate static func removeLater(_ path: String, below root: String) async {
        _ = try? await BlockingIO.run { remove(path, below: root) }
    }
}

extension NodeLayout {
    /// Where the files of an application package are.
    func application(_ package: ApplicationPackage) -> String {
        "\(root)/applications/\(package.id.lowercased())/\(package.version.lowercased())"
    }
}

extension TaskFailure {
    /// An application package could not be had.
    static func packageFailed(_ package: ApplicationPackage, _ reason: String) -> TaskFailure {
        TaskFailure(
            .user, "ApplicationPackageError", "One or more application packages specified for the pool are invalid",
            details: [
                Detail(name: "ApplicationPackageReference", value: "\(package.id):\(package.version)"),
                Detail(name: "Message", value: reason),
            ])
    }
}
