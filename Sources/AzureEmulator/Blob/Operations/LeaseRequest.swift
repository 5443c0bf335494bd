import Foundation

/// What a request wants done with a lease, the same for containers and blobs.
struct LeaseRequest: Sendable {
    /// What is to be done.
    enum Action: Sendable {
        case acquire(id: String, length: Duration?)
        case renew(String)
        case change(String, to: String)
        case release(String)
        case end(after: Duration?)
    }

    let action: Action

    /// Reads the fields of a request.
    init(_ request: EmulatorRequest) throws {
        func required(_ name: String) throws -> String {
            guard let value = request.header(name) else { throw BlobServiceError.missingHeader(name) }
            return value
        }
        func id(_ name: String) throws -> String {
            let text = try required(name)
            guard let id = Self.id(text) else { throw BlobServiceError.invalidHeader(name, text) }
            return id
        }
        switch try required("x-ms-lease-action").lowercased() {
        case "acquire":
            let text = try required("x-ms-lease-duration")
            guard let seconds = Int(text), seconds == -1 || (15...60).contains(seconds) else {
                throw BlobServiceError.invalidHeader("x-ms-lease-duration", text)
            }
            let proposed = try request.header("x-ms-proposed-lease-id").map { _ in try id("x-ms-proposed-lease-id") }
            action = .acquire(
                id: proposed ?? UUID().uuidString.lowercased(), length: seconds == -1 ? nil : .seconds(seconds))
        case "renew": action = .renew(try id("x-ms-lease-id"))
        case "change": action = .change(try id("x-ms-lease-id"), to: try id("x-ms-proposed-lease-id"))
        case "release": action = .release(try id("x-ms-lease-id"))
        case "break":
            action = .end(
                after: try request.header("x-ms-lease-break-period").map { text in
                    guard let seconds = Int(text), (0...60).contains(seconds) else {
                        throw BlobServiceError.invalidHeader("x-ms-lease-break-period", text)
                    }
                    return .seconds(seconds)
                })
        case let other: throw BlobServiceError.invalidHeader("x-ms-lease-action", other)
        }
    }

    /// The id as the service writes it: a GUID in small letters, with hyphens; nil when it is none.
    static func id(_ text: String) -> String? {
        let digits = text.filter { !"-{}()".contains($0) }.lowercased()
        guard digits.utf8.count == 32 else { return nil }
        var parts: [Substring] = []
        var rest = digits[...]
        for count in [8, 4, 4, 4, 12] {
            parts.append(rest.prefix(count))
            rest = rest.dropFirst(count)
        }
        return UUID(uuidString: parts.joined(separator: "-"))?.uuidString.lowercased()
    }

    /// Does it.
    ///
    /// - Returns: How long a lease that was ended still keeps others out; nil for all else.
    func apply(to lease: inout Lease, at now: Duration) throws -> Duration? {
        switch action {
        case .acquire(let id, let length): try lease.acquire(id, length: length, at: now)
        case .renew(let id): try lease.renew(id, at: now)
        case .change(let id, let newID): try lease.change(id, to: newID, at: now)
        case .release(let id): try lease.release(id)
        case .end(let period): return try lease.end(after: period, at: now)
        }
        return nil
    }

    /// The status of the answer when it worked.
    var status: Int {
        switch action {
        case .acquire: 201
        case .renew, .change, .release: 200
        case .end: 202
        }
    }

    /// The fields of the answer about the lease.
    func fields(of lease: Lease, remaining: Duration?) -> [(String, String)] {
        switch action {
        case .acquire, .renew, .change: lease.id.map { [("x-ms-lease-id", $0)] } ?? []
        case .release: []
        case .end:
            // Rounded up: who waits as long as told finds the lease gone.
            [
                (
                    "x-ms-lease-time",
                    String(
                        Int((remaining ?? .zero).components.seconds)
                            + ((remaining ?? .zero).components.attoseconds > 0 ? 1 : 0))
                )
            ]
        }
    }
}

extension BlobEmulator {
    /// The fields about a lease in answers about properties.
    static func fields(of lease: Lease, at now: Duration) -> [(String, String)] {
        [
            ("x-ms-lease-status", lease.isActive(at: now) ? "locked" : "unlocked"),
            ("x-ms-lease-state", lease.state(at: now).rawValue),
        ] + (lease.durationName(at: now).map { [("x-ms-lease-duration", $0)] } ?? [])
    }

    /// Writes the elements about a lease in lists.
    static func append(_ lease: Lease, at now: Duration, to xml: inout XMLText) {
        xml.element("LeaseStatus", lease.isActive(at: now) ? "locked" : "unlocked")
        xml.element("LeaseState", lease.state(at: now).rawValue)
        xml.optionalElement("LeaseDuration", lease.durationName(at: now))
    }
}
