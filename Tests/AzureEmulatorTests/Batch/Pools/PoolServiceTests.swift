import AzureCore
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("What pools may be, through the service", .timeLimit(.minutes(5)))
struct PoolServiceTests {
    private static func pool(_ change: (inout JSONValue) -> Void) -> JSONValue {
        var body = BatchFixture.pool()
        change(&body)
        return body
    }

    /// Pools, a task, and the code of its failure. The first code is what the official .NET client's test of container
    /// tasks expects; the second and its category are in an answer of the service that a user has published in
    /// Azure/Batch#4, the third in one in microsoft/ga4gh-tes#525.
    private static let unable: [(pool: JSONValue, task: JSONValue, code: String)] = [
        (pool { _ in }, ["containerSettings": ["imageName": "ubuntu"]], "ContainerPoolNotSupported"),
        (
            pool { $0["virtualMachineConfiguration"]?["containerConfiguration"] = ["type": "dockerCompatible"] },
            ["containerSettings": ["imageName": "ubuntu"]], "ContainerInvalidSettings"
        ),
        (
            pool { $0["virtualMachineConfiguration"]?["containerConfiguration"] = ["type": "dockerCompatible"] }, [:],
            "ContainerTaskSettingsNotFound"
        ),
        (
            pool {
                $0["virtualMachineConfiguration"] = [
                    "imageReference": [
                        "publisher": "MicrosoftWindowsServer", "offer": "WindowsServer", "sku": "2022-datacenter-core",
                    ], "nodeAgentSKUId": "batch.node.windows amd64",
                ]
            }, [:], "CommandLaunchFailed"
        ),
    ]

