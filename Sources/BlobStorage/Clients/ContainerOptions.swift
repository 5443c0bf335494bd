public import AzureCore

/// Options for creating a container.
public struct ContainerCreateOptions: Sendable {
    /// The metadata.
    public var metadata: BlobMetadata
    /// The level of public access. The default is none.
    public var publicAccess: PublicAccess?
    /// The encryption of the blobs.
    public var encryptionScope: ContainerEncryptionScope?
    /// Options of this call.
    public var call: CallOptions

    /// Creates options.
    public init(
        metadata: BlobMetadata = [:],
        publicAccess: PublicAccess? = nil,
        encryptionScope: ContainerEncryptionScope? = nil,
        call: CallOptions = CallOptions()
    ) {
        self.metadata = metadata
        self.publicAccess = publicAccess
        self.encryptionScope = encryptionScope
        self.call = call
    }
}

/// The encryption scope of a container.
public struct ContainerEncryptionScope: Sendable, Hashable {
    /// The scope that blobs get when they name none.
    public var defaultScope: String
    /// Whether blobs may not name another one. The default is false.
    public var deniesOverride: Bool

    /// Names a scope.
    public init(defaultScope: String, deniesOverride: Bool = false) {
        self.defaultScope = defaultScope
        self.deniesOverride = deniesOverride
    }
}

/// Options for deleting a container.
public struct ContainerDeleteOptions: Sendable {
    /// Under which conditions to delete.
    public var conditions: ContainerAccessConditions
    /// Options of this call.
    public var call: CallOptions

    /// Creates options.
    public init(
        conditions: ContainerAccessConditions = ContainerAccessConditions(), call: CallOptions = CallOptions()
    ) {
        self.conditions = conditions
        self.call = call
    }
}

/// Options for reading the properties of a container.
public struct ContainerPropertiesOptions: Sendable {
    /// The id of the lease that the caller holds; the call then fails unless it is the container's.
    public var leaseID: String?
    /// Options of this call.
    public var call: CallOptions

    /// Creates options.
    public init(leaseID: String? = nil, call: CallOptions = CallOptions()) {
        self.leaseID = leaseID
        self.call = call
    }
}

/// Options for replacing the metadata of a container.
public struct ContainerSetMetadataOptions: Sendable {
    /// Conditions: the lease, and `ifModifiedSince`.
    public var conditions: ContainerAccessConditions
    /// Options of this call.
    public var call: CallOptions

    /// Creates options.
    public init(
        conditions: ContainerAccessConditions = ContainerAccessConditions(), call: CallOptions = CallOptions()
    ) {
        self.conditions = conditions
        self.call = call
    }
}

/// Options for replacing the access policy of a container.
public struct ContainerSetAccessPolicyOptions: Sendable {
    /// Under which conditions to act.
    public var conditions: ContainerAccessConditions
    /// Options of this call.
    public var call: CallOptions

    /// Creates options.
    public init(
        conditions: ContainerAccessConditions = ContainerAccessConditions(), call: CallOptions = CallOptions()
    ) {
        self.conditions = conditions
        self.call = call
    }
}

/// Options for renaming a container.
public struct ContainerRenameOptions: Sendable {
    /// The id of the lease that the caller holds on the container.
    public var leaseID: String?
    /// Options of this call.
    public var call: CallOptions

    /// Creates options.
    public init(leaseID: String? = nil, call: CallOptions = CallOptions()) {
        self.leaseID = leaseID
        self.call = call
    }
}
