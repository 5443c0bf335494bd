extension TaskFailure {
    /// An output file could not be uploaded, for a reason that has no code of its own.
    static func uploadFailed(_ reason: String, details: [Detail] = []) -> TaskFailure {
        TaskFailure(
            .user, "FileUploadMiscError", "Miscellaneous error encountered while uploading one of the output files",
            details: details + [Detail(name: "Message", value: reason)])
    }
}

extension NodeRequestProblem {
    /// The failure of a task whose file could not be uploaded.
    func uploadFailure(_ details: [TaskFailure.Detail]) -> TaskFailure {
        switch self {
        case .status(404, _):
            TaskFailure(
                .user, "FileUploadContainerNotFound",
                "One of the specified Azure container(s) was not found while attempting to upload an output file",
                details: details)
        case .status(401, _), .status(403, _):
            TaskFailure(
                .user, "FileUploadAccessDenied",
                "Access to one of the specified Azure container(s) was denied while attempting to upload an output file",
                details: details)
        default: .uploadFailed(reason, details: details)
        }
    }
}
