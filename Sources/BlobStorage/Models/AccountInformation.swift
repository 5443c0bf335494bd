public import AzureCore
import HTTPTypes
import StorageCore

/// The replication and speed of an account.
public struct StorageSKU: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    /// Creates a value from the service's spelling, which may be unknown to this version.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Standard, in one place.
    public static let standardLRS = StorageSKU(rawValue: "Standard_LRS")
    /// Standard, in two regions.
    public static let standardGRS = StorageSKU(rawValue: "Standard_GRS")
    /// Standard, in two regions, readable in both.
    public static let standardRAGRS = StorageSKU(rawValue: "Standard_RAGRS")
    /// Standard, in three zones.
    public static let standardZRS = StorageSKU(rawValue: "Standard_ZRS")
    /// Premium, in one place.
    public static let premiumLRS = StorageSKU(rawValue: "Premium_LRS")
    /// Premium, in three zones.
    public static let premiumZRS = StorageSKU(rawValue: "Premium_ZRS")
    /// Standard, in three zones and a secondary region.
    public static let standardGZRS = StorageSKU(rawValue: "Standard_GZRS")
    /// Standard, in three zones and a readable secondary region.
    public static let standardRAGZRS = StorageSKU(rawValue: "Standard_RAGZRS")

    public var description: String { rawValue }
}

/// The kind of an account.
public struct StorageAccountKind: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    /// Creates a value from the service's spelling, which may be unknown to this version.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// General purpose, first version.
    public static let storage = StorageAccountKind(rawValue: "Storage")
    /// Blobs only.
    public static let blobStorage = StorageAccountKind(rawValue: "BlobStorage")
    /// General purpose, second version.
    public static let storageV2 = StorageAccountKind(rawValue: "StorageV2")
    /// Files only.
    public static let fileStorage = StorageAccountKind(rawValue: "FileStorage")
    /// Premium block blobs.
    public static let blockBlobStorage = StorageAccountKind(rawValue: "BlockBlobStorage")

    public var description: String { rawValue }
}

/// The kind and the SKU of a storage account.
public struct AccountInformation: Sendable, Hashable {
    /// Replication and speed.
    public var sku: StorageSKU?
    /// The kind of account.
    public var kind: StorageAccountKind?
    /// Whether blobs stand in real directories (hierarchical namespace).
    public var isHierarchicalNamespaceEnabled: Bool?
    /// The answer's general header fields.
    public var response: ResponseInfo

    init(_ head: HTTPResponse) {
        let fields = head.headerFields
        sku = fields.open(.skuName)
        kind = fields.open(.accountKind)
        isHierarchicalNamespaceEnabled = fields.bool(.isHNSEnabled)
        response = ResponseInfo(head)
    }
}
