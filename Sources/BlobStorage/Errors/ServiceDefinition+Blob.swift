import AzureCore
import HTTPTypes

import struct Foundation.Data
import class Foundation.JSONDecoder

extension ServiceDefinition {
    /// Azure Blob Storage.
    static func blob(_ version: BlobServiceVersion) -> ServiceDefinition {
        ServiceDefinition(
            service: .blob, version: .header(.version, version.rawValue), timeoutParameter: "timeout",
            dateHeader: .requestDate, clientRequestIDHeader: .clientRequestID, errorCodeHeader: .errorCode,
            readError: { BlobErrorBody.xml($0) ?? BlobErrorBody.json($0) })
    }
}

/// Reads the body of an error of the service, or of whatever answered in its place.
enum BlobErrorBody {
    /// The service's own form: `<Error><Code/><Message/>` and, depending on the code, more elements.
    static func xml(_ body: Data) -> ServiceDefinition.ErrorContent? {
        guard let root = try? XMLElement.parse(body), root.name == "Error" else { return nil }
        var content = ServiceDefinition.ErrorContent()
        for child in root.children {
            switch child.name {
            case "Code": content.code = child.text
            case "Message": content.message = ServiceDefinition.sentence(child.text)
            default: content.details.append(.init(key: child.name, value: Redactor.text(child.text)))
            }
        }
        return content.code == nil && content.message == nil ? nil : content
    }

    /// The form that some front ends of the service use: `{"error": {"code": …, "message": …}}`.
    static func json(_ body: Data) -> ServiceDefinition.ErrorContent? {
        struct Wrapper: Decodable {
            struct Inner: Decodable {
                var code: String?
                var message: String?
            }
            var error: Inner
        }
        guard let inner = try? JSONDecoder().decode(Wrapper.self, from: body).error,
            inner.code != nil || inner.message != nil
        else {
            return nil
        }
        return ServiceDefinition.ErrorContent(
            code: inner.code, message: inner.message.flatMap(ServiceDefinition.sentence))
    }
}
