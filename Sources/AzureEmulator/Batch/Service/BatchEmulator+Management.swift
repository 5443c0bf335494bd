import AzureCore
import Foundation
import HTTPTypes

extension BatchEmulator: ManagedService {
    var isReady: Bool { isRunning }

    func refuse(_ refusal: FrontRefusal, to request: HTTPRequest) async -> HTTPTransportResponse {
        await respond(to: request, body: HTTPByteStream(Data())) { _, _ in
            switch refusal {
            case .host(let host): throw BatchServiceError.foreignHost(host)
            case .resetIsOff: throw BatchServiceError.resetIsOff
            }
        }
    }

    func reset(askedBy request: HTTPRequest) async -> HTTPTransportResponse {
        await respond(to: request, body: HTTPByteStream(Data())) { [self] request, operations in
            guard try authorization.check(request, now: timeSource.now()) == .account else {
                throw BatchServiceError.resetByTask
            }
            try await operations.engine.removeEverything()
            return .empty(204)
        }
    }

    /// Removes all that clients have made, and returns when it is gone.
    func reset() async throws {
        try await engine?.removeEverything()
    }
}

extension BatchEngine {
    /// Removes pools, jobs, schedules and certificates, and returns when nothing of them is left.
    func removeEverything() async throws {
        try await perform { state, now in state.removeEverything(now: now) }
        await wait { !$0.isRemovingEverything }
    }
}

extension BatchServiceError {
    static func foreignHost(_ host: String) -> BatchServiceError {
        var error = invalidHeader("Host", String(host.prefix(255)))
        error.message =
            "The Host of the request is none under which the emulator may be asked. Names are given to it with --host."
        return error
    }

    static let resetIsOff = BatchServiceError(
        403, "InsufficientAccountPermissions",
        "Nobody can have all removed while the emulator listens on an address that others reach.")

    static let resetByTask = BatchServiceError(
        403, "InsufficientAccountPermissions", "Only who has the key of the account can have all removed.")
}
