public import AzureCore
import StorageCore

/// The choices of ``BlobContainerClient/create(waitingWhileBeingDeleted:options:)``.
public struct ContainerCreateOptions: Sendable {
    /// Names and values of the caller's own.
    public var metadata: BlobMetadata
    /// What anonymous callers may read. The default is nothing.
    public var publicAccess: PublicAccess?
    /// How the blobs are encrypted.
    public var encryptionScope: ContainerEncryptionScope?
    /// The choices of this call.
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

/// The choices of ``BlobContainerClient/delete(options:)``.
public struct ContainerDeleteOptions: Sendable {
    /// Under which conditions to delete.
    public var conditions: ContainerAccessConditions
    /// The choices of this call.
    public var call: CallOptions

    /// Creates options.
    public init(
        conditions: ContainerAccessConditions = ContainerAccessConditions(), call: CallOptions = CallOptions()
    ) {
        self.conditions = conditions
        self.call = call
    }
}

/// The choices of ``BlobContainerClient/properties(options:)``.
public struct ContainerPropertiesOptions: Sendable {
    /// The id of the lease that the caller holds; the call then fails unless it is the container's.
    public var leaseID: String?
    /// The choices of this call.
    public var call: CallOptions

    /// Creates options.
    public init(leaseID: String? = nil, call: CallOptions = CallOptions()) {
        self.leaseID = leaseID
        self.call = call
    }
}

/// The choices of ``BlobContainerClient/setMetadata(_:options:)``.
public struct ContainerSetMetadataOptions: Sendable {
    /// Under which conditions to act: the lease, and `ifModifiedSince`.
    public var conditions: ContainerAccessConditions
    /// The choices of this call.
    public var call: CallOptions

    /// Creates options.
    public init(
        conditions: ContainerAccessConditions = ContainerAccessConditions(), call: CallOptions = CallOptions()
    ) {
        self.conditions = conditions
        self.call = call
    }
}

/// The choices of ``BlobContainerClient/setAccessPolicy(storedPolicies:publicAccess:options:)``.
public struct ContainerSetAccessPolicyOptions: Sendable {
    /// Under which conditions to act.
    public var conditions: ContainerAccessConditions
    /// The choices of this call.
    public var call: CallOptions

    /// Creates options.
    public init(
        conditions: ContainerAccessConditions = ContainerAccessConditions(), call: CallOptions = CallOptions()
    ) {
        self.conditions = conditions
        self.call = call
    }
}

/// The choices of ``BlobContainerClient/rename(to:options:)``.
public struct ContainerRenameOptions: Sendable {
    /// The id of the lease that the caller holds on the container.
    public var leaseID: String?
    /// The choices of this call.
    public var call: CallOptions

    /// Creates options.
    public init(leaseID: String? = nil, call: CallOptions = CallOptions()) {
        self.leaseID = leaseID
        self.call = call
    }
}
