import HTTPTypes

/// The operations of the Blob service that the emulator has.
enum BlobOperation: Sendable, Hashable, CaseIterable {
    case listContainers, getAccountInformation
    case getServiceProperties, setServiceProperties, getServiceStatistics, getUserDelegationKey
    case submitBatch, findBlobs, queryBlob
    case leaseContainer, restoreContainer, renameContainer
    case createContainer, deleteContainer, getContainerProperties, setContainerMetadata
    case getContainerAccessPolicy, setContainerAccessPolicy, listBlobs
    case putBlob, getBlob, getBlobProperties, getBlobMetadata, setBlobProperties, setBlobMetadata, deleteBlob
    case putBlock, putBlockList, getBlockList
    case appendBlock, sealAppendBlob, putPage, getPageRanges, abortCopy, getBlobTags, setBlobTags, setBlobTier
    case leaseBlob, makeSnapshot, undeleteBlob, deleteVersion, deletePermanently, copyIncrementally
    case setImmutabilityPolicy, deleteImmutabilityPolicy, setLegalHold, setExpiry

    /// How an operation is recognised.
    private struct Route {
        let level: BlobAddress.Level
        let restype: String?
        let comp: String?
        let methods: [HTTPRequest.Method]
        let operation: BlobOperation

        init(
            _ level: BlobAddress.Level, restype: String? = nil, comp: String? = nil,
            _ methods: [HTTPRequest.Method],
            _ operation: BlobOperation
        ) {
            self.level = level
            self.restype = restype
            self.comp = comp
            self.methods = methods
            self.operation = operation
        }
    }

    private static let routes: [Route] = [
        Route(.service, comp: "list", [.get], .listContainers),
        Route(.service, restype: "account", comp: "properties", [.get, .head], .getAccountInformation),
        Route(.container, restype: "account", comp: "properties", [.get, .head], .getAccountInformation),
        Route(.blob, restype: "account", comp: "properties", [.get, .head], .getAccountInformation),
        Route(.service, restype: "service", comp: "properties", [.get], .getServiceProperties),
        Route(.service, restype: "service", comp: "properties", [.put], .setServiceProperties),
        Route(.service, restype: "service", comp: "stats", [.get], .getServiceStatistics),
        Route(.service, restype: "service", comp: "userdelegationkey", [.post], .getUserDelegationKey),
        Route(.service, comp: "batch", [.post], .submitBatch),
        Route(.container, restype: "container", comp: "batch", [.post], .submitBatch),
        Route(.service, comp: "blobs", [.get], .findBlobs),
        Route(.container, restype: "container", comp: "blobs", [.get], .findBlobs),
        Route(.container, restype: "container", comp: "lease", [.put], .leaseContainer),
        Route(.container, restype: "container", comp: "undelete", [.put], .restoreContainer),
        Route(.container, restype: "container", comp: "rename", [.put], .renameContainer),
        Route(.container, restype: "container", [.put], .createContainer),
        Route(.container, restype: "container", [.delete], .deleteContainer),
        Route(.container, restype: "container", [.get, .head], .getContainerProperties),
        Route(.container, restype: "container", comp: "metadata", [.get, .head], .getContainerProperties),
        Route(.container, restype: "container", comp: "metadata", [.put], .setContainerMetadata),
        Route(.container, restype: "container", comp: "acl", [.get, .head], .getContainerAccessPolicy),
        Route(.container, restype: "container", comp: "acl", [.put], .setContainerAccessPolicy),
        Route(.container, restype: "container", comp: "list", [.get], .listBlobs),
        Route(.blob, [.put], .putBlob),
        Route(.blob, [.get], .getBlob),
        Route(.blob, [.head], .getBlobProperties),
        Route(.blob, [.delete], .deleteBlob),
        Route(.blob, comp: "metadata", [.get, .head], .getBlobMetadata),
        Route(.blob, comp: "metadata", [.put], .setBlobMetadata),
        Route(.blob, comp: "properties", [.put], .setBlobProperties),
        Route(.blob, comp: "block", [.put], .putBlock),
        Route(.blob, comp: "blocklist", [.put], .putBlockList),
        Route(.blob, comp: "blocklist", [.get], .getBlockList),
        Route(.blob, comp: "appendblock", [.put], .appendBlock),
        Route(.blob, comp: "seal", [.put], .sealAppendBlob),
        Route(.blob, comp: "page", [.put], .putPage),
        Route(.blob, comp: "pagelist", [.get], .getPageRanges),
        Route(.blob, comp: "copy", [.put], .abortCopy),
        Route(.blob, comp: "tags", [.get], .getBlobTags),
        Route(.blob, comp: "tags", [.put], .setBlobTags),
        Route(.blob, comp: "query", [.post], .queryBlob),
        Route(.blob, comp: "tier", [.put], .setBlobTier),
        Route(.blob, comp: "lease", [.put], .leaseBlob),
        Route(.blob, comp: "snapshot", [.put], .makeSnapshot),
        Route(.blob, comp: "undelete", [.put], .undeleteBlob),
        Route(.blob, comp: "immutabilityPolicies", [.put], .setImmutabilityPolicy),
        Route(.blob, comp: "immutabilityPolicies", [.delete], .deleteImmutabilityPolicy),
        Route(.blob, comp: "legalhold", [.put], .setLegalHold),
        Route(.blob, comp: "expiry", [.put], .setExpiry),
        Route(.blob, comp: "incrementalcopy", [.put], .copyIncrementally),
    ]

