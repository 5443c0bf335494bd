import AzureCore

extension BlobSAS {
    /// Refuses what no key can sign so that the service would accept it.
    func validate() throws {
        guard !container.isEmpty else {
            throw AzureError.invalidArgument("A shared access signature needs the name of a container.")
        }
        switch resource.kind {
        case .blob(""), .snapshot("", _), .version("", _):
            throw AzureError.invalidArgument(
                "A shared access signature for a blob in '\(container)' needs the name of the blob.")
        case .snapshot(let blob, ""), .version(let blob, ""):
            throw AzureError.invalidArgument(
                "A shared access signature for a snapshot or version of '\(blob)' needs its time or id.")
        default: break
        }
        guard storedPolicyID?.isEmpty == false || (permissions?.isEmpty == false && expiresOn != nil) else {
            throw AzureError.invalidArgument(
                "A SAS for '\(container)' needs permissions and an expiry, or a stored policy that has them.")
        }
        try SASRules.requireOrder(startsOn: startsOn, expiresOn: expiresOn)
        try SASRules.requireIPv4(ipRange)
        try SASRules.requireSingleLines(
            [
                ("container", container), ("permissions", permissions), ("stored policy", storedPolicyID),
                ("protocol", self.protocol?.rawValue), ("encryption scope", encryptionScope),
                ("snapshot or version", resourceTime),
            ] + responseHeaders.fields)
    }

    /// Refuses limits that an account key cannot sign: the signature would allow more than its maker thinks.
    func validateForAccountKey() throws {
        guard delegation == Delegation() else {
            throw AzureError.invalidArgument(
                "A SAS for '\(container)' with limits that need a user delegation key (`delegation`) cannot be signed "
                    + "with an account key.")
        }
    }

    /// Refuses what a user delegation key cannot sign.
    func validateForDelegation(by key: UserDelegationKey) throws {
        guard storedPolicyID == nil else {
            throw AzureError.invalidArgument(
                "A SAS that is signed with a user delegation key cannot use the stored policy "
                    + "'\(storedPolicyID ?? "")'.")
        }
        var lines: [(name: String, value: String?)] = [
            ("key's object id", key.objectID), ("key's tenant id", key.tenantID), ("key's service", key.service),
            ("key's version", key.version), ("key's start", key.startsOn.text), ("key's expiry", key.expiresOn.text),
            ("key's delegated tenant", key.delegatedUserTenantID),
            ("preauthorized agent", delegation.preauthorizedAgentObjectID), ("agent", delegation.agentObjectID),
            ("correlation id", delegation.correlationID), ("user", delegation.userObjectID),
        ]
        for (name, value) in delegation.requestHeaders {
            lines += [("request header", name), ("request header", value)]
        }
        for (name, value) in delegation.requestQuery {
            lines += [("request query", name), ("request query", value)]
        }
        try SASRules.requireSingleLines(lines)
    }
}
