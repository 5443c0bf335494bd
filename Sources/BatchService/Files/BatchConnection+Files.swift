import AzureCore

import struct Foundation.Data

extension BatchConnection {
    /// Sends a call whose answer is about a file.
    func fileProperties(_ call: BatchCall) async throws -> BatchFileProperties {
        BatchFileProperties(try await answer(to: call).head)
    }

    /// Sends a call whose answer is a file.
    func download(_ call: BatchCall) async throws -> BatchFileDownload {
        var call = call
        call.setStreamed()
        let answer = try await answer(to: call)
        try answer.refuseDecoded()
        return BatchFileDownload(properties: BatchFileProperties(answer.head), stream: answer.wholeStream())
    }

    /// Sends a call whose answer is a part of a file, which is read as a part of the try.
    func content(_ call: BatchCall, limit: Int64) async throws -> Data {
        var call = call
        call.setContent(limit: limit)
        let answer = try await answer(to: call)
        try answer.refuseDecoded()
        return try await answer.data()
    }
}

extension ServiceAnswer {
    fileprivate func refuseDecoded() throws {
        guard body.isDecoded else { return }
        throw context.error(
            .contentDecoded,
            "The transport decoded the content of the file, so that these are not the file's bytes. "
                + "Use a transport that leaves it as it is.")
    }
}
