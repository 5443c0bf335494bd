/// Writes the versions of the service of which there are facts.
struct VersionWriter {
    func write(_ versions: [String], to file: SourceFile) -> SourceFile {
        var file = file
        file.line()
        file.block("extension BatchServiceVersion {") { file in
            for version in versions {
                file.doc("Version \(version).")
                file.line(
                    "public static let \(member(version)) = BatchServiceVersion(rawValue: \(version.quoted))")
            }
            guard let latest = versions.last else { return }
            file.doc("The version that the models and operations of this package were generated from.")
            file.line("public static let latest = \(member(latest))")
        }
        return file
    }

    private func member(_ version: String) -> String {
        "v" + version.map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined()
    }
}
