import AzureCrypto

/// Where the regions of an encrypted blob are. Each is a nonce, a piece of the content encrypted, and a tag; the last
/// may be smaller.
struct RegionLayout: Sendable, Hashable {
    /// What uploads write.
    static let standard = RegionLayout(dataSize: 4 * 1024 * 1024)

    /// How many bytes of the content are in a region.
    var dataSize: Int64
    let nonceSize = AESGCM.nonceSize

    init(dataSize: Int64) {
        self.dataSize = dataSize
    }

    /// How many bytes of a region are not content.
    static let overhead = Int64(AESGCM.nonceSize + AESGCM.tagSize)

    /// The largest region: its place in memory has to be counted.
    static let maxDataSize: Int64 = 1 << 40

    /// How many bytes a region has in the blob.
    var regionSize: Int64 { dataSize + Self.overhead }

    /// The size of the content of a blob; nil when no blob of this size can be whole.
    func contentSize(ofBlob size: Int64) -> Int64? {
        let rest = size % regionSize
        guard rest == 0 || rest > Self.overhead else { return nil }
        return size - (size / regionSize + (rest > 0 ? 1 : 0)) * Self.overhead
    }

    /// The regions that hold a range of the content, as a range of the blob, which may reach beyond its end.
    func blobRange(of content: Range<Int64>) -> Range<Int64> {
        let first = content.lowerBound / dataSize
        let last = (content.upperBound - 1) / dataSize
        // The end of the last region of the largest blobs is behind the last number.
        let (end, isBehind) = (last + 1).multipliedReportingOverflow(by: regionSize)
        return first * regionSize..<(isBehind ? .max : end)
    }
}

/// The nonces of the regions of one blob.
///
/// A nonce is the number of its region, which clients write in different ways. All regions must follow one of them: a
/// region that was moved, repeated or left out shows by that.
struct RegionNonces: Sendable {
    /// How numbers are written.
    private enum Form: CaseIterable {
        /// From 0, most significant byte first, at the end: what this package and the Python client write.
        case trailing
        /// From 0, most significant byte first, in the first eight bytes: the Java client.
        case leading
        /// From 1, least significant byte first, in the last eight bytes: the .NET client.
        case littleEndian

        func nonce(_ region: Int64) -> [UInt8] {
            let pad = [UInt8](repeating: 0, count: 4)
            func bytes(_ number: UInt64) -> [UInt8] {
                (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
            }
            switch self {
            case .trailing: return pad + bytes(UInt64(region))
            case .leading: return bytes(UInt64(region)) + pad
            case .littleEndian: return pad + bytes(UInt64(region) + 1).reversed()
            }
        }
    }

    /// Those that all regions so far agree with.
    private var forms = Form.allCases

    /// The nonce that this package writes.
    static func nonce(_ region: Int64) -> [UInt8] {
        Form.trailing.nonce(region)
    }

    /// Whether a nonce can be that of a region.
    mutating func accept(_ nonce: some Sequence<UInt8>, of region: Int64) -> Bool {
        let nonce = Array(nonce)
        forms.removeAll { $0.nonce(region) != nonce }
        return !forms.isEmpty
    }
}
