import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import HTTPTypes

extension OperationCase {
    /// Deleting, and moving between tiers: of the blob itself, of a snapshot, of a version.
    static let deletionsAndTiers: [OperationCase] = [
        OperationCase(
            "blob.delete", .delete, "/pictures/cats/tom.jpg",
            headers: blobConditionHeaders.merging([
                "x-ms-delete-snapshots": "include", "x-ms-access-tier-if-modified-since": dateText,
                "x-ms-access-tier-if-unmodified-since": "Sat, 03 Jan 2026 03:04:05 GMT",
            ]) { $1 },
            status: 202, result: commonResult("info.")
        ) { fixture in
            try await Heard { call in
                try await fixture.blob.delete(
                    options: .init(
                        snapshots: .include, conditions: blobConditions, ifAccessTierModifiedSince: .init(date),
                        ifAccessTierUnmodifiedSince: .init(date.addingTimeInterval(86_400)), call: call))
            }
        },
        OperationCase(
            "blob.delete", variant: "a snapshot, for good", .delete, "/pictures/cats/tom.jpg",
            query: ["deletetype": "Permanent", "snapshot": "2026-01-01T00:00:00.0000000Z"], status: 202,
            result: commonResult("info.")
        ) { fixture in
            let snapshot = fixture.blob.snapshot("2026-01-01T00:00:00.0000000Z")
            return try await Heard { try await snapshot.delete(options: .init(isPermanent: true, call: $0)) }
        },
        OperationCase(
            "blob.delete", variant: "a version, for good", .delete, "/pictures/cats/tom.jpg",
            query: ["deletetype": "Permanent", "versionid": "v1"], status: 202, result: commonResult("info.")
        ) { fixture in
            try await Heard { try await fixture.blob.version("v1").delete(options: .init(isPermanent: true, call: $0)) }
        },
        OperationCase(
            "blob.set_tier", .put, "/pictures/cats/tom.jpg", query: ["comp": "tier"],
            headers: [
                "x-ms-access-tier": "Cool", "x-ms-rehydrate-priority": "High", "x-ms-if-tags": "\"a\" = 'b'",
                "x-ms-lease-id": "lease",
            ],
            status: 202, result: commonResult("info.")
        ) { fixture in
            try await Heard { call in
                try await fixture.blob.setAccessTier(
                    .cool,
                    options: .init(
                        rehydratePriority: .high, conditions: .init(ifTags: "\"a\" = 'b'", leaseID: "lease"),
                        call: call))
            }
        },
        OperationCase(
            "blob.set_tier", variant: "of a snapshot", .put, "/pictures/cats/tom.jpg",
            query: ["comp": "tier", "snapshot": "2026-01-01T00:00:00.0000000Z"],
            headers: ["x-ms-access-tier": "Archive"], result: commonResult("info.")
        ) { fixture in
            let snapshot = fixture.blob.snapshot("2026-01-01T00:00:00.0000000Z")
            return try await Heard { try await snapshot.setAccessTier(.archive, options: .init(call: $0)) }
        },
        OperationCase(
            "blob.set_tier", variant: "of a version", .put, "/pictures/cats/tom.jpg",
            query: ["comp": "tier", "versionid": "v1"], headers: ["x-ms-access-tier": "Hot"],
            result: commonResult("info.")
        ) { fixture in
            try await Heard {
                try await fixture.blob.version("v1").setAccessTier(
                    .hot, options: .init(call: $0))
            }
        },
    ]
}
