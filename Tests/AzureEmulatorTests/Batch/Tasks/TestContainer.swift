import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Synchronization

@testable import AzureEmulator

/// A container that keeps what is put into it, behind a transport, with the requests as they came.
final class TestContainer: HTTPTransport {
    struct Put: Sendable {
        let path: String
        let headers: HTTPFields
        let data: Data

        func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
    }

    private let puts = Mutex<[Put]>([])
    private let failures: Mutex<[Int]>

    /// - Parameter failures: The statuses of the first answers, before requests succeed.
    init(failures: [Int] = []) {
        self.failures = Mutex(failures)
    }

    /// What has been put, in its order.
    var all: [Put] { puts.withLock { $0 } }

    func send(
        _ request: HTTPRequest, body: HTTPBody?, options: HTTPTransportOptions
    ) async throws -> HTTPTransportResponse {
        let path = request.path ?? ""
        if path.hasPrefix("/missing") {
            return .emulated(404, headers: [("x-ms-error-code", "ContainerNotFound")])
        }
        if path.hasPrefix("/secret") {
            return .emulated(403, headers: [("x-ms-error-code", "AuthenticationFailed")])
        }
        if path.hasPrefix("/odd") { return .emulated(409) }
        if let status = failures.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { return .emulated(status) }
        let data = try await body?.collect(upTo: 64 * 1024 * 1024) ?? Data()
        puts.withLock { $0.append(Put(path: path, headers: request.headerFields, data: data)) }
        return .emulated(201)
    }
}