    /// Finds out what a request asks for.
    init(_ request: EmulatorRequest, _ address: BlobAddress) throws {
        let comp = request.query["comp"]
        let restype = request.query["restype"]
        let candidates = Self.routes.filter {
            $0.level == address.level && $0.comp == comp && $0.restype == restype
        }
        guard !candidates.isEmpty else {
            if let comp { throw BlobServiceError.invalidQuery("comp", comp, reason: "Unknown operation.") }
            if let restype {
                throw BlobServiceError.invalidQuery("restype", restype, reason: "Unknown resource type.")
            }
            throw BlobServiceError.missingQuery("comp")
        }
        guard let route = candidates.first(where: { $0.methods.contains(request.method) }) else {
            let allowed = candidates.flatMap(\.methods).map(\.rawValue).joined(separator: ",")
            throw BlobServiceError.unsupportedHttpVerb.withHeader("Allow", allowed)
        }
        self =
            switch route.operation {
            case .deleteBlob where request.query["deletetype"] != nil: .deletePermanently
            case .deleteBlob where request.query["versionid"] != nil: .deleteVersion
            default: route.operation
            }
    }

    /// Whether the operation only reads, so that the second region does it too.
    var canReadSecondary: Bool {
        switch self {
        case .listContainers, .getAccountInformation, .getServiceProperties, .getServiceStatistics,
            .getContainerProperties, .getContainerAccessPolicy, .listBlobs, .getBlob, .getBlobProperties,
            .getBlobMetadata, .getBlockList, .getPageRanges, .getBlobTags, .findBlobs, .queryBlob:
            true
        default: false
        }
    }

    /// Whether the operation can be about a snapshot, and whether it can be about a version.
    var selectable: (snapshot: Bool, version: Bool) {
        switch self {
        case .getBlob, .getBlobProperties, .getBlobMetadata, .getBlobTags, .setBlobTier, .queryBlob,
            .setImmutabilityPolicy, .deleteImmutabilityPolicy, .setLegalHold, .deletePermanently:
            (true, true)
        case .getBlockList, .getPageRanges, .deleteBlob: (true, false)
        case .setBlobTags, .deleteVersion: (false, true)
        default: (false, false)
        }
    }

    /// Whether the operation reads a body, and so needs to know its length.
    var hasBody: Bool {
        switch self {
        case .putBlob, .putBlock, .putBlockList, .appendBlock, .putPage, .setBlobTags, .setContainerAccessPolicy,
            .setServiceProperties, .getUserDelegationKey, .submitBatch, .queryBlob:
            true
        default: false
        }
    }
}
