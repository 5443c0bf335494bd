import HTTPTypes

public import protocol Foundation.LocalizedError

extension AzureError: CustomStringConvertible, LocalizedError {
    /// One line: code, status, message, what to do where the service does not say it, details, then operation, resource,
    /// tries and request id in brackets, without secrets. Message and details end with a full stop each, as whole
    /// sentences do.
    public var description: String {
        var text = "\(code)"
        if let status { text += " (HTTP \(status.code))" }
        let sentence = Self.sentence(message)
        if !sentence.isEmpty { text += ": \(sentence)" }
        if let advice = ErrorAdvice.text(for: code) { text += " " + advice }
        for detail in details {
            let value = Self.sentence(detail.value)
            text += " \(detail.key): \(value.isEmpty ? "(empty)." : value)"
        }
        var context: [String] = []
        if let operation { context.append(operation) }
        if let resource { context.append(resource) }
        if let tries, tries > 1 || isAboutTime { context.append(tries == 1 ? "1 try" : "\(tries) tries") }
        if let requestID { context.append("request id \(requestID)") }
        if !context.isEmpty { text += " [\(context.joined(separator: ", "))]" }
        return Redactor.text(text)
    }

    /// The same as ``description``, for whoever shows `localizedDescription`.
    public var errorDescription: String? { description }

    /// Whether a time limit has ended the call, so that it matters how many tries there was time for.
    private var isAboutTime: Bool {
        [.requestTimedOut, .deadlineExceeded, .operationTimedOut].contains(code)
    }

    /// A text in one line, with one full stop at its end unless it ends with another mark.
    private static func sentence(_ text: String) -> String {
        let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingWhitespace() }
        var line = lines.filter { !$0.isEmpty }.joined(separator: " ")[...]
        while line.hasSuffix("..") { line.removeLast() }
        guard let last = line.last, !".!?…".contains(last) else { return String(line) }
        return line + "."
    }
}

extension AzureError: CustomReflectable {
    /// The properties. What is underneath, which may come from anywhere, is shown as a text without secrets.
    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "service": service as Any, "code": code, "status": status?.code as Any,
                "message": Redactor.text(message), "operation": operation as Any,
                "resource": resource.map { Redactor.text($0) } as Any, "requestID": requestID as Any,
                "clientRequestID": clientRequestID as Any,
                "details": details.map { Detail(key: Redactor.text($0.key), value: Redactor.text($0.value)) },
                "underlying": underlying.map { Redactor.text(String(describing: $0)) } as Any,
                "tries": tries as Any, "earlierTryMayHaveActed": earlierTryMayHaveActed,
            ])
    }
}
