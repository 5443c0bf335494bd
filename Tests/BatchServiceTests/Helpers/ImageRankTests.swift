import Testing

@testable import BatchService

@Suite("Which of two images is newer")
struct ImageRankTests {
    @Test(
        "SKUs compare by their numbers, and a plain SKU goes before its variants",
        arguments: [
            ("20_04-lts", "22_04-lts"), ("9", "10"), ("2019-datacenter", "2022-datacenter"), ("server-arm64", "server"),
            ("server-gen1", "server"), ("22_04-lts-gen2", "22_04-lts"), ("20_04-lts", "22_04-lts-gen2"), ("a", "b"),
        ])
    func skus(_ older: String, _ newer: String) {
        #expect(ImageRank(sku: older, version: "latest") < ImageRank(sku: newer, version: "1.0.0"))
        #expect(!(ImageRank(sku: newer, version: "1.0.0") < ImageRank(sku: older, version: "latest")))
    }

    @Test(
        "Versions of one SKU compare by their numbers, and latest is newer than any",
        arguments: [("1.9.0", "1.10.0"), ("24.04.202404", "24.04.202410"), ("99.0.0", "latest"), ("1.0", "1.0.1")])
    func versions(_ older: String, _ newer: String) {
        #expect(ImageRank(sku: "server", version: older) < ImageRank(sku: "server", version: newer))
        #expect(!(ImageRank(sku: "server", version: newer) < ImageRank(sku: "server", version: older)))
    }
}
