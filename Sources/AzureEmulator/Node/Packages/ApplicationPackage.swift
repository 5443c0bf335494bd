/// A version of an application, as a node gets it.
struct ApplicationPackage: Sendable, Hashable {
    let id: String
    let version: String
    /// The ZIP archive.
    let path: String
    /// Whether it was asked for without a version.
    var isDefault = false

    /// The variables that say where it is. On Linux, everything in a name that no shell takes is an underscore; of two
    /// documented spellings one keeps the case of the id, one does not, so both are there.
    func variables(on layout: NodeLayout) -> [String: String] {
        let names = (isDefault ? [id] : []) + ["\(id)_\(version)"]
        let directory = layout.application(self)
        var result: [String: String] = [:]
        for name in names {
            let flat = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
            for spelling in [flat, flat.lowercased()] { result["AZ_BATCH_APP_PACKAGE_\(spelling)"] = directory }
        }
        return result
    }
}
