import AzureCore
import HTTPTypes

/// Dates and signs requests to Blob Storage.
struct StorageSharedKeyPolicy: PipelinePolicy {
    let key: StorageSharedKey
    let timeSource: TimeSource

    func send(_ request: PipelineRequest, next: PipelineNext) async throws -> HTTPTransportResponse {
        var request = request
        request.setContentLength()
        // x-ms-date stands for Date; with both, it would be open which one is signed.
        if request.request.headerFields.value(.date) != nil { request.request.headerFields[.date] = nil }
        // A date that the caller has set stays.
        if request.request.headerFields.value(.storageDate) == nil {
            request.request.headerFields[.storageDate] = RFC1123Date.format(timeSource.now())
        }
        let text = StorageSharedKeySigner.stringToSign(request.request, accountName: key.accountName)
        request.request.headerFields[.authorization] = "SharedKey \(key.accountName):\(key.sign(text))"
        return try await next(request)
    }
}

/// Dates and signs requests to Batch.
struct BatchSharedKeyPolicy: PipelinePolicy {
    let key: BatchSharedKey
    let timeSource: TimeSource

    func send(_ request: PipelineRequest, next: PipelineNext) async throws -> HTTPTransportResponse {
        var request = request
        request.setContentLength()
        // A date that the caller has set stays.
        if request.request.headerFields.value(.batchDate) == nil {
            request.request.headerFields[.batchDate] = RFC1123Date.format(timeSource.now())
        }
        let text = BatchSharedKeySigner.stringToSign(request.request, accountName: key.accountName)
        request.request.headerFields[.authorization] = "SharedKey \(key.accountName):\(key.sign(text))"
        return try await next(request)
    }
}

extension PipelineRequest {
    /// The length of the body is signed, so it must be known before the transport writes it.
    fileprivate mutating func setContentLength() {
        guard let length = body?.length, request.headerFields.value(.contentLength) == nil else { return }
        request.headerFields[.contentLength] = String(length)
    }
}

extension HTTPField.Name {
    static let storageDate = HTTPField.Name("x-ms-date")!
    static let batchDate = HTTPField.Name("ocp-date")!
}
