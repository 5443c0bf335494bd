import AzureCore
import BatchModels
import BatchService
import Foundation
import HTTPTypes

extension OperationCase {
    private static let node = "/pools/\(oddPath)/nodes/tvm%3A1"

    static let nodes: [OperationCase] = [
        OperationCase(
            "Batch.CreateNodeUser", .post, "\(node)/users",
            body: #"{"expiryTime":"2026-01-03T00:00:00Z","isAdmin":true,"name":"u","password":"s"}"#, status: 201
        ) {
            let user = BatchNodeUserCreateOptions(
                name: "u", isAdmin: true, expiryTime: .init(Date(timeIntervalSince1970: 1_767_398_400)), password: "s")
            return describe(try await $0.nodes.createUser(user, onNode: "tvm:1", inPool: odd, options: request))
        },
        OperationCase("Batch.DeleteNodeUser", .delete, "\(node)/users/a%20b") {
            describe(try await $0.nodes.deleteUser("a b", onNode: "tvm:1", inPool: odd, options: request))
        },
        OperationCase("Batch.ReplaceNodeUser", .put, "\(node)/users/a%20b", body: #"{"sshPublicKey":"k"}"#) {
            describe(
                try await $0.nodes.replaceUser(
                    "a b", onNode: "tvm:1", inPool: odd, with: .init(sshPublicKey: "k"), options: request))
        },
        OperationCase(
            "Batch.GetNode", .get, node, query: ["$select": "id,state"], answer: #"{"id":"tvm:1","state":"IDLE"}"#,
            result: "tvm:1 true"
        ) {
            let node = try await $0.nodes.get(
                "tvm:1", inPool: odd, options: .init(select: ["state"], call: request))
            return "\(node.id) \(node.state == .idle)"
        },
        OperationCase(
            "Batch.RebootNode", .post, "\(node)/reboot", body: #"{"nodeRebootOption":"requeue"}"#, status: 202
        ) {
            describe(
                try await $0.nodes.reboot(
                    "tvm:1", inPool: odd, with: .init(nodeRebootKind: .requeue), options: request))
        },
        OperationCase("Batch.StartNode", .post, "\(node)/start", status: 202) {
            describe(try await $0.nodes.start("tvm:1", inPool: odd, options: request))
        },
        OperationCase(
            "Batch.ReimageNode", .post, "\(node)/reimage", body: #"{"nodeReimageOption":"terminate"}"#, status: 202
        ) {
            describe(
                try await $0.nodes.reimage(
                    "tvm:1", inPool: odd, with: .init(nodeReimageOption: .terminate), options: request))
        },
        OperationCase(
            "Batch.DeallocateNode", .post, "\(node)/deallocate", body: #"{"nodeDeallocateOption":"retaineddata"}"#,
            status: 202
        ) {
            describe(
                try await $0.nodes.deallocate(
                    "tvm:1", inPool: odd, with: .init(nodeDeallocateOption: .retainedData), options: request))
        },
        OperationCase(
            "Batch.DisableNodeScheduling", .post, "\(node)/disablescheduling",
            body: #"{"nodeDisableSchedulingOption":"taskcompletion"}"#
        ) {
            describe(
                try await $0.nodes.disableScheduling(
                    "tvm:1", inPool: odd, with: .init(nodeDisableSchedulingOption: .taskCompletion), options: request))
        },
        OperationCase("Batch.EnableNodeScheduling", .post, "\(node)/enablescheduling") {
            describe(try await $0.nodes.enableScheduling("tvm:1", inPool: odd, options: request))
        },
        OperationCase(
            "Batch.GetNodeRemoteLoginSettings", .get, "\(node)/remoteloginsettings",
            answer: #"{"remoteLoginIPAddress":"1.2.3.4","remoteLoginPort":50000}"#, result: "1.2.3.4 50000"
        ) {
            let settings = try await $0.nodes.getRemoteLoginSettings("tvm:1", inPool: odd, options: request)
            return "\(settings.remoteLoginIPAddress ?? "") \(settings.remoteLoginPort ?? 0)"
        },
        OperationCase(
            "Batch.UploadNodeLogs", .post, "\(node)/uploadbatchservicelogs",
            body: #"{"containerUrl":"https://c?sig=x","startTime":"2026-01-02T00:00:00Z"}"#,
            answer: #"{"virtualDirectoryName":"d","numberOfFilesUploaded":3}"#, result: "d 3"
        ) {
            let logs = UploadBatchServiceLogsOptions(
                containerURL: "https://c?sig=x", startTime: .init(Date(timeIntervalSince1970: 1_767_312_000)))
            let result = try await $0.nodes.uploadLogs(logs, ofNode: "tvm:1", inPool: odd, options: request)
            return "\(result.virtualDirectoryName) \(result.numberOfFilesUploaded ?? 0)"
        },
        OperationCase(
            "Batch.ListNodes", .get, "/pools/\(oddPath)/nodes",
            query: ["maxresults": "1000", "$filter": "state eq 'idle'", "$select": "id,state"],
            answer: page(#"{"id":"n1"},{"id":"n2"}"#), result: "n1,n2"
        ) {
            let options = BatchNodesClient.ListOptions(
                maxResults: 1000, filter: "state eq 'idle'", select: ["id", "state"], call: request)
            return try await collect($0.nodes.list(inPool: odd, options: options)) { $0.id }
        },
        OperationCase(
            "Batch.GetNodeExtension", .get, "\(node)/extensions/a%2Fb", query: ["$select": "provisioningState"],
            answer: #"{"provisioningState":"Succeeded"}"#, result: "Succeeded"
        ) {
            let options = BatchNodesClient.GetExtensionOptions(select: ["provisioningState"], call: request)
            return try await $0.nodes.getExtension("a/b", onNode: "tvm:1", inPool: odd, options: options)
                .provisioningState ?? ""
        },
        OperationCase(
            "Batch.ListNodeExtensions", .get, "\(node)/extensions",
            query: ["maxresults": "1", "$select": "vmExtension"],
            answer: page(#"{"vmExtension":{"name":"e"}}"#), result: "e"
        ) {
            let options = BatchNodesClient.ListExtensionsOptions(
                maxResults: 1, select: ["vmExtension"], call: request)
            return try await collect($0.nodes.listExtensions(onNode: "tvm:1", inPool: odd, options: options)) {
                $0.vmExtension?.name
            }
        },
    ]
}
