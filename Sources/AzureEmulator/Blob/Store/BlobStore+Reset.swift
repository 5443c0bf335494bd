extension BlobStore {
    /// Removes everything: containers, also those that were deleted and are kept, and the settings. Tags and times that
    /// name something still do not come again.
    func reset() throws {
        mayBeUntidy = true
        try transaction {
            while case let containers = try tables.containers(in: NameRange(), withDeleted: true, limit: 1000),
                !containers.isEmpty
            {
                for container in containers { try tables.removeContainer(container.id) }
            }
            try tables.removeEndsOfDeletion()
            try tables.put(ServiceSettings())
        }
    }
}
