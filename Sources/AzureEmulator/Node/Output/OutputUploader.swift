import AzureCore
import Foundation
import HTTPTypes

/// Uploads the output files of tasks, block by block, so that no file has to fit into memory.
struct OutputUploader: Sendable {
    let requests: NodeRequests

    /// How much is sent at once, unless a file would have too many blocks.
    static let blockSize: Int64 = 8 * 1024 * 1024
    /// The most blocks of a blob.
    static let maxBlocks: Int64 = 50_000

    /// Uploads what a task wants uploaded after it has ended.
    ///
    /// - Parameters:
    ///   - assignment: The task.
    ///   - outcome: How it ended.
    ///   - directory: Its directory.
    ///   - layout: The node.
    ///   - variables: The task's environment.
    /// - Returns: Why it failed for the first file that could not be uploaded; nil when all are where they should be.
    /// - Throws: `CancellationError`.
    func upload(
        _ assignment: TaskAssignment, after outcome: TaskOutcome, from directory: String, layout: NodeLayout,
        variables: [String: String]
    ) async throws -> TaskFailure? {
        let outputs = assignment.outputs.filter { $0.isWanted(after: outcome) }
        guard !outputs.isEmpty else { return nil }
        let log: UploadLog
        do {
            log = try await BlockingIO.run { [timeSource = requests.timeSource] in
                try UploadLog(in: directory, of: layout, timeSource: timeSource)
            }
        } catch {
            return .uploadFailed("\(error)")
        }
        var failure: TaskFailure?
        for output in outputs {
            let pattern = FilePattern(
                output.pattern, in: NodeLayout.workingDirectory(directory), variables: variables)
            let problem = try await upload(output, pattern, layout, log)
            failure = failure ?? problem
        }
        return failure
    }

    private func upload(
        _ output: TaskOutput, _ pattern: FilePattern, _ layout: NodeLayout, _ log: UploadLog
    ) async throws -> TaskFailure? {
        let found = try await BlockingIO.run { OutputSearch(layout).map { ($0, $0.matches(of: pattern)) } }
        let count = found?.1.count ?? 0
        log.note("'\(output.pattern)' matches \(count) \(count == 1 ? "file" : "files")")
        guard let (search, matches) = found else { return nil }
        for match in matches {
            try Task.checkCancellation()
            let name = output.blobName(of: match.name, isExact: pattern.isExact)
            guard let file = try await BlockingIO.run({ search.open(match) }) else {
                log.note(error: "'\(match.name)' is no file any more")
                return .uploadFailed("'\(match.name)' is no file any more")
            }
            do {
                log.note("'\(match.name)': \(file.status.size) bytes to '\(name)'")
                try await upload(file, to: NodeRequests.blobURL(name, container: output.containerURL), output)
                log.note("'\(match.name)' is uploaded")
            } catch let error as HTTPTransportError {
                return log.failure(NodeRequestProblem(error), match, output)
            } catch let problem as NodeRequestProblem {
                return log.failure(problem, match, output)
            } catch let error as AzureError {
                return log.failure(.other(error.message), match, output)
            }
        }
        return nil
    }

    private func upload(_ file: NodeFile, to url: String, _ output: TaskOutput) async throws {
        let size = file.status.size
        let block = max(Self.blockSize, (size + Self.maxBlocks - 1) / Self.maxBlocks)
        guard size > block else {
            var headers = Self.headers(output, behindBlocks: false)
            headers[.blobType] = "BlockBlob"
            return try await requests.put(url, headers: headers, body: try await file.data(0..<size))
        }
        var list = "<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>"
        var offset: Int64 = 0
        while offset < size {
            let end = min(size, offset + block)
            let number = String(offset / block)
            let id = Data((String(repeating: "0", count: max(0, 8 - number.count)) + number).utf8).base64EncodedString()
            let headers: HTTPFields = [.storageVersion: NodeRequests.storageVersion]
            try await requests.put(
                "\(url)\(Self.separator(url))comp=block&blockid=\(PercentEncoding.encode(id))", headers: headers,
                body: try await file.data(offset..<end))
            list += "<Latest>\(id)</Latest>"
            offset = end
        }
        try await requests.put(
            "\(url)\(Self.separator(url))comp=blocklist", headers: Self.headers(output, behindBlocks: true),
            body: Data((list + "</BlockList>").utf8))
    }

    private static func separator(_ url: String) -> String { url.contains("?") ? "&" : "?" }

    /// The header fields that a task gave. A list of blocks has the type of its own content in those without a prefix.
    private static func headers(_ output: TaskOutput, behindBlocks: Bool) -> HTTPFields {
        var fields: HTTPFields = [.storageVersion: NodeRequests.storageVersion]
        for header in output.headers {
            let isOfContent = ["content-type", "content-encoding", "content-language", "cache-control"].contains(
                header.name.lowercased())
            let name = behindBlocks && isOfContent ? "x-ms-blob-\(header.name)" : header.name
            if let name = HTTPField.Name(name) { fields[name] = header.value }
        }
        return fields
    }
}

extension UploadLog {
    fileprivate func failure(
        _ problem: NodeRequestProblem, _ match: OutputSearch.Match, _ output: TaskOutput
    ) -> TaskFailure {
        note(error: "'\(match.name)' could not be uploaded: \(problem.reason)")
        return problem.uploadFailure([
            .init(name: "FilePath", value: match.name),
            .init(name: "ContainerUrl", value: Redactor.url(output.containerURL)),
        ])
    }
}

extension NodeFile {
    /// The bytes of a range.
    fileprivate func data(_ range: Range<Int64>) async throws -> Data {
        try await chunks(range).collect(upTo: Int(range.upperBound - range.lowerBound))
    }
}
