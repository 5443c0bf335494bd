import AzureAuth
import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import HTTPTypes

extension OperationCase {
    static let container: [OperationCase] = [
        OperationCase(
            "container.create", .put, "/pictures", query: ["restype": "container"],
            headers: [
                "x-ms-meta-Owner": "me", "x-ms-blob-public-access": "blob", "x-ms-default-encryption-scope": "scope",
                "x-ms-deny-encryption-scope-override": "true",
            ],
            status: 201, result: containerInfo
        ) {
            try await $0.container.create(
                options: .init(
                    metadata: ["Owner": "me"], publicAccess: .blob,
                    encryptionScope: .init(defaultScope: "scope", deniesOverride: true), call: call))
        },
        OperationCase(
            "container.get_properties", .get, "/pictures", query: ["restype": "container"],
            headers: ["x-ms-lease-id": "lease"],
            answerHeaders: [
                "x-ms-meta-Owner": "me", "x-ms-lease-duration": "fixed", "x-ms-lease-state": "leased",
                "x-ms-lease-status": "locked", "x-ms-blob-public-access": "container",
                "x-ms-has-immutability-policy": "true", "x-ms-has-legal-hold": "false",
                "x-ms-default-encryption-scope": "scope", "x-ms-deny-encryption-scope-override": "true",
                "x-ms-immutable-storage-with-versioning-enabled": "true",
            ],
            result: containerInfo.merging([
                "metadata[Owner]": "me", "lease.duration": "fixed", "lease.state": "leased", "lease.status": "locked",
                "publicAccess": "container", "hasImmutabilityPolicy": "true", "hasLegalHold": "false",
                "defaultEncryptionScope": "scope", "deniesEncryptionScopeOverride": "true",
                "isImmutableStorageWithVersioningEnabled": "true",
            ]) { $1 }
        ) { try await $0.container.properties(options: .init(leaseID: "lease", call: call)) },
        OperationCase(
            "container.delete", .delete, "/pictures", query: ["restype": "container"],
            headers: dateConditionHeaders.merging(["x-ms-lease-id": "lease"]) { $1 }, status: 202,
            result: commonResult("")
        ) { try await $0.container.delete(options: .init(conditions: containerConditions, call: call)) },
        OperationCase(
            "container.set_metadata", .put, "/pictures", query: ["restype": "container", "comp": "metadata"],
            headers: ["x-ms-meta-a": "b", "x-ms-lease-id": "lease", "If-Modified-Since": dateText],
            result: containerInfo
        ) {
            try await $0.container.setMetadata(
                ["a": "b"],
                options: .init(conditions: .init(ifModifiedSince: .init(date), leaseID: "lease"), call: call))
        },
        OperationCase(
            "container.get_access_policy", .get, "/pictures", query: ["restype": "container", "comp": "acl"],
            headers: ["x-ms-lease-id": "lease"], answerHeaders: ["x-ms-blob-public-access": "container"],
            answer: """
                <?xml version="1.0" encoding="utf-8"?><SignedIdentifiers><SignedIdentifier><Id>one</Id><AccessPolicy>
                <Start>2026-01-02T03:04:05.0000000Z</Start><Expiry>2026-01-03T00:00:00.0000000Z</Expiry>
                <Permission>rl</Permission></AccessPolicy></SignedIdentifier><SignedIdentifier><Id>two</Id>
                </SignedIdentifier></SignedIdentifiers>
                """,
            result: containerInfo.merging([
                "publicAccess": "container", "storedPolicies[0].id": "one",
                "storedPolicies[0].startsOn": "2026-01-02T03:04:05Z",
                "storedPolicies[0].expiresOn": "2026-01-03T00:00:00Z", "storedPolicies[0].permissions": "rl",
                "storedPolicies[1].id": "two",
            ]) { $1 }
        ) { try await $0.container.accessPolicy(options: .init(leaseID: "lease", call: call)) },
        OperationCase(
            "container.set_access_policy", .put, "/pictures", query: ["restype": "container", "comp": "acl"],
            headers: dateConditionHeaders.merging([
                "x-ms-lease-id": "lease", "x-ms-blob-public-access": "blob", "Content-Type": "application/xml",
            ]) { $1 },
            body: """
                <?xml version="1.0" encoding="utf-8"?><SignedIdentifiers><SignedIdentifier><Id>one&amp;</Id>\
                <AccessPolicy><Start>2026-01-02T03:04:05Z</Start><Expiry>2026-01-03T03:04:05Z</Expiry>\
                <Permission>rwl</Permission></AccessPolicy></SignedIdentifier><SignedIdentifier><Id>two</Id>\
                </SignedIdentifier></SignedIdentifiers>
                """,
            result: containerInfo
        ) {
            try await $0.container.setAccessPolicy(
                storedPolicies: [
                    StoredAccessPolicy(
                        id: "one&", permissions: [.list, .write, .read], startsOn: date,
                        expiresOn: date.addingTimeInterval(86_400)),
                    StoredAccessPolicy(id: "two"),
                ],
                publicAccess: .blob, options: .init(conditions: containerConditions, call: call))
        },
        OperationCase(
            "container.restore", .put, "/pictures", query: ["restype": "container", "comp": "undelete"],
            headers: ["x-ms-deleted-container-name": "pictures", "x-ms-deleted-container-version": "v1"], status: 201,
            result: commonResult("info.").merging(["items[0]": "pictures"]) { $1 }
        ) { fixture in
            try await Heard { try await fixture.service.undeleteContainer("pictures", version: "v1", options: $0).name }
        },
        OperationCase(
            "container.rename", .put, "/images", query: ["restype": "container", "comp": "rename"],
            headers: ["x-ms-source-container-name": "pictures", "x-ms-source-lease-id": "lease"],
            result: commonResult("info.").merging(["items[0]": "images"]) { $1 }
        ) { fixture in
            try await Heard {
                try await fixture.container.rename(to: "images", options: .init(leaseID: "lease", call: $0)).name
            }
        },
        OperationCase(
            "container.get_account_info", .get, "/pictures", query: ["restype": "account", "comp": "properties"],
            answerHeaders: accountHeaders, result: accountResult
        ) { try await $0.container.accountInformation(options: call) },
    ]

    static let containerConditions = ContainerAccessConditions(
        ifModifiedSince: .init(date), ifUnmodifiedSince: .init(date), leaseID: "lease")

    static let containerInfo = commonResult("response.").merging([
        "etag": "\"0x8D\"", "lastModified": "2026-01-02T03:04:05Z",
    ]) { $1 }
}
