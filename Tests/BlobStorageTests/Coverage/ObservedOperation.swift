import AzureTesting
import BlobStorage
import Foundation
import HTTPTypes

/// What the cases of one operation were seen to send and to read.
struct ObservedOperation: Sendable {
    var cases = 0
    var query: Set<String> = []
    /// In lower case.
    var requestHeaders: Set<String> = []
    /// The paths of the result that change with a header field of the answer, by its name.
    var responseHeaders: [String: [String]] = [:]

    /// Runs all cases of an operation.
    static func observe(_ operation: CoverageFacts.Operation, _ cases: [OperationCase]) async throws -> Self {
        var observed = ObservedOperation()
        for item in cases where item.operation == operation.name {
            observed.cases += 1
            let (request, result) = try await item.outcome(of: item.response())
            observed.query.formUnion(request.query.keys)
            observed.requestHeaders.formUnion(request.head.headerFields.map(\.name.canonicalName))
            let leaves = Reflected.leaves(of: result)
            for name in operation.responseHeaders where observed.responseHeaders[name] == nil {
                observed.responseHeaders[name] = await paths(thatRead: name, in: item, leaves)
            }
        }
        return observed
    }

    /// Whether a name of the facts was sent; `x-ms-meta` stands for all names that begin with it.
    func sends(_ header: String) -> Bool {
        let name = header.lowercased()
        return requestHeaders.contains(name)
            || requestHeaders.contains { $0.hasPrefix("\(name)-") && name == "x-ms-meta" }
    }

    /// Where in the result a header field of the answer shows: what changes when it is taken away or altered.
    ///
    /// - Returns: Nil when nothing changes, or the case has no such field in its answer.
    private static func paths(
        thatRead header: String, in item: OperationCase, _ leaves: [String: String]
    ) async -> [String]? {
        var found: String?
        _ = item.response { headers in
            found = headers.keys.sorted().first { name in
                let name = name.lowercased()
                let wanted = header.lowercased()
                return name == wanted
                    || ["x-ms-meta", "x-ms-or"].contains(wanted) && name.hasPrefix("\(wanted)-")
                        && name != "x-ms-or-policy-id"
            }
        }
        guard let name = found else { return nil }
        for alteration in [nil, "7", "other"] as [String?] {
            let answer = item.response { $0[name] = alteration }
            guard let (_, result) = try? await item.outcome(of: answer) else { return ["checked"] }
            let altered = Reflected.leaves(of: result)
            let paths = Set(leaves.keys).union(altered.keys).filter { leaves[$0] != altered[$0] }
            if !paths.isEmpty { return paths.sorted { ($0.count, $0) < ($1.count, $1) } }
        }
        return nil
    }
}
