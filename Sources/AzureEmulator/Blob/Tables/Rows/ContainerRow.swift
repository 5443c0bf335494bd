import struct Foundation.Data

/// A container as bytes. Field numbers are never given to anything else.
enum ContainerRow {
    static func data(of container: ContainerRecord, offset: Duration) -> Data {
        var row = FieldWriter()
        row.put(1, container.name)
        row.put(2, container.deletion?.version)
        row.put(3, container.deletion?.on)
        row.put(4, container.metadata)
        row.put(5, container.publicAccess?.rawValue)
        row.put(6, container.encryptionScope.name)
        row.put(7, container.encryptionScope.deniesOverride)
        if container.lease != Lease() { row.put(8) { $0.put(container.lease, offset: offset) } }
        for policy in container.policies {
            row.put(9) { row in
                row.put(1, policy.id)
                row.put(2, policy.start)
                row.put(3, policy.expiry)
                row.put(4, policy.permission)
            }
        }
        row.put(10) { $0.put(container.version) }
        return row.data
    }

    static func container(_ id: ContainerID, _ data: Data, offset: Duration) throws -> ContainerRecord {
        let row = try FieldReader(data)
        guard let version = try row.row(10) else { throw FieldReader.damaged }
        var container = ContainerRecord(
            id: id, name: try row.wholeText(1), metadata: try row.entries(4), version: try version.version())
        if let version = try row.text(2), let date = try row.date(3) {
            container.deletion = ContainerRecord.Deletion(version: version, on: date)
        }
        container.publicAccess = try row.text(5).flatMap(PublicAccess.init)
        container.encryptionScope = ContainerEncryptionScope(
            name: try row.wholeText(6), deniesOverride: row.isTrue(7))
        container.lease = try row.row(8)?.lease(offset: offset) ?? Lease()
        container.policies = try row.rows(9).map { row in
            StoredAccessPolicy(
                id: try row.wholeText(1), start: try row.text(2), expiry: try row.text(3),
                permission: try row.text(4))
        }
        container.version = try version.version()
        return container
    }
}
