import AzureCore
import AzureEmulator
import AzureTesting
import BatchService
import BlobStorage
import Foundation
import HTTPTypes
import TestSupport

extension Mistake {
    /// Over URLSession, which every build has.
    private static func call(
        _ stage: MistakeStage, _ endpoint: String, _ change: (inout PipelineOptions) -> Void = { _ in }
    ) async throws {
        let blob = try stage.cat(at: endpoint) {
            $0.transport = URLSessionTransport()
            $0.retry = .none
            change(&$0)
        }
        _ = try await blob.download(upTo: 100)
    }

    /// A client of a service that gives the same answer always, without waiting between tries.
    private static func blob(_ stage: MistakeStage, _ answer: MockResponse) throws -> BlobClient {
        try stage.pictures {
            $0.transport = MockTransport { _ in answer }
            $0.timeSource = ManualClock(advancesBySleeping: true).timeSource
        }.blob("cat.jpg")
    }

    static let connections: [Mistake] = [
        Mistake("Nobody listens at the endpoint's port") { stage in
            let listener = try TestListener(isListening: false) { _ in }
            defer { listener.stop() }
            try await call(stage, "http://\(listener.authority)/devstoreaccount1")
        },
        Mistake("There is no host of the endpoint's name") { stage in
            try await call(stage, "https://nobody.invalid/devstoreaccount1")
        },
        Mistake("The endpoint says https, and its port speaks plain HTTP") { stage in
            let listener = try TestListener { connection in
                connection.read()
                connection.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            }
            defer { listener.stop() }
            try await call(stage, "https://\(listener.authority)/devstoreaccount1")
        },
        Mistake("The server's certificate is of an authority that is not known here") { stage in
            try await TLSServer.with(certificateFor: "127.0.0.1") { server in
                try await call(stage, "https://127.0.0.1:\(server.port)/devstoreaccount1")
            }
        },
        Mistake("What answers is no HTTP server") { stage in
            let listener = try TestListener { connection in
                connection.read()
                connection.write("220 mail.example ESMTP\r\n")
            }
            defer { listener.stop() }
            try await call(stage, "http://\(listener.authority)/devstoreaccount1")
        },
        Mistake("A proxy answers in place of the service") { stage in
            let page = MockResponse(
                407, headers: ["Content-Type": "text/html"], body: "<html><h1>Sign in to the proxy</h1></html>")
            _ = try await blob(stage, page).download(upTo: 100)
        },
        Mistake("The endpoint leads elsewhere") { stage in
            _ = try await blob(stage, MockResponse(301, headers: ["Location": "https://elsewhere.example/"]))
                .download(upTo: 100)
        },
        Mistake("The service is busy, and stays so") { stage in
            let busy = MockResponse(
                503, headers: ["x-ms-request-id": "ID"],
                body: "<Error><Code>ServerBusy</Code><Message>The server is busy.</Message></Error>")
            _ = try await blob(stage, busy).download(upTo: 100)
        },
        Mistake("The connection breaks, and does so each time") { stage in
            let broken = MockResponse.failure(
                HTTPTransportError(.connectionLost, "The connection to '127.0.0.1:10000' broke."))
            _ = try await blob(stage, broken).properties()
        },
    ]

    static let timeLimits: [Mistake] = [
        Mistake("Nothing arrives for longer than `idleTimeout`") { stage in
            let listener = try TestListener { $0.waitForEnd() }
            defer { listener.stop() }
            try await call(stage, "http://\(listener.authority)/devstoreaccount1") {
                $0.transportOptions.idleTimeout = .seconds(1)
            }
        },
        Mistake("Each try takes longer than `RetryOptions.tryTimeout`") { stage in
            _ = try await late(stage) { $0.retry = RetryOptions(maxRetries: 2, tryTimeout: .seconds(5)) }.properties()
        },
        Mistake("The call takes longer than `RetryOptions.overallDeadline`") { stage in
            let clock = ManualClock()
            let blob = try stage.pictures {
                $0.transport = Self.silent(clock)
                $0.timeSource = clock.timeSource
            }.blob("cat.jpg")
            async let properties = blob.properties()
            // The server and the limit.
            await clock.waitForSleepersAndLimits(2)
            clock.advance(by: .seconds(300))
            _ = try await properties
        },
        Mistake("The service takes longer than `serverTimeout`") { stage in
            let late = MockResponse(
                500, headers: ["x-ms-request-id": "ID", "x-ms-error-code": "OperationTimedOut"],
                body:
                    "<Error><Code>OperationTimedOut</Code><Message>Operation could not be completed within the specified "
                    + "time.</Message></Error>")
            let call = CallOptions(serverTimeout: .seconds(3))
            _ = try await blob(stage, late).tags(options: .init(call: call))
        },
        Mistake("A transfer takes longer than `BlobTransferOptions.deadline`") { stage in
            let clock = ManualClock()
            let blob = try stage.pictures {
                $0.transport = Self.silent(clock)
                $0.timeSource = clock.timeSource
            }.blob("big.jpg")
            async let info = blob.upload(
                Data("purr".utf8), options: .init(transfer: .init(deadline: .seconds(60))))
            await clock.waitForSleepers(2)
            clock.advance(by: .seconds(60))
            _ = try await info
        },
        Mistake("A job takes longer than `WaitOptions.timeout`") { stage in
            let clock = ManualClock(advancesBySleeping: true)
            try await stage.batch().jobs.create(
                BatchJobCreateOptions(id: "endless", poolInfo: BatchPoolInfo(poolID: "pool")))
            _ = try await stage.batch().jobs.waitUntilTerminated(
                "endless", options: WaitOptions(timeout: .seconds(60), timeSource: clock.timeSource))
        },
    ]

    /// A service that never answers.
    private static func silent(_ clock: ManualClock) -> ClosureTransport {
        ClosureTransport { _, _, _ in
            try await clock.timeSource.sleep(.seconds(1_000_000))
            return HTTPTransportResponse(head: HTTPResponse(status: .ok))
        }
    }

    /// A blob of a service that never answers, for a client whose limits end at once.
    private static func late(
        _ stage: MistakeStage, _ change: (inout PipelineOptions) -> Void
    ) throws -> BlobClient {
        let clock = ManualClock(advancesBySleeping: true)
        return try stage.pictures {
            $0.transport = ClosureTransport { _, _, _ in
                try await Task.sleep(for: .seconds(1_000))
                return HTTPTransportResponse(head: HTTPResponse(status: .ok))
            }
            $0.timeSource = clock.timeSource
            change(&$0)
        }.blob("cat.jpg")
    }
}
