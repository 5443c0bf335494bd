/// A version of an application that the emulated Batch account has. On Azure it is made with the management API.
public struct EmulatedApplicationPackage: Sendable, Hashable {
    /// The id of the application.
    public var applicationID: String
    /// The version.
    public var version: String
    /// The path of the ZIP archive with its files.
    public var path: String

    /// Describes a package.
    public init(applicationID: String, version: String, path: String) {
        self.applicationID = applicationID
        self.version = version
        self.path = path
    }

    /// Reads `ID=VERSION=PATH`; nil when the text is none of that form.
    package init?(_ text: String) {
        let parts = text.split(separator: "=", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.init(applicationID: String(parts[0]), version: String(parts[1]), path: String(parts[2]))
    }
}
