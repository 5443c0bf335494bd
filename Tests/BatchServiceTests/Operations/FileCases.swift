import AzureCore
import BatchModels
import BatchService
import Foundation
import HTTPTypes

extension OperationCase {
    private static let taskFiles = "/jobs/\(oddPath)/tasks/t/files"
    private static let nodeFiles = "/pools/\(oddPath)/nodes/n/files"
    private static let file = "wd%2Fa%20%2B.txt"

    private static let properties =
        "4 text/plain 1767225600.0 1767323045.0 true 100644 https://h/f \"0x8D\" s-1 c-1"

    private static func describe(_ properties: BatchFileProperties) -> String {
        let parts: [String?] = [
            properties.contentLength.map(String.init), properties.contentType,
            properties.creationTime?.date.map { "\($0.timeIntervalSince1970)" },
            properties.lastModified?.date.map { "\($0.timeIntervalSince1970)" }, "\(properties.isDirectory)",
            properties.mode, properties.url, properties.etag?.rawValue, properties.requestID,
            properties.clientRequestID,
        ]
        return parts.map { $0 ?? "nil" }.joined(separator: " ")
    }

    private static func text(_ download: BatchFileDownload) async throws -> String {
        let text = String(decoding: try await download.collect(upTo: 100), as: UTF8.self)
        return "\(text) \(describe(download.properties))"
    }

    private static func describe(_ file: BatchNodeFile) -> String {
        "\(file.name ?? "") \(file.properties?.contentLength ?? -1)"
    }

    private static let listed = page(
        #"{"name":"a","isDirectory":false,"properties":{"contentLength":"7"}},{"name":"b"}"#)

    static let files: [OperationCase] = [
        OperationCase("Batch.DeleteTaskFile", .delete, "\(taskFiles)/\(file)", query: ["recursive": "true"]) {
            let options = BatchFilesClient.DeleteTaskFileOptions(recursive: true, call: request)
            return describe(
                try await $0.files.deleteTaskFile("wd/a +.txt", ofTask: "t", inJob: odd, options: options))
        },
        OperationCase(
            "Batch.DownloadTaskFile", .get, "\(taskFiles)/\(file)",
            headers: dateHeaders.merging(["ocp-range": "bytes=10-13"]) { $1 }, answer: "text",
            result: "text \(properties)"
        ) {
            let options = BatchFilesClient.DownloadTaskFileOptions(
                range: .bytes(10..<14), conditions: dates, call: request)
            return try await text(
                $0.files.downloadTaskFile("wd/a +.txt", ofTask: "t", inJob: odd, options: options))
        },
        OperationCase(
            "Batch.GetTaskFileProperties", .head, "\(taskFiles)/\(file)", headers: dateHeaders, answer: "text",
            result: properties
        ) {
            let options = BatchFilesClient.GetTaskFilePropertiesOptions(conditions: dates, call: request)
            return describe(
                try await $0.files.getTaskFileProperties("wd/a +.txt", ofTask: "t", inJob: odd, options: options))
        },
        OperationCase(
            "Batch.ListTaskFiles", .get, taskFiles, query: ["maxresults": "3", "$filter": "f", "recursive": "false"],
            answer: listed, result: "a 7,b -1"
        ) {
            let options = BatchFilesClient.ListTaskFilesOptions(
                maxResults: 3, filter: "f", recursive: false, call: request)
            return try await collect($0.files.listTaskFiles(ofTask: "t", inJob: odd, options: options), describe)
        },
        OperationCase("Batch.DeleteNodeFile", .delete, "\(nodeFiles)/\(file)", query: ["recursive": "true"]) {
            let options = BatchFilesClient.DeleteNodeFileOptions(recursive: true, call: request)
            return describe(
                try await $0.files.deleteNodeFile("wd/a +.txt", onNode: "n", inPool: odd, options: options))
        },
        OperationCase(
            "Batch.DownloadNodeFile", .get, "\(nodeFiles)/\(file)",
            headers: dateHeaders.merging(["ocp-range": "bytes=10-"]) { $1 }, answer: "text",
            result: "text \(properties)"
        ) {
            let options = BatchFilesClient.DownloadNodeFileOptions(
                range: .from(10), conditions: dates, call: request)
            return try await text(
                $0.files.downloadNodeFile("wd/a +.txt", onNode: "n", inPool: odd, options: options))
        },
        OperationCase(
            "Batch.GetNodeFileProperties", .head, "\(nodeFiles)/\(file)", headers: dateHeaders, answer: "text",
            result: properties
        ) {
            let options = BatchFilesClient.GetNodeFilePropertiesOptions(conditions: dates, call: request)
            return describe(
                try await $0.files.getNodeFileProperties("wd/a +.txt", onNode: "n", inPool: odd, options: options))
        },
        OperationCase(
            "Batch.ListNodeFiles", .get, nodeFiles, query: ["maxresults": "3", "$filter": "f", "recursive": "true"],
            answer: listed, result: "a 7,b -1"
        ) {
            let options = BatchFilesClient.ListNodeFilesOptions(
                maxResults: 3, filter: "f", recursive: true, call: request)
            return try await collect($0.files.listNodeFiles(onNode: "n", inPool: odd, options: options), describe)
        },
    ]

    static let accounts: [OperationCase] = [
        OperationCase(
            "Batch.ListApplications", .get, "/applications", query: ["maxresults": "3"],
            answer: page(#"{"id":"a","displayName":"A","versions":["1","2"]}"#), result: "a A 2"
        ) {
            let options = BatchApplicationsClient.ListOptions(maxResults: 3, call: request)
            return try await collect($0.applications.list(options: options)) {
                "\($0.id) \($0.displayName ?? "") \($0.versions?.count ?? 0)"
            }
        },
        OperationCase(
            "Batch.GetApplication", .get, "/applications/\(oddPath)", answer: #"{"id":"a"}"#, result: "a"
        ) {
            try await $0.applications.get(odd, options: request).id
        },
        OperationCase(
            "Batch.ListSupportedImages", .get, "/supportedimages", query: ["maxresults": "3", "$filter": "f"],
            answer: page(#"{"nodeAgentSKUId":"n","osType":"Linux","imageReference":{"offer":"o"}}"#), result: "n o true"
        ) {
            let options = BatchAccountClient.ListSupportedImagesOptions(maxResults: 3, filter: "f", call: request)
            return try await collect($0.account.listSupportedImages(options: options)) {
                "\($0.nodeAgentSKUID ?? "") \($0.imageReference?.offer ?? "") \($0.osType == .linux)"
            }
        },
        OperationCase(
            "Batch.ListPoolNodeCounts", .get, "/nodecounts", query: ["maxresults": "3", "$filter": "f"],
            answer: page(#"{"poolId":"p","dedicated":{"idle":2,"upgradingOS":1}}"#), result: "p 2 1"
        ) {
            let options = BatchAccountClient.ListPoolNodeCountsOptions(maxResults: 3, filter: "f", call: request)
            return try await collect($0.account.listPoolNodeCounts(options: options)) {
                "\($0.poolID ?? "") \($0.dedicated?.idle ?? 0) \($0.dedicated?.upgradingOS ?? 0)"
            }
        },
    ]
}
