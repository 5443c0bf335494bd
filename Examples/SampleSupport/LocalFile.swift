import Foundation

/// A file of this machine that is known to be there.
public struct LocalFile: Sendable, Hashable {
    /// The absolute path.
    public let path: String

    /// The last component of the path.
    public var name: String {
        // Scalars and not characters are searched, because a combining mark may follow the slash.
        let scalars = path.unicodeScalars
        let start = scalars.lastIndex(of: "/").map(scalars.index(after:)) ?? scalars.startIndex
        return String(String.UnicodeScalarView(scalars[start...]))
    }

    /// Looks for a file.
    ///
    /// - Parameters:
    ///   - path: Its path; relative ones start at the current directory.
    ///   - role: What it is for, to complete "The … 'x' does not exist."
    /// - Throws: A ``SampleFailure`` when there is no file that can be read.
    public init(_ path: String, as role: String) throws {
        self.path = Self.absolute(path)
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: self.path, isDirectory: &isDirectory) else {
            throw SampleFailure("The \(role) '\(self.path)' does not exist.")
        }
        guard !isDirectory.boolValue, FileManager.default.isReadableFile(atPath: self.path) else {
            throw SampleFailure("The \(role) '\(self.path)' is no file that can be read.")
        }
    }

    /// Looks for files that are to be blobs of one container, each under its own name.
    ///
    /// - Parameters:
    ///   - paths: Their paths.
    ///   - role: What they are for, as for one.
    /// - Throws: A ``SampleFailure`` when one cannot be read, or two have the same name.
    public static func all(_ paths: [String], as role: String) throws -> [LocalFile] {
        let files = try paths.map { try LocalFile($0, as: role) }
        var seen: [String: LocalFile] = [:]
        for file in files {
            if let other = seen.updateValue(file, forKey: file.name) {
                throw SampleFailure(
                    "The \(role)s '\(other.path)' and '\(file.path)' have the same name, which would be the name of both "
                        + "blobs. Rename one of them.")
            }
        }
        return files
    }

    /// A path from the root of the file system.
    public static func absolute(_ path: String) -> String {
        URL(filePath: path).standardizedFileURL.path
    }
}
