public import AzureCore
import HTTPTypes
import StorageCore

extension BlobServiceClient {
    /// Gets the properties of the service: CORS, logs, metrics, static web site, retention of deleted blobs.
    ///
    /// - Parameter options: Options of this call.
    ///
    /// REST operation: Get Blob Service Properties.
    public func properties(options: CallOptions = CallOptions()) async throws -> BlobServiceProperties {
        let request = serviceRequest("GetProperties", .get, comp: "properties", success: [200], call: options)
        let response = try await connection.send(request)
        var properties = try await response.readXML("StorageServiceProperties") { BlobServiceProperties($0) }
        properties.response = ResponseInfo(response.head)
        return properties
    }

    /// Changes the properties of the service. A change may take up to 30 seconds to take effect.
    ///
    /// - Parameters:
    ///   - properties: The properties to change; those that are nil are kept.
    ///   - options: Options of this call.
    /// - Throws: An ``AzureCore/AzureError``, with ``AzureCore/AzureErrorCode/invalidArgument`` for input that the
    ///   service would reject, such as six CORS rules or a retention of zero days.
    ///
    /// REST operation: Set Blob Service Properties.
    @discardableResult
    public func setProperties(
        _ properties: BlobServiceProperties, options: CallOptions = CallOptions()
    ) async throws -> ResponseInfo {
        var request = serviceRequest("SetProperties", .put, comp: "properties", success: [202], call: options)
        request.setXML(try properties.document())
        return ResponseInfo(try await connection.send(request).head)
    }

    /// Gets the replication status of the account's secondary region.
    ///
    /// The service answers this in the secondary region only, so the request goes to ``secondaryURL``, and only
    /// accounts whose secondary region can be read have it.
    ///
    /// - Parameter options: Options of this call.
    /// - Throws: An ``AzureCore/AzureError``, with ``AzureCore/AzureErrorCode/invalidArgument`` when the address of the
    ///   secondary region is not known.
    ///
    /// REST operation: Get Blob Service Stats.
    public func statistics(options: CallOptions = CallOptions()) async throws -> BlobServiceStatistics {
        let request = serviceRequest("GetStatistics", .get, comp: "stats", success: [200], call: options)
        let response = try await connection.secondary().send(request)
        let replication = try await response.readXML("StorageServiceStats") { $0.child("GeoReplication") }
        return BlobServiceStatistics(
            replicationStatus: replication?.text("Status").map { .init(rawValue: $0) },
            lastSyncedOn: replication?.timestamp("LastSyncTime"),
            response: ResponseInfo(response.head))
    }

    /// A request about the service itself.
    func serviceRequest(
        _ operation: String, _ method: HTTPRequest.Method, restype: String? = "service", comp: String,
        success: [Int], call: CallOptions
    ) -> BlobRequest {
        let query = (restype.map { [(name: "restype", value: $0)] } ?? []) + [("comp", comp)]
        return BlobRequest("Service.\(operation)", method, query: query, success: success, call: call)
    }
}
