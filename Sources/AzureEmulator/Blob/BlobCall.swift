import AzureCore
import Foundation
import HTTPTypes

/// One request whose caller and operation are known.
struct BlobCall: Sendable {
    /// The most bytes of the metadata of a resource, names and values together: 8 KiB.
    static let maxMetadata = 8 * 1024

    let service: BlobEmulator
    let request: EmulatorRequest
    let address: BlobAddress
    let caller: BlobCaller
    let version: String

    var store: BlobStore { service.store }

    func perform(_ operation: BlobOperation) async throws -> HTTPTransportResponse {
        if address.level == .blob { try Self.checkSelection(operation, request.query) }
        switch operation {
        case .listContainers: return try await listContainers()
        case .getAccountInformation: return accountInformation()
        case .getServiceProperties: return try await serviceProperties()
        case .setServiceProperties: return try await setServiceProperties()
        case .getServiceStatistics: return try serviceStatistics()
        case .getUserDelegationKey: return try await userDelegationKey()
        case .submitBatch: return try await submitBatch()
        case .findBlobs: return try await findBlobs()
        case .leaseContainer: return try await leaseContainer()
        case .restoreContainer: return try await restoreContainer()
        case .renameContainer: return try await renameContainer()
        case .createContainer: return try await createContainer()
        case .deleteContainer: return try await deleteContainer()
        case .getContainerProperties: return try await containerProperties()
        case .setContainerMetadata: return try await setContainerMetadata()
        case .getContainerAccessPolicy: return try await containerAccessPolicy()
        case .setContainerAccessPolicy: return try await setContainerAccessPolicy()
        case .listBlobs: return try await listBlobs()
        case .putBlob: return try await putBlob()
        case .getBlob: return try await getBlob()
        case .getBlobProperties: return try await blobProperties()
        case .getBlobMetadata: return try await blobMetadata()
        case .setBlobProperties: return try await setBlobProperties()
        case .setBlobMetadata: return try await setBlobMetadata()
        case .deleteBlob: return try await deleteBlob()
        case .putBlock: return try await putBlock()
        case .putBlockList: return try await putBlockList()
        case .getBlockList: return try await blockList()
        case .appendBlock: return try await appendBlock()
        case .sealAppendBlob: return try await sealAppendBlob()
        case .putPage: return try await putPage()
        case .getPageRanges: return try await pageRanges()
        case .abortCopy: return try await abortCopy()
        case .getBlobTags: return try await blobTags()
        case .setBlobTags: return try await setBlobTags()
        case .setBlobTier: return try await setBlobTier()
        case .queryBlob: return try await queryBlob()
        case .leaseBlob: return try await leaseBlob()
        case .makeSnapshot: return try await makeSnapshot()
        case .undeleteBlob: return try await undeleteBlob()
        case .deleteVersion: return try await deleteEdition(isPermanent: false)
        case .deletePermanently: return try await deleteEdition(isPermanent: true)
        case .copyIncrementally: return try await copyIncrementally()
        case .setImmutabilityPolicy: return try await setImmutabilityPolicy()
        case .deleteImmutabilityPolicy: return try await deleteImmutabilityPolicy()
        case .setLegalHold: return try await setLegalHold()
        case .setExpiry: throw BlobServiceError.hierarchicalNamespaceNotEnabled
        }
    }

    // MARK: Parts of answers

    static func fields(of version: ResourceVersion) -> [(String, String)] {
        [("ETag", version.etag), ("Last-Modified", RFC1123Date.format(version.lastModified))]
            + (version.id.map { [("x-ms-version-id", $0)] } ?? [])
    }

    /// The fields of answers to writes of content or metadata.
    static func fields(ofWritten blob: BlobRecord) -> [(String, String)] {
        fields(of: blob.version) + blob.encryption.fields + [("x-ms-request-server-encrypted", "true")]
    }

    static func fields(of metadata: BlobMetadata) -> [(String, String)] {
        metadata.map { ("x-ms-meta-\($0.name)", $0.value) }
    }

    // MARK: Parts of requests

    /// The metadata of the request.
    func metadata() throws -> BlobMetadata {
        let prefix = "x-ms-meta-"
        var metadata: BlobMetadata = []
        var names: Set<String> = []
        var size = 0
        for field in request.head.headerFields where field.name.canonicalName.hasPrefix(prefix) {
            let name = String(field.name.rawName.dropFirst(prefix.count))
            guard let first = name.unicodeScalars.first else { throw BlobServiceError.emptyMetadataKey }
            let isIdentifier =
                (first.properties.isAlphabetic || first == "_")
                && name.utf8.allSatisfy {
                    (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95
                }
            guard isIdentifier, field.value.utf8.allSatisfy({ $0 < 0x80 }), names.insert(name.lowercased()).inserted
            else {
                throw BlobServiceError.invalidMetadata
            }
            size += name.utf8.count + field.value.utf8.count
            guard size <= Self.maxMetadata else { throw BlobServiceError.metadataTooLarge }
            metadata.append(BlobMetadataEntry(name: name, value: field.value))
        }
        return metadata
    }

    /// The MD5 in a header field; nil when there is none, or it is empty.
    func md5(_ name: String) throws -> Data? {
        guard let text = request.header(name), !text.isEmpty else { return nil }
        guard let digest = Data(base64Encoded: text), digest.count == 16 else { throw BlobServiceError.invalidMd5 }
        return digest
    }

    /// A whole number in the query.
    func number(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let text = request.query[name] else { return nil }
        guard let number = Int(text) else {
            throw BlobServiceError.invalidQuery(name, text, reason: "It is no whole number.")
        }
        // More than the most is not refused, only cut.
        guard number >= range.lowerBound else { throw BlobServiceError.queryOutOfRange(name, text, range) }
        return min(number, range.upperBound)
    }

    /// The items of a list in the query, such as `include=metadata,snapshots`.
    func items(_ name: String, known: Set<String>) throws -> Set<String> {
        guard let text = request.query[name], !text.isEmpty else { return [] }
        let items = Set(text.lowercased().split(separator: ",").map(String.init))
        guard items.isSubset(of: known) else {
            throw BlobServiceError.invalidQuery(name, text, reason: "It has an item that is not known.")
        }
        return items
    }
}
