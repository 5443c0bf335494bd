import AzureCore

extension AzureError {
    /// An answer in Avro that is not as it must be.
    static func invalidAvro(_ reason: String) -> AzureError {
        AzureError(service: .blob, code: .invalidResponse, message: "The answer is no valid Avro: \(reason).")
    }
}
