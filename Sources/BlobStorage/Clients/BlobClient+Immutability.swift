public import AzureCore
import HTTPTypes
import StorageCore

extension BlobClient {
    /// Sets the immutability policy, which prevents changes and deletion of the blob, snapshot or version until a date.
    ///
    /// The container must support version-level immutability.
    ///
    /// - Parameters:
    ///   - policy: The date, which is required, and the mode: ``ImmutabilityPolicyMode/unlocked``, the default, or
    ///     ``ImmutabilityPolicyMode/locked``, which can only be extended.
    ///   - options: A condition and more.
    /// - Returns: The policy that holds now.
    /// - Throws: An ``AzureCore/AzureError``.
    ///
    /// REST operation: Set Blob Immutability Policy.
    @discardableResult
    public func setImmutabilityPolicy(
        _ policy: ImmutabilityPolicy, options: BlobImmutabilityOptions = BlobImmutabilityOptions()
    ) async throws -> ImmutabilityPolicy {
        var request = request(
            "Blob.SetImmutabilityPolicy", .put, comp: "immutabilityPolicies", success: [200], call: options.call)
        try BlobProperties.Immutability(policy: policy).apply(to: &request.headers)
        try request.headers.set(.ifUnmodifiedSince, options.ifUnmodifiedSince)
        let fields = try await connection.send(request).head.headerFields
        return ImmutabilityPolicy(
            expiresOn: fields.timestamp(.immutabilityUntil), mode: fields.open(.immutabilityMode))
    }

    /// Removes the immutability policy of the blob, snapshot or version, which must not be locked.
    ///
    /// - Parameter options: Options of this call.
    ///
    /// REST operation: Delete Blob Immutability Policy.
    @discardableResult
    public func deleteImmutabilityPolicy(options: CallOptions = CallOptions()) async throws -> ResponseInfo {
        let request = request(
            "Blob.DeleteImmutabilityPolicy", .delete, comp: "immutabilityPolicies", success: [200], call: options)
        return ResponseInfo(try await connection.send(request).head)
    }

    /// Sets or removes a legal hold, which prevents changes and deletion of the blob, snapshot or version until it is
    /// removed.
    ///
    /// - Parameters:
    ///   - isHeld: Whether to set or to remove the hold.
    ///   - options: Options of this call.
    /// - Returns: Whether there is a hold after the call.
    ///
    /// REST operation: Set Blob Legal Hold.
    @discardableResult
    public func setLegalHold(_ isHeld: Bool, options: CallOptions = CallOptions()) async throws -> Bool {
        var request = request("Blob.SetLegalHold", .put, comp: "legalhold", success: [200], call: options)
        request.headers.set(.legalHold, isHeld)
        return try await connection.send(request).head.headerFields.bool(.legalHold) ?? isHeld
    }
}

/// Options for setting an immutability policy.
public struct BlobImmutabilityOptions: Sendable {
    /// The blob was not changed since then. Fractions of a second are dropped.
    public var ifUnmodifiedSince: AzureTimestamp?
    /// Options of this call.
    public var call: CallOptions

    /// Creates options.
    public init(ifUnmodifiedSince: AzureTimestamp? = nil, call: CallOptions = CallOptions()) {
        self.ifUnmodifiedSince = ifUnmodifiedSince
        self.call = call
    }
}
