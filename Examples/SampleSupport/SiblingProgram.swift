import Foundation

/// Programs that were built together with this one.
public enum SiblingProgram {
    /// The path of a program beside the one that runs.
    public static func path(of name: String) -> String {
        own.deletingLastPathComponent().appending(path: name).path
    }

    /// The path of the program that runs.
    public static var ownPath: String { own.path }

    private static var own: URL {
        let path = Bundle.main.executablePath ?? CommandLine.arguments.first ?? ""
        return URL(filePath: path).resolvingSymlinksInPath()
    }
}
