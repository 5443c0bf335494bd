import AzureAuth
import AzureCore
import Foundation
import Testing

/// The arguments that the official client was given, the text that it signed, and the token that it made.
struct SASVector: Decodable, Sendable, CustomTestStringConvertible {
    /// A time, as a text or as an object that holds one.
    struct Time: Decodable, Sendable {
        let date: Date?
        var timestamp: AzureTimestamp? { date.map { AzureTimestamp($0) } }

        init(from decoder: any Decoder) throws {
            if let text = try? decoder.singleValueContainer().decode(String.self) {
                date = ISO8601Date.parse(text)
            } else {
                let object = try decoder.singleValueContainer().decode([String: String].self)
                date = object["datetime"].flatMap { ISO8601Date.parse($0) }
            }
        }
    }

    struct DelegationKey: Decodable, Sendable {
        let signed_oid: String
        let signed_tid: String
        let signed_start: Time
        let signed_expiry: Time
        let signed_service: String
        let signed_version: String
        let signed_delegated_user_tid: String?
        let value: String

        var key: UserDelegationKey {
            get throws {
                try UserDelegationKey(
                    objectID: signed_oid, tenantID: signed_tid, startsOn: #require(signed_start.timestamp),
                    expiresOn: #require(signed_expiry.timestamp), service: signed_service, version: signed_version,
                    delegatedUserTenantID: signed_delegated_user_tid, value: value)
            }
        }
    }

    struct Inputs: Decodable, Sendable {
        let account_name: String
        let container_name: String?
        let blob_name: String?
        let snapshot: String?
        let version_id: String?
        let is_directory: Bool?
        let account_key: String?
        let user_delegation_key: DelegationKey?
        let permission: String?
        let expiry: Time?
        let start: Time?
        let policy_id: String?
        let ip: String?
        let `protocol`: String?
        let cache_control: String?
        let content_disposition: String?
        let content_encoding: String?
        let content_language: String?
        let content_type: String?
        let encryption_scope: String?
        let preauthorized_agent_object_id: String?
        let agent_object_id: String?
        let correlation_id: String?
        let user_delegation_oid: String?
        let request_headers: [String: String]?
        let request_query_params: [String: String]?
        let services: String?
        let resource_types: String?
    }

    let name: String
    let function: String
    let inputs: Inputs
    let stringToSign: String
    let signature: String
    let token: String

    var testDescription: String { name }

    static func load() throws -> [SASVector] {
        try ["sas-vectors", "sas-more-vectors"].flatMap { try VectorFile<SASVector>.load($0).vectors }
    }

    private var resource: BlobSAS.Resource {
        guard let blob = inputs.blob_name else { return .container }
        if inputs.is_directory == true { return .directory(blob) }
        if let version = inputs.version_id { return .version(blob: blob, version) }
        if let snapshot = inputs.snapshot { return .snapshot(blob: blob, snapshot) }
        return .blob(blob)
    }

    /// The signature for a container or a blob that the arguments describe.
    var blobSAS: BlobSAS {
        get throws {
            let permissions = try inputs.permission.map { letters in
                resource == .container
                    ? try ContainerSASPermissions(letters: letters).description
                    : try BlobSASPermissions(letters: letters).description
            }
            var sas = BlobSAS(
                container: try #require(inputs.container_name), resource: resource, permissions: permissions,
                storedPolicyID: inputs.policy_id)
            sas.startsOn = inputs.start?.timestamp
            sas.expiresOn = inputs.expiry?.timestamp
            sas.ipRange = inputs.ip
            sas.protocol = inputs.protocol.map { SASProtocol(rawValue: $0) }
            sas.encryptionScope = inputs.encryption_scope
            sas.responseHeaders = SASResponseHeaders(
                cacheControl: inputs.cache_control, contentDisposition: inputs.content_disposition,
                contentEncoding: inputs.content_encoding, contentLanguage: inputs.content_language,
                contentType: inputs.content_type)
            sas.delegation.preauthorizedAgentObjectID = inputs.preauthorized_agent_object_id
            sas.delegation.agentObjectID = inputs.agent_object_id
            sas.delegation.correlationID = inputs.correlation_id
            sas.delegation.userObjectID = inputs.user_delegation_oid
            sas.delegation.requestHeaders = inputs.request_headers ?? [:]
            sas.delegation.requestQuery = inputs.request_query_params ?? [:]
            return sas
        }
    }

    /// The signature for an account that the arguments describe.
    var accountSAS: AccountSAS {
        get throws {
            var sas = AccountSAS(
                permissions: try AccountSASPermissions(letters: inputs.permission ?? ""),
                resourceTypes: try AccountSAS.ResourceTypes(letters: inputs.resource_types ?? ""),
                expiresOn: try #require(inputs.expiry?.date))
            if let services = inputs.services { sas.services = try AccountSAS.Services(letters: services) }
            sas.startsOn = inputs.start?.timestamp
            sas.ipRange = inputs.ip
            sas.protocol = inputs.protocol.map { SASProtocol(rawValue: $0) }
            sas.encryptionScope = inputs.encryption_scope
            return sas
        }
    }
}
