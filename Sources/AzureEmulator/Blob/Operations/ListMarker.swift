import Foundation

/// Where a list goes on: a name, packed so that clients do not take it for one.
enum ListMarker {
    static func make(_ name: String) -> String {
        let packed = Data(name.utf8).base64EncodedString()
        return "2!\(packed.utf8.count)!\(packed.replacingOccurrences(of: "=", with: "-"))"
    }

    /// The name in a marker; nil when there is no marker.
    static func name(_ marker: String?) throws -> String? {
        guard let marker, !marker.isEmpty else { return nil }
        let parts = marker.split(separator: "!", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "2", Int(parts[1]) == parts[2].utf8.count,
            let data = Data(base64Encoded: parts[2].replacingOccurrences(of: "-", with: "=")),
            let name = String(data: data, encoding: .utf8)
        else {
            throw BlobServiceError(400, "OutOfRangeInput", "The marker was not made by this service.")
        }
        return name
    }
}
