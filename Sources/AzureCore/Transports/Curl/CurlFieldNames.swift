#if Curl
import Foundation
import HTTPTypes

/// Names of header fields that came before. Servers send the same ones with each answer, in the same order, and to check
/// a name and to make two texts of it takes longer than to compare it. Belongs to the engine's thread.
final class CurlFieldNames {
    private var known: [(bytes: [UInt8], name: HTTPField.Name)] = []
    /// Where the next name probably is.
    private var next = 0
    private static let limit = 64

    /// The name that bytes are; nil when they are none.
    func name(_ bytes: UnsafeRawBufferPointer) -> HTTPField.Name? {
        for _ in known.indices {
            defer { next += 1 }
            if next >= known.count { next = 0 }
            if isEqual(known[next].bytes, bytes) { return known[next].name }
        }
        guard let name = HTTPField.Name(String(decoding: bytes, as: UTF8.self)) else { return nil }
        if known.count < Self.limit {
            known.append((Array(bytes), name))
            next = known.count
        }
        return name
    }

    private func isEqual(_ left: [UInt8], _ right: UnsafeRawBufferPointer) -> Bool {
        guard left.count == right.count, let start = right.baseAddress else { return false }
        return memcmp(left, start, left.count) == 0
    }
}
#endif
