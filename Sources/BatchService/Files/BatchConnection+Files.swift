import AzureCore

extension BatchConnection {
    /// Sends a call whose answer is about a file.
    func fileProperties(_ call: BatchCall) async throws -> BatchFileProperties {
        BatchFileProperties(try await service.send(call.operation).head)
    }

    /// Sends a call whose answer is a file.
    func download(_ call: BatchCall) async throws -> BatchFileDownload {
        var call = call
        call.setStreamed()
        let answer = try await service.send(call.operation)
        guard !answer.body.isDecoded else {
            throw answer.context.error(
                .contentDecoded,
                "The transport decoded the content of the file, so that these are not the file's bytes. "
                    + "Use a transport that leaves it as it is.")
        }
        return BatchFileDownload(properties: BatchFileProperties(answer.head), stream: answer.wholeStream())
    }
}
