import AzureCore
import HTTPTypes

/// The header fields of the Batch service.
extension HTTPField.Name {
    static let clientRequestID = HTTPField.Name("client-request-id")!
    static let requestID = HTTPField.Name("request-id")!
    static let ocpDate = HTTPField.Name("ocp-date")!
    static let ocpRange = HTTPField.Name("ocp-range")!
    static let ocpCreationTime = HTTPField.Name("ocp-creation-time")!
    static let fileIsDirectory = HTTPField.Name("ocp-batch-file-isdirectory")!
    static let fileMode = HTTPField.Name("ocp-batch-file-mode")!
    static let fileURL = HTTPField.Name("ocp-batch-file-url")!
    static let dataServiceID = HTTPField.Name("DataServiceId")!
}

extension HTTPFields {
    /// The version of a resource; nil when there is none.
    var etag: ETag? {
        self[.eTag].flatMap { $0.isEmpty ? nil : ETag($0) }
    }

    /// A timestamp as it was received; nil when there is none.
    func timestamp(_ name: HTTPField.Name) -> AzureTimestamp? {
        self[name].flatMap { $0.isEmpty ? nil : AzureTimestamp($0) }
    }
}
