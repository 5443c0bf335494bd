public import AzureCore
public import BatchModels

public import struct Foundation.Date

/// A verified image, and the node agent for it.
public struct BatchVerifiedImage: Sendable, Hashable {
    /// The image.
    public var imageReference: BatchVmImageReference
    /// The node agent, such as `batch.node.ubuntu 24.04`.
    public var nodeAgentSKUID: String
    /// The operating system.
    public var osType: OSType?
    /// The capabilities of the image, such as `DockerCompatible`.
    public var capabilities: [String]
    /// When the service stops supporting the image; nil while that is not known.
    public var batchSupportEndOfLife: AzureTimestamp?

    /// Creates a value.
    public init(
        imageReference: BatchVmImageReference, nodeAgentSKUID: String, osType: OSType? = nil,
        capabilities: [String] = [], batchSupportEndOfLife: AzureTimestamp? = nil
    ) {
        self.imageReference = imageReference
        self.nodeAgentSKUID = nodeAgentSKUID
        self.osType = osType
        self.capabilities = capabilities
        self.batchSupportEndOfLife = batchSupportEndOfLife
    }

    /// A configuration for pools with this image.
    public var virtualMachineConfiguration: VirtualMachineConfiguration {
        VirtualMachineConfiguration(imageReference: imageReference, nodeAgentSKUID: nodeAgentSKUID)
    }
}

extension BatchAccountClient {
    /// Finds the newest image of the marketplace that is verified and still supported.
    ///
    /// SKUs and versions compare by the numbers in them: `22_04-lts` is newer than `20_04-lts`, and `latest` than any
    /// version. A plain SKU goes before its variants: `server` before `server-arm64`.
    ///
    /// - Parameters:
    ///   - publisher: The publisher, such as `canonical`, without regard to case.
    ///   - offer: The offer, such as `ubuntu-24_04-lts`, without regard to case.
    ///   - skuPrefix: The prefix of the SKU, without regard to case. The default is empty, for all SKUs.
    ///   - capability: A capability that the image must have, such as `DockerCompatible`. The default is none.
    ///   - date: The time until which the image must be supported. The default is now.
    ///   - call: Time limits, retries, an id, a logger, and more, for each request. The default is what the client does.
    /// - Throws: An `AzureError` with `AzureErrorCode.resourceNotFound` when there is none, which names the offers of
    ///   the publisher that there are.
    ///
    /// REST: `GET /supportedimages`.
    public func newestVerifiedImage(
        publisher: String, offer: String, skuPrefix: String = "", capability: String? = nil,
        supportedUntil date: Date? = nil, call: CallOptions = .init()
    ) async throws -> BatchVerifiedImage {
        let date = AzureTimestamp(date ?? connection.timeSource.now())
        var newest: (rank: ImageRank, image: BatchVerifiedImage)?
        var offers: Set<String> = []
        for try await image in listSupportedImages(
            options: .init(filter: "verificationType eq 'verified'", call: call))
        {
            guard image.verificationType == .verified, let reference = image.imageReference,
                let agent = image.nodeAgentSKUID, same(reference.publisher, publisher)
            else { continue }
            offers.insert(reference.offer ?? "")
            guard same(reference.offer, offer),
                (reference.sku ?? "").lowercased().hasPrefix(skuPrefix.lowercased()),
                image.batchSupportEndOfLife.map({ $0 > date }) ?? true,
                capability.map({ wanted in (image.capabilities ?? []).contains { same($0, wanted) } }) ?? true
            else { continue }
            let rank = ImageRank(sku: reference.sku ?? "", version: reference.version ?? "")
            if let found = newest, !(found.rank < rank) { continue }
            let verified = BatchVerifiedImage(
                imageReference: reference, nodeAgentSKUID: agent, osType: image.osType,
                capabilities: image.capabilities ?? [], batchSupportEndOfLife: image.batchSupportEndOfLife)
            newest = (rank, verified)
        }
        guard let newest else {
            let known = offers.sorted().joined(separator: ", ")
            throw AzureError(
                service: .batch, code: .resourceNotFound,
                message: "There is no verified and supported image '\(offer)' of '\(publisher)' with a SKU that begins "
                    + "with '\(skuPrefix)'. "
                    + (offers.isEmpty ? "The publisher has none at all." : "The publisher has \(known)."),
                operation: "Batch.NewestVerifiedImage")
        }
        return newest.image
    }

    private func same(_ left: String?, _ right: String) -> Bool {
        left?.lowercased() == right.lowercased()
    }
}

/// Orders images by the numbers in their SKU, then in their version.
///
/// A variant of a SKU, such as `server-arm64` of `server`, comes before the SKU itself, so that it is not taken for
/// newer.
struct ImageRank: Comparable {
    /// The words of the SKU, which hyphens separate.
    let sku: [[Part]]
    let version: [Part]

    /// A run of digits, or a run of other characters.
    enum Part: Comparable {
        case text(String)
        case number(String)
        case latest

        static func < (left: Part, right: Part) -> Bool {
            switch (left, right) {
            case (.text(let left), .text(let right)): left < right
            // Without leading zeros, the longer of two numbers is the larger.
            case (.number(let left), .number(let right)): (left.count, left) < (right.count, right)
            case (.latest, _): false
            case (_, .latest): true
            case (.text, .number): true
            case (.number, .text): false
            }
        }
    }

    init(sku: String, version: String) {
        self.sku = sku.split(separator: "-", omittingEmptySubsequences: false).map { Self.parts(of: $0) }
        self.version = version.lowercased() == "latest" ? [.latest] : Self.parts(of: version)
    }

    static func < (left: ImageRank, right: ImageRank) -> Bool {
        for (left, right) in zip(left.sku, right.sku) where left != right {
            return left.lexicographicallyPrecedes(right)
        }
        if left.sku.count != right.sku.count { return left.sku.count > right.sku.count }
        return left.version.lexicographicallyPrecedes(right.version)
    }

    private static func parts(of text: some StringProtocol) -> [Part] {
        var parts: [Part] = []
        var rest = text.lowercased()[...]
        while let first = rest.first {
            let isNumber = first.isASCII && first.isNumber
            let run = rest.prefix { ($0.isASCII && $0.isNumber) == isNumber }
            rest = rest[run.endIndex...]
            let digits = run.drop { $0 == "0" }
            parts.append(isNumber ? .number(String(digits)) : .text(String(run)))
        }
        return parts
    }
}
