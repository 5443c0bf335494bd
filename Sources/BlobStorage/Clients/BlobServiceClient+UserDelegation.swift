public import AzureAuth
public import AzureCore
import HTTPTypes
import StorageCore

public import struct Foundation.Date

extension BlobServiceClient {
    /// Gets a key that signs shared access signatures on behalf of the caller; the client needs a credential of
    /// Microsoft Entra ID.
    ///
    /// ```swift
    /// let key = try await service.userDelegationKey(expiresOn: tomorrow)
    /// let url = try blob.signedURL(permissions: .read, expiresOn: tomorrow, signedWith: key)
    /// ```
    ///
    /// - Parameters:
    ///   - startsOn: The start of the key's validity. The default is now. Fractions of a second are dropped.
    ///   - expiresOn: The end of its validity, at most seven days after the start.
    ///   - delegatedUserTenantID: The tenant of the users that signatures may be bound to.
    ///   - options: Options of this call.
    /// - Throws: An ``AzureCore/AzureError``, with ``AzureCore/AzureErrorCode/invalidArgument`` for a time that the
    ///   service does not allow.
    ///
    /// REST operation: Get User Delegation Key.
    public func userDelegationKey(
        startsOn: Date? = nil, expiresOn: Date, delegatedUserTenantID: String? = nil,
        options: CallOptions = CallOptions()
    ) async throws -> UserDelegationKey {
        let start = startsOn ?? connection.timeSource.now()
        guard expiresOn > start, expiresOn.timeIntervalSince(start) <= Self.longestDelegation else {
            throw AzureError.invalidArgument(
                "A user delegation key holds for more than no time and for seven days at most; this one would hold "
                    + "from \(ISO8601Date.formatSeconds(start)) to \(ISO8601Date.formatSeconds(expiresOn)).")
        }
        var writer = XMLWriter()
        try writer.element("KeyInfo") { writer in
            try writer.element("Start", text: ISO8601Date.formatSeconds(start))
            try writer.element("Expiry", text: ISO8601Date.formatSeconds(expiresOn))
            try writer.element("DelegatedUserTid", optional: delegatedUserTenantID)
        }
        var request = serviceRequest(
            "GetUserDelegationKey", .post, comp: "userdelegationkey", success: [200], call: options)
        request.setXML(writer.data)
        let response = try await connection.send(request)
        return try await response.readXML("UserDelegationKey") { root in
            try UserDelegationKey(
                objectID: try root.required("SignedOid"),
                tenantID: try root.required("SignedTid"),
                startsOn: AzureTimestamp(try root.required("SignedStart")),
                expiresOn: AzureTimestamp(try root.required("SignedExpiry")),
                service: try root.required("SignedService"),
                version: try root.required("SignedVersion"),
                delegatedUserTenantID: root.text("SignedDelegatedUserTid"),
                value: try root.required("Value"))
        }
    }

    /// Seven days, in seconds.
    private static let longestDelegation: Double = 7 * 24 * 3600
}
