import Foundation
import SampleSupport

/// Directories of this machine.
enum LocalDirectory {
    /// The absolute path of a directory that is there.
    ///
    /// - Throws: A ``SampleFailure`` when it is not.
    static func existing(_ path: String) throws -> String {
        let path = LocalFile.absolute(path)
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue else {
            throw SampleFailure("The directory '\(path)' does not exist.")
        }
        return path
    }
}
