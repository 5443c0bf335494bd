extension BatchRenderer {
    /// The first port behind which nodes take logins, as on Azure. Nobody listens there.
    static let firstLoginPort = 50_000

    /// What a node says of its machine: its ports, and what is wrong with it.
    func addMachine(_ node: NodeRecord, pool: PoolRecord, to json: inout JSONValue) {
        let pools = pool.properties["networkConfiguration"]?["endpointConfiguration"]?["inboundNATPools"]?.array ?? []
        json["endpointConfiguration"] = [
            "inboundEndpoints": .array(pools.map { endpoint($0, of: node) } + [login(node, pool: pool)])
        ]
        guard !node.errors.isEmpty else { return }
        json["errors"] = .array(
            node.errors.map { error in
                var json: JSONValue = ["code": .string(error.code), "message": .string(error.message)]
                if !error.details.isEmpty {
                    json["errorDetails"] = .array(
                        error.details.map { ["name": .string($0.name), "value": .string($0.value)] })
                }
                return json
            })
    }

    private func endpoint(_ pool: JSONValue, of node: NodeRecord) -> JSONValue {
        let start = pool["frontendPortRangeStart"]?.integer ?? 0
        let (port, isTooLarge) = start.addingReportingOverflow(Int64(node.number))
        var json: JSONValue = [
            "name": .string("\(pool["name"]?.string ?? "").\(node.number)"), "publicIPAddress": "127.0.0.1",
            "publicFQDN": "localhost", "frontendPort": .integer(isTooLarge ? start : port),
        ]
        json["protocol"] = pool["protocol"]
        json["backendPort"] = pool["backendPort"]
        return json
    }

    /// The port for logins that each node has, behind those that its pool asks for.
    private func login(_ node: NodeRecord, pool: PoolRecord) -> JSONValue {
        let agent = pool.properties["virtualMachineConfiguration"]?["nodeAgentSKUId"]?.string ?? ""
        let isWindows = agent.lowercased().hasPrefix("batch.node.windows")
        return [
            "name": .string("\(isWindows ? "RDPRule" : "SSHRule").\(node.number)"), "protocol": "tcp",
            "publicIPAddress": "127.0.0.1", "publicFQDN": "localhost", "backendPort": isWindows ? 3389 : 22,
            "frontendPort": .integer(Int64(Self.firstLoginPort + node.number)),
        ]
    }

    /// The extension by which the service brings its agent onto each node.
    static let agentExtension: JSONValue = [
        "name": "batchNodeExtension", "publisher": "Microsoft.Azure.Extensions", "type": "CustomScript",
        "typeHandlerVersion": "2.0", "autoUpgradeMinorVersion": true,
    ]

    /// An extension of the machines of a pool, which nobody installs here.
    func machineExtension(_ written: JSONValue) -> JSONValue {
        [
            "provisioningState": "Succeeded", "vmExtension": written,
            "instanceView": [
                "name": written["name"] ?? "",
                "statuses": [
                    [
                        "code": "ProvisioningState/succeeded", "level": "Info",
                        "displayStatus": "Provisioning succeeded",
                        "message": "The emulator keeps extensions and installs none",
                    ]
                ],
            ],
        ]
    }
}
