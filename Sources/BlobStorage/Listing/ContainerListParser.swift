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
                while try reader.nextChild() { items.append(try container()) }
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
                while try reader.nextChild() { try property(&item.properties) }
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
        return item
    }

    private mutating func property(_ properties: inout ContainerProperties) throws {
        let name = reader.elementName
        let text = try reader.readElementText()
        guard !text.isEmpty else { return }
        switch name {
        case "Etag": properties.etag = ETag(rawValue: text)
        case "Last-Modified": properties.lastModified = RFC1123Date.parse(text)
        case "LeaseStatus": properties.lease.status = .init(rawValue: text)
        case "LeaseState": properties.lease.state = .init(rawValue: text)
        case "LeaseDuration": properties.lease.duration = .init(rawValue: text)
        case "PublicAccess": properties.publicAccess = PublicAccess(rawValue: text)
        case "HasImmutabilityPolicy": properties.hasImmutabilityPolicy = text == "true"
        case "HasLegalHold": properties.hasLegalHold = text == "true"
        case "ImmutableStorageWithVersioningEnabled":
            properties.isImmutableStorageWithVersioningEnabled = text == "true"
        case "DefaultEncryptionScope": properties.defaultEncryptionScope = text
        case "DenyEncryptionScopeOverride": properties.deniesEncryptionScopeOverride = text == "true"
        case "DeletedTime": properties.deletedOn = RFC1123Date.parse(text)
        case "RemainingRetentionDays": properties.remainingRetentionDays = Int(text)
        default: break
        }
    }
}
