extension [EnvironmentSetting] {
    /// Environment variables from names and values, in the order of their names.
    public static func variables(_ values: [String: String]) -> [EnvironmentSetting] {
        values.sorted { $0.key < $1.key }.map { EnvironmentSetting(name: $0.key, value: $0.value) }
    }
}

extension [BatchMetadataItem] {
    /// Metadata from names and values, in the order of their names.
    public static func items(_ values: [String: String]) -> [BatchMetadataItem] {
        values.sorted { $0.key < $1.key }.map { BatchMetadataItem(name: $0.key, value: $0.value) }
    }
}
