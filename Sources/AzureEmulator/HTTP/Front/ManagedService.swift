import AzureCore
import HTTPTypes

/// Why a request is refused before a service looks at it.
enum FrontRefusal: Sendable {
    /// It names another host.
    case host(String)
    /// It wants all removed, and that is not for callers from elsewhere.
    case resetIsOff
}

/// A service with what only an emulator has.
protocol ManagedService: EmulatedService {
    /// Whether it answers requests by now.
    var isReady: Bool { get }

    /// Says no in the service's own form.
    func refuse(_ refusal: FrontRefusal, to request: HTTPRequest) async -> HTTPTransportResponse

    /// Removes all that clients have made, when the request is signed with the key of the account; answers with 204 when
    /// it is done.
    func reset(askedBy request: HTTPRequest) async -> HTTPTransportResponse
}
