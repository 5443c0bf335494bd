import HTTPTypes

import struct Foundation.UUID
import typealias Foundation.uuid_t

/// Gives each call an id, the same for all its tries, unless the caller has set one.
package struct RequestIDPolicy: PipelinePolicy {
    let header: HTTPField.Name

    package func send(_ request: PipelineRequest, next: PipelineNext) async throws -> HTTPTransportResponse {
        var request = request
        if request.request.headerFields.value(header) == nil {
            request.request.headerFields[header] = Self.newID()
        }
        return try await next(request)
    }

    /// A random UUID. `UUID()` opens a device file for each one on Linux.
    static func newID() -> String {
        var generator = SystemRandomNumberGenerator()
        // The bits that say "random, by RFC 9562" have their place.
        let high = generator.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        let low = generator.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        let uuid = withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { UUID(uuid: $0.load(as: uuid_t.self)) }
        return uuid.uuidString.lowercased()
    }
}
