#if Emulator
import AzureCore
import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
package import Logging
import NIOCore
import NIOSSL

import struct Foundation.Data

/// Puts a service on a TCP port of this machine. This file and the one about its answers are the only ones that know the HTTP
/// server's library.
package enum EmulatorServer {
    /// Serves until the body of the call ends, then stops.
    ///
    /// - Parameters:
    ///   - service: What answers the requests.
    ///   - host: The address. The default is 127.0.0.1, which only this machine reaches.
    ///   - port: The port, or 0 for a free one.
    ///   - logger: Gets what the HTTP server cannot cope with; its everyday messages are left out.
    ///   - grace: How long requests under way may go on when the body has ended. After that they are cut off, as they
    ///     are at once when the calling task is cancelled.
    ///   - limits: What the server puts up with.
    ///   - certificate: The certificate with which it speaks HTTPS; nil for plain HTTP.
    ///   - body: Runs once the server accepts connections, with its port.
    /// - Throws: An `AzureError` with `invalidArgument` when the port cannot be had, or the certificate not be read; what
    ///   the body throws.
    package static func serve<Result>(
        _ service: any EmulatedService, host: String = "127.0.0.1", port: Int, logger: Logger,
        grace: Duration = .seconds(2),
        limits: EmulatorServerLimits = EmulatorServerLimits(), certificate: CertificateFiles? = nil,
        _ body: (_ port: Int) async throws -> Result
    ) async throws -> Result {
        guard (0...65_535).contains(port) else {
            throw AzureError.invalidArgument(
                "\(port) is no TCP port. Choose one from 1 to 65535, or 0 for a free one.")
        }
        let (ports, portFound) = AsyncThrowingStream.makeStream(of: Int.self)
        let answering = EmulatorAnswering(service: service, limits: limits, isSecure: certificate != nil)
        let server = try await makeServer(answering, (host, port), logger: logger, certificate) { portFound.yield($0) }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    try await server.run()
                    portFound.finish()
                } catch {
                    portFound.finish(throwing: error)
                }
            }
            let boundPort = try await firstElement(of: ports, askedFor: (host, port))
            let outcome: Swift.Result<Result, any Error>
            do {
                outcome = .success(try await body(boundPort))
            } catch {
                outcome = .failure(error)
            }
            // Not part of the group, because it must not be cut short when the group is cancelled below.
            Task { try? await server.stop() }
            group.addTask { try? await Task.sleep(for: grace) }
            // Whichever is first: the server has ended, or the time is up.
            _ = await group.nextResult()
            group.cancelAll()
            return try outcome.get()
        }
    }

    private static func firstElement(
        of ports: AsyncThrowingStream<Int, any Error>, askedFor address: (host: String, port: Int)
    ) async throws -> Int {
        do {
            for try await port in ports { return port }
        } catch {
            throw AzureError(
                code: .invalidArgument,
                message:
                    "Port \(address.port) of \(address.host) cannot be used; perhaps another program has it. Stop that "
                    + "program, choose another port, or 0 for a free one.",
                underlying: error)
        }
        // The stream ends without a port when the task is cancelled.
        throw CancellationError()
    }

    /// A server, whatever it speaks.
    private struct AnyServer: Sendable {
        let run: @Sendable () async throws -> Void
        let stop: @Sendable () async throws -> Void
    }

    private static func makeServer(
        _ answering: EmulatorAnswering, _ address: (host: String, port: Int), logger: Logger,
        _ certificate: CertificateFiles?,
        running: @escaping @Sendable (Int) -> Void
    ) async throws -> AnyServer {
        let limits = answering.limits
        let channel = HTTP1Channel(
            responder: { request, writer, channel in
                try await answering.answer(request, on: channel, writer: writer)
            },
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: [ClientWatch(patience: limits.patience)],
                idleTimeout: TimeAmount(limits.idleTimeout),
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: limits.headSize, maxHeaderListSize: limits.headSize,
                    maxHeaderFieldCount: limits.fieldCount)))
        guard let certificate else { return makeServer(channel, address, logger: logger, running: running) }
        let secured = try await BlockingIO.run {
            try TLSChannel(channel, tlsConfiguration: certificate.tlsConfiguration())
        }
        return makeServer(secured, address, logger: logger, running: running)
    }

    private static func makeServer(
        _ channel: some ServerChildChannel, _ address: (host: String, port: Int), logger: Logger,
        running: @escaping @Sendable (Int) -> Void
    ) -> AnyServer {
        var quiet = logger
        quiet.logLevel = .critical
        let server = Server(
            childChannelSetup: channel,
            configuration: ServerConfiguration(address: .hostname(address.host, port: address.port)),
            onServerRunning: { running($0.localAddress?.port ?? address.port) },
            eventLoopGroup: EventLoopGroupProvider.singleton.eventLoopGroup,
            logger: quiet)
        return AnyServer(run: { try await server.run() }, stop: { try await server.shutdownGracefully() })
    }
}

extension CertificateFiles {
    /// What the HTTP server needs of the files.
    ///
    /// - Throws: An `AzureError` with `invalidArgument` that names the file which is none.
    fileprivate func tlsConfiguration() throws -> TLSConfiguration {
        let chain = try read(certificate, "a certificate") { try NIOSSLCertificate.fromPEMFile($0) }
        let key = try read(key, "a private key") { try NIOSSLPrivateKey(file: $0, format: .pem) }
        return TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
    }

    private func read<Value>(_ path: String, _ what: String, _ body: (String) throws -> Value) throws -> Value {
        do {
            return try body(path)
        } catch {
            throw AzureError(
                code: .invalidArgument, message: "'\(path)' is not the file of \(what) in PEM, or cannot be read.",
                underlying: error)
        }
    }
}
#endif
