public import AzureCore
import HTTPTypes
import StorageCore

extension BlobContainerClient {
    /// Creates the container.
    ///
    /// - Parameters:
    ///   - wait: How long to wait while a container of that name is still being deleted. The default, nil, does not
    ///     wait.
    ///   - options: Metadata, public access and more.
    /// - Throws: An ``AzureCore/AzureError``: ``AzureCore/AzureErrorCode/containerAlreadyExists``;
    ///   ``AzureCore/AzureErrorCode/containerBeingDeleted`` while the name is still in use and `wait` is nil;
    ///   ``AzureCore/AzureErrorCode/deadlineExceeded`` when waiting takes too long.
    ///
    /// REST operation: Create Container.
    @discardableResult
    public func create(
        waitingWhileBeingDeleted wait: WaitOptions? = nil, options: ContainerCreateOptions = ContainerCreateOptions()
    ) async throws -> ContainerInfo {
        var request = request("Create", .put, success: [201], call: options.call)
        try MetadataFields.apply(options.metadata, to: &request.headers)
        try request.headers.set(.publicAccess, options.publicAccess?.rawValue)
        if let scope = options.encryptionScope {
            try request.headers.set(.defaultEncryptionScope, scope.defaultScope)
            request.headers.set(.denyEncryptionScopeOverride, scope.deniesOverride)
        }
        guard let wait else { return try await create(request) }
        return try await wait.wait(for: "the deletion of the container '\(name)'", by: connection.timeSource) {
            do {
                return .done(try await create(request))
            } catch AzureErrorCode.containerBeingDeleted {
                request.call = request.call.withoutDate
                return .pending
            }
        }
    }

    /// Creates the container. One that exists, after a try whose outcome is not known, may be what that try made.
    private func create(_ creation: BlobRequest) async throws -> ContainerInfo {
        let start = connection.timeSource.uptime()
        do {
            return ContainerInfo(try await connection.send(creation).head)
        } catch let error as AzureError where error.code == .containerAlreadyExists && error.earlierTryMayHaveActed {
            var look = request("GetProperties", .get, success: [200], call: creation.call.forLooking)
            look.answersContent = false
            do {
                let head = try await connection.send(look).head
                let time = connection.time(of: head, since: start)
                let verdict = CreatedBlobTrace(of: creation.headers).verdict(on: head.headerFields, since: time)
                if verdict == .alike { return ContainerInfo(head) }
            } catch is AzureError {
                // Whoever may create containers need not be allowed to look at them.
            }
            throw error
        }
    }

    /// Creates the container unless it exists.
    ///
    /// - Parameters:
    ///   - wait: How long to wait while a container of that name is still being deleted. The default, nil, does not
    ///     wait.
    ///   - options: Metadata, public access and more, for a new container.
    /// - Returns: Whether the container is new.
    /// - Throws: An ``AzureCore/AzureError`` as ``create(waitingWhileBeingDeleted:options:)`` throws, but not when the
    ///   container exists.
    ///
    /// REST operation: Create Container.
    @discardableResult
    public func createIfNotExists(
        waitingWhileBeingDeleted wait: WaitOptions? = nil, options: ContainerCreateOptions = ContainerCreateOptions()
    ) async throws -> Bool {
        do {
            try await create(waitingWhileBeingDeleted: wait, options: options)
            return true
        } catch AzureErrorCode.containerAlreadyExists {
            return false
        } catch AzureErrorCode.resourceAlreadyExists {
            return false
        }
    }

    /// Deletes the container with all its blobs. The deletion takes some time, and the name cannot be used again before
    /// it has ended.
    ///
    /// - Parameter options: Conditions and more.
    /// - Throws: An ``AzureCore/AzureError``, with ``AzureCore/AzureErrorCode/containerNotFound`` when the container
    ///   does not exist.
    ///
    /// REST operation: Delete Container.
    @discardableResult
    public func delete(
        options: ContainerDeleteOptions = ContainerDeleteOptions()
    ) async throws -> ResponseInfo {
        var request = request("Delete", .delete, success: [202], call: options.call)
        try options.conditions.apply(to: &request.headers)
        return ResponseInfo(try await connection.send(request).head)
    }

    /// Deletes the container if it exists.
    ///
    /// - Parameter options: Conditions and more.
    /// - Returns: Whether it existed and was not being deleted already. True as well when it is gone after a try without
    ///   an answer, which may have deleted it.
    ///
    /// REST operation: Delete Container.
    @discardableResult
    public func deleteIfExists(options: ContainerDeleteOptions = ContainerDeleteOptions()) async throws -> Bool {
        do {
            try await delete(options: options)
            return true
        } catch let error as AzureError where error.meansAbsent || error.code == .containerBeingDeleted {
            // What is gone after a try whose outcome is not known is taken for the work of that try.
            return error.earlierTryMayHaveActed
        }
    }

    /// Whether the container exists. One that is being deleted does not.
    ///
    /// - Parameter options: Options of this call.
    ///
    /// REST operation: Get Container Properties.
    public func exists(options: CallOptions = CallOptions()) async throws -> Bool {
        do {
            _ = try await properties(options: ContainerPropertiesOptions(call: options))
            return true
        } catch let error as AzureError where error.meansAbsent || error.code == .containerBeingDeleted {
            return false
        }
    }

    /// Gets the properties and the metadata of the container.
    ///
    /// - Parameter options: A lease and more.
    /// - Throws: An ``AzureCore/AzureError``, with ``AzureCore/AzureErrorCode/containerNotFound`` when the container
    ///   does not exist.
    ///
    /// REST operation: Get Container Properties.
    public func properties(
        options: ContainerPropertiesOptions = ContainerPropertiesOptions()
    ) async throws -> ContainerProperties {
        var request = request("GetProperties", .get, success: [200], call: options.call)
        request.answersContent = false
        try request.headers.set(.leaseID, options.leaseID)
        return ContainerProperties(try await connection.send(request).head)
    }

    /// Replaces the metadata of the container.
    ///
    /// - Parameters:
    ///   - metadata: The new metadata.
    ///   - options: Conditions and more.
    ///
    /// REST operation: Set Container Metadata.
    @discardableResult
    public func setMetadata(
        _ metadata: BlobMetadata, options: ContainerSetMetadataOptions = ContainerSetMetadataOptions()
    ) async throws -> ContainerInfo {
        var request = request("SetMetadata", .put, comp: "metadata", success: [200], call: options.call)
        try MetadataFields.apply(metadata, to: &request.headers)
        try options.conditions.apply(to: &request.headers, supporting: [.modified, .lease])
        return ContainerInfo(try await connection.send(request).head)
    }
}

extension AzureError {
    /// Whether the service said that what was asked for does not exist.
    var meansAbsent: Bool {
        status(from: .blob) == .notFound
    }
}
