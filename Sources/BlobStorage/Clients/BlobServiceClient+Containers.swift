public import AzureCore
import HTTPTypes
import StorageCore

extension BlobServiceClient {
    /// Restores a soft-deleted container under its original name.
    ///
    /// ```swift
    /// for try await item in service.listContainers(options: .init(include: .deleted)) where item.isDeleted {
    ///     try await service.undeleteContainer(item.name, version: item.version ?? "")
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - version: The version that the list of containers shows for it.
    ///   - options: Options of this call.
    /// - Returns: The client of the container.
    /// - Throws: An ``AzureCore/AzureError``, with ``AzureCore/AzureErrorCode/containerAlreadyExists`` when a container
    ///   of that name exists again.
    ///
    /// REST operation: Restore Container.
    @discardableResult
    public func undeleteContainer(
        _ name: String, version: String, options: CallOptions = CallOptions()
    ) async throws -> BlobContainerClient {
        guard !version.isEmpty else {
            throw AzureError.invalidArgument(
                "The version of the deleted container '\(name.prefix(80))' is empty; a list with deleted containers "
                    + "shows it.")
        }
        let container = container(name)
        var request = container.request("Undelete", .put, comp: "undelete", success: [201], call: options)
        try request.headers.set(.deletedContainerName, name)
        try request.headers.set(.deletedContainerVersion, version)
        _ = try await connection.send(request)
        return container
    }
}

extension BlobContainerClient {
    /// Renames the container with all its blobs.
    ///
    /// - Parameters:
    ///   - newName: The new name.
    ///   - options: A lease and more.
    /// - Returns: The client of the renamed container; this client keeps the old name.
    ///
    /// REST operation: Rename Container.
    @discardableResult
    public func rename(
        to newName: String, options: ContainerRenameOptions = ContainerRenameOptions()
    ) async throws -> BlobContainerClient {
        try Checks.containerName(name)
        let renamed = service.container(newName)
        var request = renamed.request("Rename", .put, comp: "rename", success: [200], call: options.call)
        // A lost answer leaves open whether the old name is there; a second try would then fail with an error that
        // says it is not.
        request.isUnsafe = true
        try request.headers.set(.sourceContainerName, name)
        try request.headers.set(.sourceLeaseID, options.leaseID)
        _ = try await connection.send(request)
        return renamed
    }
}
