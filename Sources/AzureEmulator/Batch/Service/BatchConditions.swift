import AzureCore
import Foundation
import HTTPTypes

/// The version of a resource.
struct BatchResourceVersion: Sendable, Hashable {
    /// The ETag without quotes, as in the bodies of answers.
    var etag: String
    var lastModified: Date

    /// A version that was given before.
    init(etag: String, lastModified: Date) {
        self.etag = etag
        self.lastModified = lastModified
    }

    /// A version that no other has.
    init(now: Date) {
        // Weak clocks make two changes in one instant; the random part tells them apart.
        etag = "0x8D" + String(UInt64.random(in: 0...UInt64.max), radix: 16, uppercase: true)
        lastModified = now
    }

    /// The header fields that name it.
    var headers: [(String, String)] {
        [("ETag", etag), ("Last-Modified", RFC1123Date.format(lastModified))]
    }
}

/// The conditions of a request.
struct BatchConditions: Sendable {
    private let request: EmulatorRequest

    init(_ request: EmulatorRequest) {
        self.request = request
    }

    /// Checks the conditions against a resource that is there.
    ///
    /// - Throws: A ``BatchServiceError``: 412, or 304 when a read finds nothing new.
    func check(_ version: BatchResourceVersion) throws {
        let failed =
            [.get, .head].contains(request.method) ? BatchServiceError.notModified : .conditionNotMet
        if let match = request.header("If-Match"), !Self.list(match, has: version.etag) {
            throw BatchServiceError.conditionNotMet
        }
        if let none = request.header("If-None-Match"), Self.list(none, has: version.etag) { throw failed }
        // Header fields count whole seconds.
        let changed = version.lastModified.timeIntervalSince1970.rounded(.down)
        if let since = try date("If-Modified-Since"), changed <= since { throw failed }
        if let since = try date("If-Unmodified-Since"), changed > since { throw BatchServiceError.conditionNotMet }
    }

    private func date(_ name: String) throws -> TimeInterval? {
        guard let text = request.header(name) else { return nil }
        guard let date = RFC1123Date.parse(text) else { throw BatchServiceError.invalidHeader(name, text) }
        return date.timeIntervalSince1970
    }

    private static func list(_ header: String, has etag: String) -> Bool {
        header.split(separator: ",").contains { item in
            let tag = item.trimmingCharacters(in: .whitespaces)
            return tag == "*" || tag == etag || tag == "\"\(etag)\"" || tag == "W/\"\(etag)\""
        }
    }
}
