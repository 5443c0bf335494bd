public import struct Foundation.Date

/// A moment as a service wrote it, or as it is sent to one.
///
/// Services count in units of 100 nanoseconds, of which a `Date` of today loses some, and a stored access policy may
/// have any of several forms. A timestamp that was received therefore keeps its text: it is sent back as it came, also
/// when it cannot be read. One that is made from a `Date` is written in the form of the place where it is needed: that
/// of RFC 1123 in header fields, that of ISO 8601 elsewhere.
///
/// ```swift
/// let policy = ImmutabilityPolicy(expiresOn: .init(.now + 3600), mode: .unlocked)
/// let changed = try await blob.properties().lastModified?.date
/// ```
///
/// Two timestamps are equal when they are the same moment to 100 nanoseconds, whatever their form. Those that cannot be
/// read are equal when their texts are, and come after all others.
public struct AzureTimestamp: Sendable {
    /// How a moment is written.
    enum Form: Sendable, Hashable {
        /// `Fri, 02 Jan 2026 03:04:05 GMT`.
        case rfc1123
        /// `2026-01-02T03:04:05.1234567Z`, with so many decimals.
        case iso8601(decimals: UInt8)
        /// In none yet: the place decides.
        case open
    }

    private enum Storage: Sendable {
        /// Not read before it has to be.
        case text(String)
        /// In units of 100 nanoseconds since the beginning of 1970, with the form that makes the text again. Lists are
        /// full of these: they need no memory of their own.
        case moment(ticks: Int64, form: Form)
    }

    private let storage: Storage

    /// Takes a date. It is rounded to 100 nanoseconds; outside the years 1 to 9999 it is the nearest moment within.
    public init(_ date: Date) {
        let time = ISO8601Date.shortest(ISO8601Date.civil(date), for: date)
        storage = .moment(ticks: time.ticksSince1970, form: .open)
    }

    /// Takes a text as it stands. Whether it can be read shows in ``date``.
    public init(_ text: some StringProtocol) {
        storage = .text(String(text))
    }

    /// Takes the bytes of a text. Where it has one of the usual forms, no memory is needed for it.
    package init(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        if let ticks = RFC1123Date.readCanonical(bytes) {
            storage = .moment(ticks: ticks, form: .rfc1123)
        } else if let text = ISO8601Text(bytes), text.isCanonical {
            storage = .moment(ticks: text.time.ticksSince1970, form: .iso8601(decimals: UInt8(text.decimals)))
        } else {
            storage = .text(String(decoding: bytes, as: UTF8.self))
        }
    }

    // MARK: Reading

    /// The moment; nil when the text cannot be read. A `Date` is less exact than most timestamps.
    ///
    /// Read are the forms of RFC 1123 and ISO 8601 with any number of decimals and any offset, and the shorter ones of
    /// signatures: `2026-01-02` and `2026-01-02T03:04Z`.
    public var date: Date? { time?.time.date }

    /// Whether the text can be read as a moment; one that was made from a `Date` always can.
    public var isReadable: Bool { ticks != nil }

    /// The text that was received, or for a timestamp made from a `Date` that of ISO 8601.
    public var text: String {
        switch storage {
        case .text(let text): text
        case .moment(_, .rfc1123): text(for: .header)
        case .moment: text(for: .body)
        }
    }

    /// Moment and form.
    private var time: (time: CivilTime, form: Form)? {
        switch storage {
        case .moment(let ticks, let form):
            return CivilTime(ticksSince1970: ticks).map { ($0, form) }
        case .text(var text):
            return text.withUTF8 { bytes in
                if let read = ISO8601Text(bytes) ?? ISO8601Text(short: bytes) {
                    return (read.time, .iso8601(decimals: UInt8(min(read.decimals, 7))))
                }
                return RFC1123Date.read(bytes).map { ($0, .rfc1123) }
            }
        }
    }

    /// The moment to 100 nanoseconds; nil when the text cannot be read.
    private var ticks: Int64? {
        guard case .moment(let ticks, _) = storage else { return time?.time.ticksSince1970 }
        return ticks
    }

    // MARK: Writing

    /// Where a timestamp is written.
    package enum Place: Sendable {
        /// In a header field: RFC 1123.
        case header
        /// In a body or a query: ISO 8601, with the decimals that there are.
        case body
        /// In a signature: ISO 8601 without decimals, unless they were received.
        case signature
    }

    /// The text for a place: the one that was received where it has the place's form or none that is known, otherwise
    /// the moment in that form.
    package func text(for place: Place) -> String {
        guard let (time, form) = time else {
            if case .text(let text) = storage { return text }
            return ""
        }
        switch (place, form) {
        case (.header, .rfc1123), (.body, .iso8601), (.signature, .iso8601):
            if case .text(let text) = storage { return text }
        default: break
        }
        switch (place, form) {
        case (.header, _): return RFC1123Date.format(time)
        case (_, .iso8601(let decimals)):
            let digits = time.ticks.padded(7).prefix(Int(decimals))
            return "\(ISO8601Date.whole(time))\(digits.isEmpty ? "" : ".")\(digits)Z"
        case (.body, _): return "\(ISO8601Date.whole(time))\(time.ticks.asDecimals)Z"
        case (.signature, _): return "\(ISO8601Date.whole(time))Z"
        }
    }
}

extension AzureTimestamp: Hashable, Comparable {
    public static func == (left: AzureTimestamp, right: AzureTimestamp) -> Bool {
        switch (left.ticks, right.ticks) {
        case (let left?, let right?): left == right
        case (nil, nil): left.text == right.text
        default: false
        }
    }

    public static func < (left: AzureTimestamp, right: AzureTimestamp) -> Bool {
        switch (left.ticks, right.ticks) {
        case (let left?, let right?): left < right
        case (_?, nil): true
        case (nil, _?): false
        case (nil, nil): left.text < right.text
        }
    }

    public func hash(into hasher: inout Hasher) {
        let ticks = ticks
        hasher.combine(ticks)
        if ticks == nil { hasher.combine(text) }
    }
}

extension AzureTimestamp: Codable, CustomStringConvertible, ExpressibleByStringLiteral, CustomReflectable {
    /// Takes a text as it stands.
    public init(stringLiteral value: String) {
        self.init(value)
    }

    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    /// The text.
    public var description: String { text }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
