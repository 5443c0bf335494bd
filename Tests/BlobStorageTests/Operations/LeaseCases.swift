import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import HTTPTypes

extension OperationCase {
    /// The leases of blobs and of containers, which differ in their conditions only.
    static let leases: [OperationCase] =
        leases(
            "container", path: "/pictures", query: ["restype": "container", "comp": "lease"],
            conditions: BlobAccessConditions(ifModifiedSince: .init(date), ifUnmodifiedSince: .init(date)),
            conditionHeaders: dateConditionHeaders, { $0.container.lease })
        + leases(
            "blob", path: "/pictures/cats/tom.jpg", query: ["comp": "lease"],
            conditions: BlobAccessConditions(
                ifMatch: "\"0x1\"", ifNoneMatch: "\"0x2\"", ifModifiedSince: .init(date),
                ifUnmodifiedSince: .init(date),
                ifTags: "\"a\" = 'b'"),
            conditionHeaders: blobConditionHeaders.filter { $0.key != "x-ms-lease-id" }, { $0.blob.lease })

    private static func leases(
        _ group: String, path: String, query: [String: String], conditions: BlobAccessConditions,
        conditionHeaders: [String: String], _ client: @escaping @Sendable (Fixture) -> BlobLeaseClient
    ) -> [OperationCase] {
        let options = BlobLeaseOptions(conditions: conditions, call: call)
        let ending = containerInfo.merging(["remaining": "0.0 seconds"]) { $1 }
        func lease(
            _ action: String, headers: [String: String], status: Int = 200, answerHeaders: [String: String] = [:],
            result: [String: String] = ending,
            run: @escaping @Sendable (BlobLeaseClient) async throws -> any Sendable
        ) -> OperationCase {
            OperationCase(
                "\(group).\(action)_lease", .put, path, query: query,
                headers: conditionHeaders.merging(["x-ms-lease-action": action]) { $1 }.merging(headers) { $1 },
                status: status, answerHeaders: answerHeaders, result: result
            ) { try await run(client($0)) }
        }
        let named = containerInfo.merging(["id": "given"]) { $1 }
        return [
            lease(
                "acquire", headers: ["x-ms-lease-duration": "15", "x-ms-proposed-lease-id": "mine"], status: 201,
                answerHeaders: ["x-ms-lease-id": "given"], result: named
            ) { try await $0.acquire(duration: .seconds(15), proposedID: "mine", options: options) },
            lease(
                "renew", headers: ["x-ms-lease-id": "mine"], answerHeaders: ["x-ms-lease-id": "given"], result: named
            ) { try await $0.renew("mine", options: options) },
            lease(
                "change", headers: ["x-ms-lease-id": "mine", "x-ms-proposed-lease-id": "other"],
                answerHeaders: ["x-ms-lease-id": "given"], result: named
            ) { try await $0.change("mine", to: "other", options: options) },
            lease("release", headers: ["x-ms-lease-id": "mine"]) { try await $0.release("mine", options: options) },
            lease(
                "break", headers: ["x-ms-lease-break-period": "9"], status: 202,
                answerHeaders: ["x-ms-lease-time": "7"],
                result: containerInfo.merging(["remaining": "7.0 seconds"]) { $1 }
            ) { try await $0.breakLease(after: .seconds(9), options: options) },
        ]
    }
}
