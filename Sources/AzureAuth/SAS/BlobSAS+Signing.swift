import AzureCore

extension BlobSAS {
    /// The text that an account key signs.
    package func stringToSign(accountName: String) throws -> String {
        try validate()
        try validateForAccountKey()
        return
            (commonFields(accountName: accountName)
            + [
                storedPolicyID, ipRange, self.protocol?.rawValue, sasVersion, resourceLetter, resourceTime,
                encryptionScope,
            ] + responseHeaders.fields.map(\.value))
            .map { $0 ?? "" }.joined(separator: "\n")
    }

    /// The text that a user delegation key signs.
    package func stringToSign(accountName: String, key: UserDelegationKey) throws -> String {
        try validate()
        try validateForDelegation(by: key)
        let headers = sorted(delegation.requestHeaders).map { "\($0.key):\($0.value)\n" }.joined()
        let query = sorted(delegation.requestQuery).map { "\n\($0.key):\($0.value)" }.joined()
        return
            (commonFields(accountName: accountName)
            + [
                key.objectID, key.tenantID, key.startsOn.sasTime, key.expiresOn.sasTime, key.service, key.version,
                delegation.preauthorizedAgentObjectID, delegation.agentObjectID, delegation.correlationID,
                key.delegatedUserTenantID, delegation.userObjectID, ipRange, self.protocol?.rawValue, sasVersion,
                resourceLetter, resourceTime, encryptionScope, headers, query,
            ] + responseHeaders.fields.map(\.value))
            .map { $0 ?? "" }.joined(separator: "\n")
    }

    private func commonFields(accountName: String) -> [String?] {
        [
            permissions, startsOn?.sasTime, expiresOn?.sasTime,
            "/blob/\(accountName)/\(container)\(blobName.map { "/\($0)" } ?? "")",
        ]
    }

    private var blobName: String? {
        switch resource.kind {
        case .container: nil
        case .blob(let name), .snapshot(let name, _), .version(let name, _), .directory(let name): name
        }
    }

    private var resourceLetter: String {
        switch resource.kind {
        case .container: "c"
        case .blob: "b"
        case .snapshot: "bs"
        case .version: "bv"
        case .directory: "d"
        }
    }

    var resourceTime: String? {
        switch resource.kind {
        case .snapshot(_, let time), .version(_, let time): time
        default: nil
        }
    }

    private var directoryDepth: String? {
        guard case .directory(let name) = resource.kind else { return nil }
        let path = name.drop { $0 == "/" }.reversed().drop { $0 == "/" }
        return path.isEmpty ? "0" : String(path.split(separator: "/", omittingEmptySubsequences: false).count)
    }

    /// Names and values in one order, so that a signature does not depend on hashing.
    private func sorted(_ values: [String: String]) -> [(key: String, value: String)] {
        values.sorted { $0.key < $1.key }
    }

    func token(signature: String, key: UserDelegationKey?) -> String {
        var writer = SASTokenWriter()
        writer.add("st", startsOn?.sasTime)
        writer.add("se", expiresOn?.sasTime)
        writer.add("sp", permissions)
        writer.add("sip", ipRange)
        writer.add("spr", self.protocol?.rawValue)
        writer.add("sv", sasVersion)
        writer.add("si", storedPolicyID)
        writer.add("sduoid", key == nil ? nil : delegation.userObjectID)
        writer.add("sr", resourceLetter)
        for field in responseHeaders.fields { writer.add(field.name, field.value) }
        writer.add("ses", encryptionScope)
        writer.add("sdd", directoryDepth)
        if let key { add(key, to: &writer) }
        writer.add("sig", signature)
        return writer.token
    }

    private func add(_ key: UserDelegationKey, to writer: inout SASTokenWriter) {
        writer.add("saoid", delegation.preauthorizedAgentObjectID)
        writer.add("suoid", delegation.agentObjectID)
        writer.add("scid", delegation.correlationID)
        writer.add("skoid", key.objectID)
        writer.add("sktid", key.tenantID)
        writer.add("skt", key.startsOn.sasTime)
        writer.add("ske", key.expiresOn.sasTime)
        writer.add("sks", key.service)
        writer.add("skv", key.version)
        writer.add("skdutid", key.delegatedUserTenantID)
        let names = { (values: [String: String]) in
            sorted(values).map { PercentEncoding.encodePath($0.key) }.joined(separator: ",")
        }
        writer.addEncoded("srh", names(delegation.requestHeaders))
        writer.addEncoded("srq", names(delegation.requestQuery))
    }
}
