extension HTTPByteStream {
    /// The same chunks, as those of a body that a caller gives: what the stream throws is told apart from what a
    /// connection does.
    package var ofCaller: HTTPByteStream {
        mapError { error in
            guard !(error is CancellationError), !(error is AzureError) else { return error }
            return AzureError(
                code: .requestBodyFailed,
                message: "The stream that was to be sent failed: \(Redactor.text(String(describing: error)))",
                underlying: error)
        }
    }
}
