import AzureCore
import Foundation

/// A request to the Batch service, checked for what all operations have in common.
struct BatchCall: Sendable {
    /// The most bytes of a body: 1 MB.
    static let maxBody = 1024 * 1024

    let request: EmulatorRequest
    let operation: BatchOperation
    let row: BatchOperationRow
    let version: BatchVersion
    /// The ids in the path, in their order.
    let ids: [String]
    let maxResults: Int?
    let skipToken: String?
    let filter: ODataFilter?
    let select: ODataSelect?
    /// Whether the answer is to have statistics.
    let expandsStatistics: Bool

    /// Reads method, path and query.
    ///
    /// - Throws: A ``BatchServiceError``.
    init(_ request: EmulatorRequest) throws {
        guard let name = request.query["api-version"], !name.isEmpty else {
            throw BatchServiceError.missingAPIVersion
        }
        guard let version = BatchVersion(rawValue: name) else { throw BatchServiceError.unsupportedAPIVersion(name) }
        let route = try BatchRoute(request.method, segments: request.segments)
        row = route.operation.row
        guard row.versions.contains(version) else { throw BatchServiceError.unsupportedRequestVersion }
        self.request = request
        self.version = version
        (operation, ids) = (route.operation, route.ids)
        maxResults = try Self.number("maxresults", 1...ODataPage.maxSize, in: request)
        _ = try Self.number("timeOut", 0...Int(Int32.max), in: request)
        skipToken = request.query["$skiptoken"]
        filter = try Self.odata("$filter", in: request) { try ODataFilter($0) }
        expandsStatistics = try Self.expandsStatistics(request)
        select = try Self.odata("$select", in: request) { try ODataSelect($0) }
    }

    /// Whether a query parameter says `true`.
    func flag(_ name: String) -> Bool {
        request.query[name]?.lowercased() == "true"
    }

    /// The body as it came, which has to be a JSON object.
    ///
    /// - Throws: A ``BatchServiceError``.
    func json() async throws -> JSONValue {
        guard let body = try await optionalJSON() else { throw BatchServiceError.invalidBody("There is no body.") }
        return body
    }

    /// The body as it came, or nil when there is none.
    ///
    /// - Throws: A ``BatchServiceError``.
    func optionalJSON() async throws -> JSONValue? {
        guard request.header("Content-Length") != nil || request.header("Transfer-Encoding") != nil else {
            throw BatchServiceError.missingContentLength
        }
        guard let data = try await request.collectBody(upTo: Self.maxBody) else { throw BatchServiceError.bodyTooLarge }
        guard !data.isEmpty else { return nil }
        let type = request.header("Content-Type")?.lowercased() ?? ""
        guard type.hasPrefix("application/json") else {
            throw BatchServiceError.invalidHeader("Content-Type", type)
        }
        do {
            let json = try JSONValue(parsing: data)
            guard json.object != nil else { throw BatchServiceError.invalidBody("The body is no JSON object.") }
            return json
        } catch let error as JSONSyntaxError {
            throw BatchServiceError.invalidBody("\(error)")
        }
    }

    /// The part of a list that the request asks for, as the body of the answer.
    ///
    /// - Parameters:
    ///   - list: All items in their order, with the keys that continuation tokens name.
    ///   - kind: The kind of the list, such as `pools`.
    ///   - endpoint: The address of the service.
    func page(of list: [(key: String, value: JSONValue)], kind: String, endpoint: String) -> JSONValue {
        let passed = filter.map { filter in list.filter { filter.matches($0.value) } } ?? list
        let page = ODataPage(of: passed, size: maxResults, after: skipToken)
        let shown = select.map { select in page.mapItems(select.apply) } ?? page
        return shown.body(metadata: "\(endpoint)/$metadata#\(kind)", request: request, endpoint: endpoint)
    }

    private static func expandsStatistics(_ request: EmulatorRequest) throws -> Bool {
        guard let text = request.query["$expand"] else { return false }
        guard text == "stats" else { throw BatchServiceError.invalidQuery("$expand", text, "There is only 'stats'.") }
        return true
    }

    private static func number(_ name: String, _ range: ClosedRange<Int>, in request: EmulatorRequest) throws -> Int? {
        guard let text = request.query[name] else { return nil }
        guard let number = Int(text) else {
            throw BatchServiceError.invalidQuery(name, text, "It is no whole number.")
        }
        guard number >= 0 else {
            throw BatchServiceError.invalidQuery(name, text, "It must not be negative.")
        }
        guard range.contains(number) else {
            throw BatchServiceError.outOfRangeQuery(
                name, text, "It must be \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }

    private static func odata<Value>(
        _ name: String, in request: EmulatorRequest, _ read: (String) throws -> Value
    ) throws -> Value? {
        guard let text = request.query[name] else { return nil }
        do {
            return try read(text)
        } catch let error as ODataSyntaxError {
            throw BatchServiceError.invalidQuery(name, text, "\(error)")
        }
    }
}
