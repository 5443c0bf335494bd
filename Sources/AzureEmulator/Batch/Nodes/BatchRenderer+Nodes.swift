extension BatchRenderer {
    /// The first port behind which nodes take logins, as on Azure. Nobody listens there.
    static let firstLoginPort = 50_000

    /// What a node says of its machine: its ports, and what is wrong with it.
    func addMachine(_ node: NodeRecord, pool: PoolRecord, to json: inout JSONValue) {
        let pools = pool.properties["networkConfiguration"]?["endpointConfiguration"]?["inboundNATPools"]?.array ?? []
        if !pools.isEmpty {
            json["endpointConfiguration"] = ["inboundEndpoints": .array(pools.map { endpoint($0, of: node) })]
        }
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
