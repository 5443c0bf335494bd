import AzureCore

extension BatchFilesClient {
    /// The end of a text file, of a task or of a node; nil when the file is not there any more.
    ///
    /// - Parameters:
    ///   - bytes: The most bytes to read.
    ///   - size: Asks for the size of the file.
    ///   - file: Downloads a range of the file.
    static func lastText(
        bytes: Int, size: () async throws -> Int64?, file: (BatchFileRange) async throws -> BatchFileDownload
    ) async throws -> String? {
        do {
            let size = try await size() ?? 0
            guard size > 0 else { return "" }
            let download = try await file(.bytes(max(0, size - Int64(bytes))..<size))
            return String(decoding: try await download.collect(upTo: bytes), as: UTF8.self)
        } catch let error as AzureError where error.meansMissingFile {
            // The node is gone, or the task never got to run on one.
            return nil
        }
    }
}
