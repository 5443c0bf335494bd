import AzureCore

/// One page of a list in the form of the Batch service.
struct ODataPage: Sendable {
    /// The most items of a page.
    static let maxSize = 1000

    private(set) var items: [JSONValue]
    /// What the next page starts after; nil on the last.
    let skipToken: String?

    /// Cuts a page out of a list.
    ///
    /// - Parameters:
    ///   - list: All items that pass the filter, in their order, each with the key it is found by.
    ///   - size: The `maxresults` of the request.
    ///   - skipToken: The key that the page starts after. An item that went away meanwhile does no harm when keys are
    ///     in order; the page then starts with the first key behind.
    init(of list: [(key: String, value: JSONValue)], size: Int?, after skipToken: String?) {
        var start = 0
        if let skipToken {
            if let index = list.firstIndex(where: { $0.key == skipToken }) {
                start = index + 1
            } else {
                start = list.firstIndex { $0.key > skipToken } ?? list.count
            }
        }
        let end = min(list.count, start + min(size ?? Self.maxSize, Self.maxSize))
        items = list[start..<end].map(\.value)
        self.skipToken = end < list.count && end > start ? list[end - 1].key : nil
    }

    /// The page with each item changed.
    func mapItems(_ change: (JSONValue) -> JSONValue) -> ODataPage {
        var page = self
        page.items = items.map(change)
        return page
    }

    /// The body of the answer.
    ///
    /// - Parameters:
    ///   - metadata: The kind of the list, for `odata.metadata`.
    ///   - request: The request, whose query the next link keeps.
    func body(metadata: String, request: EmulatorRequest, endpoint: String) -> JSONValue {
        var body: JSONValue = ["odata.metadata": .string(metadata), "value": .array(items)]
        if let skipToken {
            let kept = request.query.items.filter { $0.name.lowercased() != "$skiptoken" }
                .map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
            let query = (kept + ["%24skiptoken=\(PercentEncoding.encode(skipToken))"]).joined(separator: "&")
            body["odata.nextLink"] = .string("\(request.origin ?? endpoint)\(request.rawPath)?\(query)")
        }
        return body
    }
}
