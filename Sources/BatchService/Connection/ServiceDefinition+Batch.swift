import AzureCore
import BatchModels

import struct Foundation.Data

extension ServiceDefinition {
    /// Azure Batch.
    ///
    /// - Parameters:
    ///   - version: The version of its interface.
    ///   - account: The account, for errors, where it is known.
    static func batch(_ version: BatchServiceVersion, account: String? = nil) -> ServiceDefinition {
        ServiceDefinition(
            service: .batch, version: .query(name: "api-version", value: version.rawValue),
            timeoutParameter: "timeOut", dateHeader: .ocpDate, clientRequestIDHeader: .clientRequestID,
            errorCodeHeader: nil,
            readError: { (try? BatchJSON.decode(BatchError.self, from: $0))?.content?.explained(account: account) })
    }
}

extension BatchError {
    /// The content of the error; nil when there is none.
    var content: ServiceDefinition.ErrorContent? {
        let message = (message?.value).flatMap(ServiceDefinition.sentence)
        guard code?.isEmpty == false || message != nil else { return nil }
        return ServiceDefinition.ErrorContent(
            code: code, message: message,
            details: (values ?? []).map {
                .init(key: Redactor.text($0.key ?? ""), value: Redactor.text($0.value ?? ""))
            })
    }
}
