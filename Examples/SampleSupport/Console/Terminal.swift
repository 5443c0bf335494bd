import Foundation

/// The terminal that a program writes to.
public enum Terminal {
    /// The width that is assumed where none is known.
    static let usualColumns = 80

    /// The width of the terminal of standard output.
    public static func columns() -> Int {
        columns(environment: ProcessInfo.processInfo.environment, window: windowColumns())
    }

    /// The width of a terminal: that which the user wants (`COLUMNS`), else that which the terminal has.
    ///
    /// - Parameters:
    ///   - environment: The environment.
    ///   - window: The width as the terminal tells it; nil or 0 when it does not.
    static func columns(environment: [String: String], window: Int?) -> Int {
        if let wanted = environment["COLUMNS"].flatMap({ Int($0) }), wanted > 0 { return wanted }
        if let window, window > 0 { return window }
        return usualColumns
    }

    private static func windowColumns() -> Int? {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 else { return nil }
        return Int(size.ws_col)
    }
}
