import Foundation
import Testing

@testable import AzureEmulator

@Suite("OData")
struct ODataTests {
    private let task: JSONValue = [
        "id": "render-7", "state": "completed", "creationTime": "2026-01-02T03:04:05.5Z", "isLast": true,
        "executionInfo": ["exitCode": 3, "result": "failure"], "displayName": nil,
    ]

    @Test(
        "filters compare texts, numbers, times and nested properties",
        arguments: [
            ("state eq 'completed'", true), ("state ne 'completed'", false), ("id eq 'render''7'", false),
            ("executionInfo/exitCode gt 2", true), ("executionInfo/exitCode ge 3", true),
            ("executionInfo/exitCode lt 3", false), ("executionInfo/result eq 'failure'", true),
            ("creationTime gt DateTime'2026-01-02T03:04:05Z'", true),
            ("creationTime le datetime'2026-01-02T03:04:05.5Z'", true), ("creationTime lt 2026-01-02T03:04:05Z", false),
            ("startswith(id, 'render-')", true), ("startswith(id,'x')", false), ("isLast eq true", true),
            ("missing eq null", true), ("missing ne 'x'", true), ("missing eq 'x'", false),
            ("displayName eq null", true),
            ("not state eq 'active'", true), ("not (state eq 'completed')", false),
            ("state eq 'active' or state eq 'completed' and isLast eq false", false),
            ("(state eq 'active' or state eq 'completed') and isLast eq true", true),
        ])
    func filter(text: String, expected: Bool) throws {
        #expect(try ODataFilter(text).matches(task) == expected)
    }

    @Test(
        "filters that are none are refused",
        arguments: [
            "", "state", "state eq", "state is 'x'", "state eq 'x", "(state eq 'x'", "state eq 'x')", "eq 'x'",
            "state eq x", "startswith(id)", "state eq 'x' and", "DateTime'soon' lt creationTime", "a eq 1 b eq 2", "#",
            String(repeating: "(", count: 1000),
        ])
    func refused(text: String) {
        #expect(throws: ODataSyntaxError.self) { try ODataFilter(text) }
    }

    @Test("select keeps the chosen properties, nested ones too")
    func select() throws {
        #expect(
            try ODataSelect("id, executionInfo/exitCode,missing").apply(to: task) == [
                "id": "render-7", "executionInfo": ["exitCode": 3],
            ])
        #expect(throws: ODataSyntaxError.self) { try ODataSelect("id,,state") }
    }

    @Test("pages go on after the last item, also when that is gone")
    func pages() throws {
        let list = (0..<5).map { (key: "k\($0)", value: JSONValue.integer($0)) }
        let first = ODataPage(of: list, size: 2, after: nil)
        #expect(first.items == [0, 1] && first.skipToken == "k1")
        #expect(ODataPage(of: list, size: 2, after: "k1").items == [2, 3])
        #expect(ODataPage(of: list.filter { $0.key != "k1" }, size: 2, after: "k1").items == [2, 3])
        let last = ODataPage(of: list, size: 2, after: "k3")
        #expect(last.items == [4] && last.skipToken == nil)
        #expect(ODataPage(of: list, size: nil, after: nil).skipToken == nil)
    }
}
