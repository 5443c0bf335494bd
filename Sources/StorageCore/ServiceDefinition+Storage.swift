package import AzureCore
package import Foundation
import HTTPTypes

extension ServiceDefinition {
    /// A service of Azure Storage.
    ///
    /// - Parameters:
    ///   - service: Which one.
    ///   - version: The version of its interface.
    ///   - account: The account, for errors, where it is known.
    package static func storage(
        _ service: AzureService, version: String, account: String? = nil
    ) -> ServiceDefinition {
        ServiceDefinition(
            service: service, version: .header(.version, version), timeoutParameter: "timeout",
            dateHeader: .requestDate, clientRequestIDHeader: .clientRequestID, errorCodeHeader: .errorCode,
            readError: { (StorageErrorBody.xml($0) ?? StorageErrorBody.json($0))?.explained(account: account) })
    }
}

/// Reads the body of an error of the service, or of whatever answered in its place.
package enum StorageErrorBody {
    /// The service's own form: `<Error><Code/><Message/>` and, depending on the code, more elements.
    package static func xml(_ body: Data) -> ServiceDefinition.ErrorContent? {
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
    package static func json(_ body: Data) -> ServiceDefinition.ErrorContent? {
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
