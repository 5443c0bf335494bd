import AzureCore
import BatchModels

/// The description of a task that failed, of a job or of a node.
enum FailureText {
    static func describe(
        _ subject: String, exitCode: Int?, retryCount: Int, failureInfo: BatchTaskFailureInfo?, standardError: String?
    ) -> String {
        var text = "\(subject) failed"
        if let exitCode { text += " with exit code \(exitCode)" }
        if retryCount > 0 { text += " after \(retryCount) \(retryCount == 1 ? "retry" : "retries")" }
        if let failureInfo {
            let reasons = [failureInfo.code, failureInfo.message].compactMap { $0 }
            text += ": " + reasons.joined(separator: ": ")
            for detail in failureInfo.details ?? [] { text += "\n  \(detail.name ?? ""): \(detail.value ?? "")" }
        }
        if let standardError, !standardError.isEmpty {
            for line in standardError.split(whereSeparator: \.isNewline) { text += "\n  | \(line)" }
        }
        return Redactor.text(text)
    }

    /// The last line with something in it, as a part of a sentence: at most 200 characters of it, without secrets, which
    /// a cut could make unknowable.
    static func lastLine(of text: String) -> String? {
        let lines = text.split(whereSeparator: \.isNewline).reversed()
        guard let line = lines.first(where: { !$0.allSatisfy(\.isWhitespace) }) else { return nil }
        return String(Redactor.text(String(line)).suffix(200))
    }
}
