import AzureCore
import HTTPTypes

/// What stands before a service: it refuses requests for other hosts, and answers those that are for the emulator itself.
///
/// Their paths begin with `/__emulator`: no name of an account and no resource of Batch does.
struct EmulatorFront: EmulatedService {
    static let path = "/__emulator"
    static let healthPath = "/__emulator/health"

    let service: any ManagedService
    /// The name of the service, such as `Blob`.
    let name: String
    /// The hosts that requests may name; nil for any.
    let hosts: HostNames?
    /// Whether requests can have all removed.
    let canReset: Bool

    func respond(to request: HTTPRequest, body: HTTPByteStream) async -> HTTPTransportResponse {
        // A second field of that name stays among the others (RFC 9112, 3.2: it is to be refused).
        if let hosts, !hosts.contains(request.authority) || request.headerFields.contains(Self.hostField) {
            return await service.refuse(.host(request.authority ?? ""), to: request)
        }
        switch (request.path ?? "").prefix(while: { $0 != "?" }) {
        case Self.healthPath where request.method == .get || request.method == .head: return health()
        case Self.path where request.method == .delete:
            guard canReset else { return await service.refuse(.resetIsOff, to: request) }
            return await service.reset(askedBy: request)
        default: return await service.respond(to: request, body: body)
        }
    }

    private static let hostField = HTTPField.Name("host")!

    private func health() -> HTTPTransportResponse {
        let isReady = service.isReady
        let json: JSONValue = [
            "service": .string(name), "status": isReady ? "ready" : "starting",
            "version": .string(PackageVersion.current),
        ]
        return .emulated(
            isReady ? 200 : 503, headers: [("Content-Type", "application/json"), ("Cache-Control", "no-store")],
            body: json.data)
    }
}
