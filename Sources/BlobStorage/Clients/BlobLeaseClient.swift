public import AzureCore
import HTTPTypes
import StorageCore

import struct Foundation.URL

/// The client for the lease of a blob or a container. While a lease is held, only requests with its id may write or
/// delete.
///
/// The client does not store the id: ``acquire(duration:proposedID:options:)`` returns it, and other calls take it in
/// their conditions.
public struct BlobLeaseClient: Sendable {
    private enum Target: Sendable {
        case blob(BlobClient)
        case container(BlobContainerClient)
    }

    /// A lease that was acquired, renewed or changed.
    public struct Lease: Sendable, Hashable {
        /// The id of the lease.
        public var id: String
        /// The ETag of the blob or container.
        public var etag: ETag?
        /// The time of the last change.
        public var lastModified: AzureTimestamp?
        /// The answer's general header fields.
        public var response: ResponseInfo
    }

    /// The result of releasing or breaking a lease.
    public struct Ending: Sendable, Hashable {
        /// The remaining time of the lease; zero when it has ended.
        public var remaining: Duration
        /// The ETag of the blob or container.
        public var etag: ETag?
        /// The time of the last change.
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

    /// Acquires the lease.
    ///
    /// Without a proposed id it is unknown after a lost response who holds the lease; the call is not retried then,
    /// unless ``AzureCore/CallOptions/isSafeToRetry`` says so.
    ///
    /// - Parameters:
    ///   - duration: 15 to 60 whole seconds; nil, the default, for a lease that lasts until it is released or broken.
    ///   - proposedID: The id of the lease, a UUID. The default lets the service choose one.
    ///   - options: Conditions and more; for a container dates only.
    /// - Throws: An ``AzureCore/AzureError``, with ``AzureCore/AzureErrorCode/leaseAlreadyPresent`` when somebody else
    ///   holds it.
    ///
    /// REST operation: Lease Blob, Lease Container.
    public func acquire(
        duration: Duration? = nil, proposedID: String? = nil, options: BlobLeaseOptions = BlobLeaseOptions()
    ) async throws -> Lease {
        let seconds = try duration.map {
            try Self.seconds($0, in: 15...60, "A lease holds for 15 to 60 whole seconds, or without end")
        }
        var request = try request("acquire", success: 201, options)
        request.isUnsafe = proposedID == nil
        request.headers.set(.leaseDuration, seconds ?? -1)
        try request.headers.set(.proposedLeaseID, proposedID)
        return try lease(try await connection.send(request).head)
    }

    /// Renews a lease: its duration starts again.
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

    /// Changes the id of a lease.
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

    /// Releases a lease.
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

    /// Breaks a lease, whoever holds it.
    ///
    /// - Parameters:
    ///   - period: The remaining time of the lease, 0 to 60 whole seconds. The default is its own remaining time, or
    ///     zero for an infinite lease.
    ///   - options: Conditions and more.
    /// - Returns: The remaining time of the lease, and more.
    ///
    /// REST operation: Lease Blob, Lease Container.
    @discardableResult
    public func breakLease(
        after period: Duration? = nil, options: BlobLeaseOptions = BlobLeaseOptions()
    ) async throws -> Ending {
        let seconds = try period.map {
            try Self.seconds($0, in: 0...60, "A lease that is broken ends within 0 to 60 whole seconds")
        }
        var request = try request("break", success: 202, options)
        request.headers.set(.leaseBreakPeriod, seconds)
        return Ending(try await connection.send(request).head)
    }

    /// The seconds of a time that is one of a lease.
    private static func seconds(_ time: Duration, in range: ClosedRange<Int64>, _ rule: String) throws -> Int64 {
        guard let seconds = time.wholeSeconds, range.contains(seconds) else {
            throw AzureError.invalidArgument("\(rule); not \(time.formattedSeconds).")
        }
        return seconds
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

/// Options for the operations of a lease.
public struct BlobLeaseOptions: Sendable {
    /// Under which conditions to act. The lease of a container supports dates only; `leaseID` is not supported, since
    /// the calls take it as an argument.
    public var conditions: BlobAccessConditions
    /// Options of this call.
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
