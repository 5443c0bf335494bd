import AzureCore
import BatchModels
import HTTPTypes

import struct Foundation.Data

/// The requests that following a file of a task takes.
struct TailSource: Sendable {
    let connection: BatchConnection
    let path: String
    let taskID: String
    let jobID: String
    let call: CallOptions

    /// The following of the file, as errors tell of it that are about no single request.
    var context: ErrorContext {
        ErrorContext(
            service: .batch, operation: "Batch.TailTaskFile", resource: "\(connection.endpoint)\(filePath.text)")
    }

    private var filePath: BatchPath { "/jobs/\(jobID)/tasks/\(taskID)/files/\(path)" }

    func task() async throws -> BatchTask {
        try await BatchTasksClient(connection: connection)
            .get(taskID, inJob: jobID, options: .init(select: ["id", "state", "executionInfo"], call: call))
    }

    func size() async throws -> Int64 {
        let properties = try await BatchFilesClient(connection: connection)
            .getTaskFileProperties(path, ofTask: taskID, inJob: jobID, options: .init(call: call))
        guard !properties.isDirectory else {
            throw AzureError.invalidArgument("'\(path)' of task '\(taskID)' is a directory; only files are followed.")
        }
        guard let size = properties.contentLength else {
            throw AzureError(
                code: .invalidResponse,
                message: "The service did not say how large '\(path)' of task '\(taskID)' is.")
        }
        return size
    }

    /// Reads a range as one piece, so that a connection that breaks in the middle of it is no reason to end.
    func read(_ range: BatchFileRange) async throws -> Data {
        var call = try BatchCall("Batch.DownloadTaskFile", .get, filePath, call)
        try call.add(range)
        let piece = try await connection.content(call, limit: TailState.pieceLimit)
        guard piece.count <= range.length ?? .max else {
            throw AzureError(
                code: .invalidResponse,
                message:
                    "\(piece.count) bytes of '\(path)' arrived, more than the \(range.length ?? 0) that were asked for."
            )
        }
        return piece
    }

    /// The error for a file that will not come any more; answers about properties have no code of their own.
    func missing(_ error: AzureError) -> AzureError {
        var error = error
        if error.status == .notFound { error.code = .fileNotFound }
        error.message =
            "Task '\(taskID)' of job '\(jobID)' has completed, and its file '\(path)' is not there: it was never written, it "
            + "was removed, or its node is gone. failure(ofTask:inJob:) tells whether the task ran."
        return error
    }
}
