public import AzureCore
import HTTPTypes
import StorageCore

import struct Foundation.URL

/// The lease of a blob or a container: while somebody holds it, only who names it may write or delete.
///
/// The client keeps no id: ``acquire(duration:proposedID:options:)`` returns it, and other calls take it in their
/// conditions.
public struct BlobLeaseClient: Sendable {
    private enum Target: Sendable {
        case blob(BlobClient)
        case container(BlobContainerClient)
    }

    /// A lease as the service answered.
    public struct Lease: Sendable, Hashable {
        /// The id that the holder names.
        public var id: String
        /// The version of the blob or container.
        public var etag: ETag?
        /// When it was changed last.
        public var lastModified: AzureTimestamp?
        /// The answer's general header fields.
        public var response: ResponseInfo
    }

    /// What a blob or container looks like after its lease was released or broken.
    public struct Ending: Sendable, Hashable {
        /// How long the lease still holds; zero for one that ended.
        public var remaining: Duration
        /// The version of the blob or container.
        public var etag: ETag?
        /// When it was changed last.
        public var lastModified: AzureTimestamp?
        /// The answer's general header fields.
        public var response: ResponseInfo

        init(_ head: HTTPResponse) {
            remaining = .seconds(head.headerFields.integer(.leaseTime) ?? 0)
            etag = head.headerFields.open(.eTag)
            lastModified = head.headerFields.timestamp(.lastModified)
            response = ResponseInfo(head)
        }
    }

    private let target: Target

    init(_ blob: BlobClient) {
        target = .blob(blob)
    }

    init(_ container: BlobContainerClient) {
        target = .container(container)
    }

    /// Takes the lease.
    ///
    /// Without a proposed id a lost answer leaves open who holds the lease; the call is not repeated then, unless
    /// ``AzureCore/CallOptions/isSafeToRetry`` says so.
    ///
    /// - Parameters:
    ///   - duration: 15 to 60 whole seconds; nil, the default, holds it until it is released or broken.
    ///   - proposedID: The id that it should have, a UUID. The default leaves that to the service.
    ///   - options: Conditions and more; for a container only the dates.
    /// - Throws: An ``AzureCore/AzureError``, with ``AzureCore/AzureErrorCode/leaseAlreadyPresent`` when somebody else
    ///   holds it.
    ///
    /// REST operation: Lease Blob, Lease Container.
    public func acquire(
        duration: Duration? = nil, proposedID: String? = nil, options: BlobLeaseOptions = BlobLeaseOptions()
    ) async throws -> Lease {
        let seconds = duration?.components.seconds ?? -1
        guard duration == nil || (15...60).contains(seconds) else {
            throw AzureError.invalidArgument("A lease holds for 15 to 60 seconds, or without end; not \(seconds) s.")
        }
        var request = try request("acquire", success: 201, options)
        request.isUnsafe = proposedID == nil
        request.headers.set(.leaseDuration, seconds)
        try request.headers.set(.proposedLeaseID, proposedID)
        return try lease(try await connection.send(request).head)
    }

    /// Starts the time of a lease anew.
    ///
    /// REST operation: Lease Blob, Lease Container.
    @discardableResult
    public func renew(
        _ id: String, options: BlobLeaseOptions = BlobLeaseOptions()
    ) async throws -> Lease {
        var request = try request("renew", success: 200, options)
        try request.headers.set(.leaseID, id)
        return try lease(try await connection.send(request).head)
    }

    /// Gives a lease another id.
    ///
    /// REST operation: Lease Blob, Lease Container.
    @discardableResult
    public func change(
        _ id: String, to proposedID: String, options: BlobLeaseOptions = BlobLeaseOptions()
    ) async throws -> Lease {
        var request = try request("change", success: 200, options)
        try request.headers.set(.leaseID, id)
        try request.headers.set(.proposedLeaseID, proposedID)
        return try lease(try await connection.send(request).head)
    }

    /// Gives a lease back.
    ///
    /// REST operation: Lease Blob, Lease Container.
    @discardableResult
    public func release(
        _ id: String, options: BlobLeaseOptions = BlobLeaseOptions()
    ) async throws -> Ending {
        var request = try request("release", success: 200, options)
        try request.headers.set(.leaseID, id)
        return Ending(try await connection.send(request).head)
    }

    /// Ends a lease that somebody else holds.
    ///
    /// - Parameters:
    ///   - period: How long it may hold on, 0 to 60 whole seconds. The default is what is left of it, or nothing for
    ///     one without end.
    ///   - options: Conditions and more.
    /// - Returns: How long it still holds, and more.
    ///
    /// REST operation: Lease Blob, Lease Container.
    @discardableResult
    public func breakLease(
        after period: Duration? = nil, options: BlobLeaseOptions = BlobLeaseOptions()
    ) async throws -> Ending {
        let seconds = period?.components.seconds
        guard (0...60).contains(seconds ?? 0) else {
            throw AzureError.invalidArgument("A lease that is broken ends within 0 to 60 seconds.")
        }
        var request = try request("break", success: 202, options)
        request.headers.set(.leaseBreakPeriod, seconds)
        return Ending(try await connection.send(request).head)
    }

    var connection: BlobConnection {
        switch target {
        case .blob(let blob): blob.connection
        case .container(let container): container.connection
        }
    }

    /// The address of the blob or container, as errors show it.
    var address: String {
        switch target {
        case .blob(let blob): blob.address
        case .container(let container): container.url.absoluteString
        }
    }

    /// The name of the operation, as errors show it.
    var operation: String {
        switch target {
        case .blob: "Blob.Lease"
        case .container: "Container.Lease"
        }
    }

    private func request(_ action: String, success: Int, _ options: BlobLeaseOptions) throws -> BlobRequest {
        var request: BlobRequest
        let support: BlobAccessConditions.Support
        switch target {
        case .blob(let blob):
            request = try blob.writeRequest("Blob.Lease", .put, comp: "lease", success: [success], call: options.call)
            support = [.etag, .dates, .tags]
        case .container(let container):
            request = container.request("Lease", .put, comp: "lease", success: [success], call: options.call)
            support = .dates
        }
        request.headers[.leaseAction] = action
        try options.conditions.apply(to: &request.headers, supporting: support)
        return request
    }

    private func lease(_ head: HTTPResponse) throws -> Lease {
        guard let id = head.headerFields[.leaseID], !id.isEmpty else {
            throw AzureError(
                service: .blob, code: .invalidResponse, status: head.status,
                message: "The service gave a lease and did not name it.", operation: operation, resource: address,
                requestID: head.headerFields[.requestID])
        }
        return Lease(
            id: id, etag: head.headerFields.open(.eTag), lastModified: head.headerFields.timestamp(.lastModified),
            response: ResponseInfo(head))
    }
}

/// The choices of ``BlobLeaseClient``.
public struct BlobLeaseOptions: Sendable {
    /// Under which conditions to act. The lease of a container knows the dates only; neither knows `leaseID`, which
    /// the calls take on their own.
    public var conditions: BlobAccessConditions
    /// The choices of this call.
    public var call: CallOptions

    /// Creates options.
    public init(conditions: BlobAccessConditions = BlobAccessConditions(), call: CallOptions = CallOptions()) {
        self.conditions = conditions
        self.call = call
    }
}

extension BlobClient {
    /// The lease of this blob.
    public var lease: BlobLeaseClient { BlobLeaseClient(self) }
}

extension BlobContainerClient {
    /// The lease of this container.
    public var lease: BlobLeaseClient { BlobLeaseClient(self) }
}