    @Test("Pools with containers or Windows are there, and their tasks say what this machine has not", arguments: 0..<4)
    func tasksThatCannotRun(index: Int) async throws {
        let (pool, task, code) = Self.unable[index]
        try await BatchFixture.with { fixture in
            let made = try await fixture.send(.post, "/pools", body: pool)
            #expect(made.status == 201, "\(made.text)")
            #expect(
                try await fixture.send(.post, "/jobs", body: ["id": "job", "poolInfo": ["poolId": "pool"]]).status
                    == 201)
            let info = try await fixture.run("true", task)["executionInfo"]
            #expect(info?["failureInfo"]?["code"] == .string(code) && info?["result"] == "failure")
            #expect(info?["failureInfo"]?["category"] == "UserError" && info?["exitCode"] == nil)
        }
    }

    @Test("What is not acted upon is kept as it was sent, but for secrets")
    func settings() async throws {
        try await BatchFixture.with { fixture in
            let machine: JSONValue = [
                "imageReference": ["virtualMachineImageId": .string(Self.resource("Microsoft.Compute/images/i"))],
                "nodeAgentSKUId": "batch.node.ubuntu 24.04",
                "osDisk": ["diskSizeGB": 64, "managedDisk": ["storageAccountType": "premium_lrs"]],
                "dataDisks": [["lun": 0, "diskSizeGB": 10, "caching": "readonly"]],
                "securityProfile": ["encryptionAtHost": true, "securityType": "trustedLaunch"],
                "nodePlacementConfiguration": ["policy": "zonal"],
            ]
            let network: JSONValue = [
                "subnetId": .string(Self.resource("Microsoft.Network/virtualNetworks/n/subnets/x")),
                "publicIPAddressConfiguration": ["provision": "batchmanaged"],
            ]
            let body = Self.pool {
                $0["targetDedicatedNodes"] = 0
                $0["virtualMachineConfiguration"] = machine
                $0["networkConfiguration"] = network
                $0["upgradePolicy"] = ["mode": "manual"]
                $0["userAccounts"] = [
                    ["name": "u", "password": "secret-1", "linuxUserConfiguration": ["uid": 1001, "gid": 1001]]
                ]
                // At one path, as in the specification's example of a pool with mounts.
                $0["mountConfiguration"] = [
                    ["nfsMountConfiguration": ["source": "nfs:/x", "relativeMountPath": "n"]],
                    [
                        "cifsMountConfiguration": [
                            "username": "u", "source": "//c", "relativeMountPath": "n", "password": "secret-2",
                        ]
                    ],
                ]
            }
            let made = try await fixture.send(.post, "/pools", body: body)
            #expect(made.status == 201, "\(made.text)")
            let answer = try await fixture.send(.get, "/pools/pool")
            let shown = answer.json["virtualMachineConfiguration"]
            #expect(
                shown?["securityProfile"] == machine["securityProfile"] && shown?["dataDisks"] == machine["dataDisks"])
            #expect(shown?["osDisk"] == machine["osDisk"])
            #expect(answer.json["networkConfiguration"] == network)
            #expect(answer.json["mountConfiguration"]?.array?.count == 2)
            #expect(answer.json["userAccounts"]?.array?.first?["linuxUserConfiguration"]?["uid"] == 1001)
            #expect(!answer.text.contains("secret"))
        }
    }

    @Test(
        "What does not fit is refused",
        arguments: [
            ["resizeTimeout": "PT4M59S"], ["userAccounts": [["name": "a-name-that-is-too-long", "password": "p"]]],
            ["mountConfiguration": [[:]]],
            [
                "mountConfiguration": [
                    ["nfsMountConfiguration": ["source": "s", "relativeMountPath": "../x"]]
                ]
            ],
            [
                "mountConfiguration": [
                    [
                        "azureBlobFileSystemConfiguration": [
                            "accountName": "a", "containerName": "c", "relativeMountPath": "m",
                        ]
                    ]
                ]
            ],
        ] as [JSONValue])
    func refusals(more: JSONValue) async throws {
        try await BatchFixture.with { fixture in
            let body = Self.pool { pool in
                for (name, value) in more.object ?? [:] { pool[name] = value }
            }
            let answer = try await fixture.send(.post, "/pools", body: body)
            #expect(answer.status == 400 && answer.code == "InvalidPropertyValue", "\(answer.text)")
        }
    }

    /// The witness of the forms of images, and of a subnet in a foreign subscription, is the recorded answer of the
    /// service to the official Python client; that of a subnet's form is the reference of `NetworkConfiguration`.
    @Test(
        "An image and a subnet have ids of the documented forms",
        arguments: [
            (image: "Microsoft.Compute/images/i", subnet: nil, isTaken: true),
            (image: "microsoft.compute/Galleries/g/images/i", subnet: nil, isTaken: true),
            (image: "Microsoft.Compute/galleries/g/images/i/versions/1.0.0", subnet: nil, isTaken: true),
            (image: "Microsoft.Compute/gallery/g/images/i/versions/1.0.0", subnet: nil, isTaken: false),
            (image: "Microsoft.Compute/images/", subnet: nil, isTaken: false),
            (image: nil, subnet: Self.resource("Microsoft.Network/virtualNetworks/n/subnets/s"), isTaken: true),
            (image: nil, subnet: Self.resource("Microsoft.ClassicNetwork/virtualNetworks/n/subnets/s"), isTaken: true),
            (image: nil, subnet: Self.resource("Microsoft.Network/networks/n/subnets/s"), isTaken: false),
            (
                image: nil,
                subnet: "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/test/providers/"
                    + "Microsoft.Network/virtualNetworks/vnet1/subnets/subnet1", isTaken: false
            ),
        ] as [(String?, String?, Bool)])
    func resourceIDs(image: String?, subnet: String?, isTaken: Bool) async throws {
        try await BatchFixture.with { fixture in
            let body = Self.pool {
                if let image {
                    $0["virtualMachineConfiguration"]?["imageReference"] = [
                        "virtualMachineImageId": .string(Self.resource(image))
                    ]
                }
                if let subnet { $0["networkConfiguration"] = ["subnetId": .string(subnet)] }
            }
            let answer = try await fixture.send(.post, "/pools", body: body)
            #expect(isTaken ? answer.status == 201 : answer.code == "InvalidPropertyValue", "\(answer.text)")
        }
    }

    /// The witness is `az batch pool create --target-dedicated-nodes 1` of azure-cli 2.91, which sends `"1"`.
    @Test("A whole number may come as a text")
    func numberAsText() async throws {
        try await BatchFixture.with { fixture in
            let body = Self.pool {
                $0["targetDedicatedNodes"] = "1"
                $0["taskSlotsPerNode"] = "2"
            }
            let made = try await fixture.send(.post, "/pools", body: body)
            #expect(made.status == 201, "\(made.text)")
            let shown = try await fixture.send(.get, "/pools/pool").json
            #expect(shown["targetDedicatedNodes"] == 1 && shown["taskSlotsPerNode"] == 2)
            let wrong = Self.pool { $0["targetDedicatedNodes"] = "one" }
            #expect(try await fixture.send(.post, "/pools", body: wrong).code == "InvalidRequestBody")
        }
    }

    private static func resource(_ path: String) -> String {
        "/subscriptions/5a7e3f0c-1111-2222-3333-444455556666/resourceGroups/g/providers/\(path)"
    }

    @Test("A node of a pool with a file share is unusable and says so; the list of uses has the documented form")
    func failedMount() async throws {
        try await BatchFixture.with { fixture in
            let body = Self.pool {
                $0["mountConfiguration"] = [
                    [
                        "azureFileShareConfiguration": [
                            "accountName": "a", "azureFileUrl": "https://a.file.core.windows.net/s",
                            "accountKey": "a2V5",
                            "relativeMountPath": "share",
                        ]
                    ]
                ]
            }
            #expect(try await fixture.send(.post, "/pools", body: body).status == 201)
            await fixture.emulator.wait { $0.pools["pool"]?.nodes.records.contains { $0.state == .unusable } ?? false }
            let node = try await fixture.send(.get, "/pools/pool/nodes").json["value"]?.array?.first
            #expect(node?["state"] == "unusable")
            #expect(node?["errors"]?.array?.first?["code"] == "MountConfigurationException")
            let metrics = try await fixture.send(.get, "/poolusagemetrics", "startTime=2020-01-01T00:00:00Z")
            #expect(metrics.status == 200 && metrics.json["value"] == [])
            #expect(
                try await fixture.send(.get, "/poolusagemetrics", "startTime=soon").code == "InvalidQueryParameterValue"
            )
        }
    }
}
