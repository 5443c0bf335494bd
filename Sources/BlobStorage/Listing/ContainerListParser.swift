import AzureCore
import Foundation

/// Reads a page of a list of containers.
struct ContainerListParser {
    private var reader: XMLPullReader

    static func parse(_ body: Data) throws -> Page<ContainerItem> {
        var parser = ContainerListParser(reader: try XMLPullReader(body))
        return try parser.page()
    }

    private mutating func page() throws -> Page<ContainerItem> {
        var items: [ContainerItem] = []
        var marker = ""
        try reader.enterRoot("EnumerationResults")
        while try reader.nextChild() {
            if reader.isElement("Containers") {
                while try reader.nextChild() {
                    try ListPage.check(entries: items.count)
                    items.append(try container())
                }
            } else if reader.isElement("NextMarker") {
                marker = try reader.readElementText()
            } else {
                try reader.skipElement()
            }
        }
        return Page(items: items, continuationToken: marker.isEmpty ? nil : marker)
    }

    private mutating func container() throws -> ContainerItem {
        var item = ContainerItem(name: "")
        while try reader.nextChild() {
            if reader.isElement("Name") {
                item.name = try reader.readElementText()
            } else if reader.isElement("Properties") {
                try Self.properties.read(&reader, into: &item.properties)
            } else if reader.isElement("Metadata") {
                item.properties.metadata = try reader.readPairs()
            } else if reader.isElement("Deleted") {
                item.isDeleted = try reader.readElementText() == "true"
            } else if reader.isElement("Version") {
                item.version = try reader.readElementText()
            } else {
                try reader.skipElement()
            }
        }
        try ListPage.check(name: item.name)
        return item
    }

    /// The elements of `Properties`, in the service's order.
    private static let properties = XMLFields<ContainerProperties>([
        ("Last-Modified", { $0.lastModified = $1.timestamp }),
        ("Etag", { $0.etag = ETag(rawValue: $1.string) }),
        ("LeaseStatus", { $0.lease.status = .init(rawValue: $1.string) }),
        ("LeaseState", { $0.lease.state = .init(rawValue: $1.string) }),
        ("LeaseDuration", { $0.lease.duration = .init(rawValue: $1.string) }),
        ("PublicAccess", { $0.publicAccess = PublicAccess(rawValue: $1.string) }),
        ("HasImmutabilityPolicy", { $0.hasImmutabilityPolicy = $1.isTrue }),
        ("HasLegalHold", { $0.hasLegalHold = $1.isTrue }),
        ("ImmutableStorageWithVersioningEnabled", { $0.isImmutableStorageWithVersioningEnabled = $1.isTrue }),
        ("DefaultEncryptionScope", { $0.defaultEncryptionScope = $1.string }),
        ("DenyEncryptionScopeOverride", { $0.deniesEncryptionScopeOverride = $1.isTrue }),
        ("DeletedTime", { $0.deletedOn = $1.timestamp }),
        ("RemainingRetentionDays", { $0.remainingRetentionDays = $1.integer.map { Int($0) } }),
    ])
}
