import Foundation

extension Error {
    /// Why the system could not do something with a file: its own words, such as "No such file or directory", which are the
    /// same on each platform, unlike those that Foundation makes of them.
    package var systemReason: String {
        var error = self as NSError
        // As deep as errors of Foundation are, and a few more.
        for _ in 0..<4 {
            if error.domain == NSPOSIXErrorDomain { return String(cString: strerror(Int32(clamping: error.code))) }
            guard let cause = error.userInfo[NSUnderlyingErrorKey] as? any Error else { break }
            error = cause as NSError
        }
        return localizedDescription.trimmingFullStops()
    }
}
