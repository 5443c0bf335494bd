/// An access tier, which trades price for speed. More may be added.
public struct AccessTier: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    /// Creates a value from the service's spelling, which may be unknown to this version.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// For data in frequent use.
    public static let hot = AccessTier(rawValue: "Hot")
    /// For data kept at least 30 days.
    public static let cool = AccessTier(rawValue: "Cool")
    /// For data kept at least 90 days.
    public static let cold = AccessTier(rawValue: "Cold")
    /// Offline; must be rehydrated before it can be read.
    public static let archive = AccessTier(rawValue: "Archive")
    /// The service chooses by use.
    public static let smart = AccessTier(rawValue: "Smart")
    /// Fast disks, in accounts of that kind.
    public static let premium = AccessTier(rawValue: "Premium")
    /// Premium page blobs, size class 4.
    public static let p4 = AccessTier(rawValue: "P4")
    /// Premium page blobs, size class 6.
    public static let p6 = AccessTier(rawValue: "P6")
    /// Premium page blobs, size class 10.
    public static let p10 = AccessTier(rawValue: "P10")
    /// Premium page blobs, size class 15.
    public static let p15 = AccessTier(rawValue: "P15")
    /// Premium page blobs, size class 20.
    public static let p20 = AccessTier(rawValue: "P20")
    /// Premium page blobs, size class 30.
    public static let p30 = AccessTier(rawValue: "P30")
    /// Premium page blobs, size class 40.
    public static let p40 = AccessTier(rawValue: "P40")
    /// Premium page blobs, size class 50.
    public static let p50 = AccessTier(rawValue: "P50")
    /// Premium page blobs, size class 60.
    public static let p60 = AccessTier(rawValue: "P60")
    /// Premium page blobs, size class 70.
    public static let p70 = AccessTier(rawValue: "P70")
    /// Premium page blobs, size class 80.
    public static let p80 = AccessTier(rawValue: "P80")

    public var description: String { rawValue }
}

/// The status of rehydration from the archive.
public struct ArchiveStatus: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    /// Creates a value from the service's spelling, which may be unknown to this version.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Being rehydrated to the hot tier.
    public static let rehydratePendingToHot = ArchiveStatus(rawValue: "rehydrate-pending-to-hot")
    /// Being rehydrated to the cool tier.
    public static let rehydratePendingToCool = ArchiveStatus(rawValue: "rehydrate-pending-to-cool")
    /// Being rehydrated to the cold tier.
    public static let rehydratePendingToCold = ArchiveStatus(rawValue: "rehydrate-pending-to-cold")
    /// Being rehydrated to the smart tier.
    public static let rehydratePendingToSmart = ArchiveStatus(rawValue: "rehydrate-pending-to-smart")

    public var description: String { rawValue }
}

/// The priority of rehydration from the archive.
public struct RehydratePriority: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    /// Creates a value from the service's spelling, which may be unknown to this version.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Mostly within an hour.
    public static let high = RehydratePriority(rawValue: "High")
    /// Within hours.
    public static let standard = RehydratePriority(rawValue: "Standard")

    public var description: String { rawValue }
}
