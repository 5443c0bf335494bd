import AzureCore
import Foundation

/// The images that the emulator says it has. Tasks run on this machine whatever the image.
enum BatchSupportedImages {
    private struct Image {
        var publisher: String
        var offer: String
        var sku: String
        var agent: String
        var osType = "linux"
        var verification = "verified"
        /// Days from now on; negative for an image whose support has ended.
        var endsInDays: Double?
        var capabilities: [String] = []
    }

    private static let images = [
        Image(publisher: "canonical", offer: "ubuntu-24_04-lts", sku: "server", agent: "batch.node.ubuntu 24.04"),
        Image(publisher: "canonical", offer: "ubuntu-24_04-lts", sku: "server-arm64", agent: "batch.node.ubuntu 24.04"),
        Image(
            publisher: "canonical", offer: "0001-com-ubuntu-server-jammy", sku: "22_04-lts",
            agent: "batch.node.ubuntu 22.04", endsInDays: 400),
        Image(
            publisher: "canonical", offer: "0001-com-ubuntu-server-focal", sku: "20_04-lts",
            agent: "batch.node.ubuntu 20.04", endsInDays: -200),
        Image(
            publisher: "canonical", offer: "ubuntu-26_04-lts", sku: "server-preview", agent: "batch.node.ubuntu 26.04",
            verification: "unverified"),
        Image(publisher: "debian", offer: "debian-12", sku: "12-gen2", agent: "batch.node.debian 12"),
        Image(
            publisher: "microsoft-dsvm", offer: "ubuntu-hpc", sku: "2204", agent: "batch.node.ubuntu 22.04",
            endsInDays: 400, capabilities: ["DockerCompatible", "NvidiaTeslaDriverInstalled"]),
        Image(
            publisher: "microsoftwindowsserver", offer: "windowsserver", sku: "2025-datacenter-smalldisk",
            agent: "batch.node.windows amd64", osType: "windows"),
        Image(
            publisher: "microsoftwindowsserver", offer: "windowsserver", sku: "2022-datacenter-core",
            agent: "batch.node.windows amd64", osType: "windows"),
        Image(
            publisher: "microsoftwindowsserver", offer: "windowsserver", sku: "2022-datacenter-g2",
            agent: "batch.node.windows amd64", osType: "windows"),
        Image(
            publisher: "microsoftwindowsserver", offer: "windowsserver", sku: "2019-datacenter-core-g2",
            agent: "batch.node.windows amd64", osType: "windows"),
        Image(
            publisher: "microsoftwindowsserver", offer: "windowsserver", sku: "2016-datacenter-smalldisk",
            agent: "batch.node.windows amd64", osType: "windows", endsInDays: 400),
    ]

    /// The images as the service lists them.
    static func list(now: Date) -> [JSONValue] {
        images.map { image in
            var json: JSONValue = [
                "nodeAgentSKUId": .string(image.agent), "osType": .string(image.osType),
                "verificationType": .string(image.verification),
                "capabilities": .array(image.capabilities.map { .string($0) }),
                "imageReference": [
                    "publisher": .string(image.publisher), "offer": .string(image.offer), "sku": .string(image.sku),
                    "version": "latest",
                ],
            ]
            if let days = image.endsInDays {
                json["batchSupportEndOfLife"] = .string(
                    ISO8601Date.formatSeconds(now.addingTimeInterval(days * 86_400)))
            }
            return json
        }
    }
}
