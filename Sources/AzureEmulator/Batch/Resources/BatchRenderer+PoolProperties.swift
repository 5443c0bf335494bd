extension BatchRenderer {
    /// What a client wrote of a pool, in the spelling of the service and with what it fills in: the size of the machines
    /// is in lower case, the way of filling nodes and the cache of the system's disk are in upper camel case, an image
    /// without a version is the latest, users and disks get what they have unless told otherwise.
    static func poolProperties(_ written: JSONValue) -> JSONValue {
        var json = withoutEmptyPackages(written)
        change("vmSize", of: &json) { .string($0.string?.lowercased() ?? "") }
        change("taskSchedulingPolicy", of: &json) { policy in
            spell("nodeFillType", of: policy, ["Spread", "Pack"])
        }
        change("userAccounts", of: &json) { accounts in
            .array((accounts.array ?? []).map { withDefaults($0, [("elevationLevel", "nonadmin")]) })
        }
        change("virtualMachineConfiguration", of: &json) { machine in
            var machine = machine
            change("imageReference", of: &machine) { withDefaults($0, [("version", "latest")]) }
            change("osDisk", of: &machine) { spell("caching", of: $0, ["None", "ReadOnly", "ReadWrite"]) }
            change("dataDisks", of: &machine) { disks in
                .array((disks.array ?? []).map { withDefaults($0, [("caching", "none")]) })
            }
            return machine
        }
        return json
    }

    /// An empty list of application packages is left out.
    static func withoutEmptyPackages(_ written: JSONValue) -> JSONValue {
        var json = written
        if json["applicationPackageReferences"]?.array?.isEmpty == true { json["applicationPackageReferences"] = nil }
        return json
    }

    private static func change(_ name: String, of json: inout JSONValue, _ change: (JSONValue) -> JSONValue) {
        guard let value = json[name], !value.isNull else { return }
        json[name] = change(value)
    }

    private static func spell(_ name: String, of json: JSONValue, _ spellings: [String]) -> JSONValue {
        var json = json
        change(name, of: &json) { value in
            spellings.first { $0.lowercased() == value.string?.lowercased() }.map { .string($0) } ?? value
        }
        return json
    }
}
