package import HTTPTypes

/// Header fields that every service of Azure Storage has. Each is a constant that is certain to be a valid name.
extension HTTPField.Name {
    package static let version = HTTPField.Name("x-ms-version")!
    package static let clientRequestID = HTTPField.Name("x-ms-client-request-id")!
    package static let requestID = HTTPField.Name("x-ms-request-id")!
    package static let requestDate = HTTPField.Name("x-ms-date")!
    package static let errorCode = HTTPField.Name("x-ms-error-code")!
    package static let leaseID = HTTPField.Name("x-ms-lease-id")!
}
